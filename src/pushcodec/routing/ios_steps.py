"""The steps of the reference client in words, as `docs/contract.md` has them; a test holds both against each other."""

from __future__ import annotations

from typing import Final

from pushcodec.routing.steps import Step

STEPS: Final = {
    "receive 1": Step("iOS 10+: the response is not a UNNotificationResponse"),
    "pinned": Step("iOS 10+: userInfo is no object"),
    "receive 2": Step("iOS 10+: no key custom"),
    "receive 3": Step("iOS 10+: custom is not a string"),
    "receive 4": Step("iOS 10+: custom is not the text of a JSON object"),
    "receive 5": Step("iOS below 10: userInfo is not an object"),
    "receive 6": Step("no key entity"),
    "receive 7": Step("else", goes_on=True),
    "route 1": Step("the entity is not an object (null too)"),
    "route 2": Step("key action or chatType absent"),
    "route 3": Step("int(action) fails (null, array, object)"),
    "route 4": Step("int(action) is neither 1 nor 2; chatType is never read"),
    "route 5": Step("int(chatType) fails"),
    "route 6": Step("action 1, chatType 1 or 2"),
    "route 7": Step("action 1, any other chatType"),
    "route 8": Step("action 2, chatType 1"),
    "route 9": Step('action 2, any other chatType (0, 3, "abc" too)', goes_on=True),
    "route 10": Step("content present and not a string"),
    "route 11": Step("content absent, or not the text of a JSON object"),
    "route 12": Step("integerValue(sendTime) fails"),
    "route 13": Step("intValue(content.timeout) fails"),
    "route 14": Step("uint64(now) - uint64(sendTime) > uint32(timeout), unsigned, wrapping"),
    "route 15": Step("intValue(content.action) fails"),
    "route 16": Step("room_id, version or call_type absent (an explicit null is fine)"),
    "route 17": Step("else"),
    "after 1": Step("nobody is logged in"),
    "after 2": Step("chat_unrouted: nothing was stored"),
    "after 3": Step("a chat: the stored id has no length, being neither a string nor absent"),
    "after 4": Step("a chat: the stored id is empty or absent"),
    "after 5": Step("a chat: else"),
    "after 6": Step("a group call: inviteID has no length"),
    "after 7": Step("a group call: inviteID is empty or absent"),
    "after 8": Step("a group call: inviter has no length"),
    "after 9": Step("a group call: inviter is empty or absent"),
    "after 10": Step("a group call: inviteeList has no count, being neither an array nor an object nor absent"),
    "after 11": Step("a group call: inviteeList is empty or absent"),
    "after 12": Step("a group call: groupID has no length"),
    "after 13": Step("a group call: groupID is empty or absent"),
    "after 14": Step("a group call: else"),
}
"""Every step that the mirror's `trace` is told of, in the contract's order."""
