"""The steps of the reference client in words, as `docs/contract.md` has them; a test holds both against each other."""

from __future__ import annotations

from typing import Final

from pushcodec.clients.steps import Step

STEPS: Final = {
    "receive 1": Step("iOS 10+: the response is not a UNNotificationResponse", "the app got no UNNotificationResponse"),
    "pinned": Step("iOS 10+: userInfo is no object", "the notification is not an object"),
    "receive 2": Step("iOS 10+: no key custom", "the key custom is absent"),
    "receive 3": Step("iOS 10+: custom is not a string", "custom is not a string"),
    "receive 4": Step("iOS 10+: custom is not the text of a JSON object", "custom is not the JSON text of an object"),
    "receive 5": Step("iOS below 10: userInfo is not an object", "the notification is not an object"),
    "receive 6": Step("no key entity", "the key entity is absent"),
    "receive 7": Step("else", goes_on=True),
    "route 1": Step("the entity is not an object (null too)", "entity is not an object"),
    "route 2": Step("key action or chatType absent", "action or chatType is absent"),
    "route 3": Step("int(action) fails (null, array, object)", "action is not a number, a string or a boolean"),
    "route 4": Step("int(action) is neither 1 nor 2; chatType is never read", "the release has no route for the value of action"),
    "route 5": Step("int(chatType) fails", "chatType is not a number, a string or a boolean"),
    "route 6": Step("action 1, chatType 1 or 2", "a chat with chatType 1 or 2"),
    "route 7": Step("action 1, any other chatType", "chatType is neither 1 nor 2"),
    "route 8": Step("action 2, chatType 1", "one-to-one calls are left to the call kit"),
    "route 9": Step('action 2, any other chatType (0, 3, "abc" too)', goes_on=True),
    "route 10": Step("content present and not a string", "content is not a string"),
    "route 11": Step("content absent, or not the text of a JSON object", "content is absent or not the JSON text of an object"),
    "route 12": Step("integerValue(sendTime) fails", "sendTime is not a number, a string or a boolean"),
    "route 13": Step("intValue(content.timeout) fails", "timeout in content is not a number, a string or a boolean"),
    "route 14": Step(
        "uint64(now) - uint64(sendTime) > uint32(timeout), unsigned, wrapping", "the call has expired, or is ahead of the clock"
    ),
    "route 15": Step("intValue(content.action) fails", "action in content is not a number, a string or a boolean"),
    "route 16": Step(
        "room_id, version or call_type absent (an explicit null is fine)", "room_id, version or call_type is absent from content"
    ),
    "route 17": Step("else", "a complete group call"),
    "after 1": Step("nobody is logged in", "no user is logged in"),
    "after 2": Step("chat_unrouted: nothing was stored", "chatType is neither 1 nor 2"),
    "after 3": Step(
        "a chat: the stored id has no length, being neither a string nor absent", "sender is neither a string nor absent"
    ),
    "after 4": Step("a chat: the stored id is empty or absent", "sender is empty or absent"),
    "after 5": Step("a chat: else", "a chat with a sender"),
    "after 6": Step("a group call: inviteID has no length", "call_id is neither a string nor absent"),
    "after 7": Step("a group call: inviteID is empty or absent", "call_id is empty or absent"),
    "after 8": Step("a group call: inviter has no length", "sender is neither a string nor absent"),
    "after 9": Step("a group call: inviter is empty or absent", "sender is empty or absent"),
    "after 10": Step(
        "a group call: inviteeList has no count, being neither an array nor an object nor absent",
        "invited_list is not an array, an object or absent",
    ),
    "after 11": Step("a group call: inviteeList is empty or absent", "invited_list is empty or absent"),
    "after 12": Step("a group call: groupID has no length", "group_id is neither a string nor absent"),
    "after 13": Step("a group call: groupID is empty or absent", "group_id is empty or absent"),
    "after 14": Step("a group call: else", "a complete group call"),
}
"""Every step that the mirror's `trace` is told of, in the contract's order."""
