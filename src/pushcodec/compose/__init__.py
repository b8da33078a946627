"""Payloads for senders, built from ids, names and texts by the rules of the guide.

Rules (Tencent's offline-push integration guide for iOS, step 4.4, and its FAQ):

- a group message has `chatType` 2 and the group's id as its sender, a C2C message has 1 and the sender's user id;
- the target is a user id or a group id; none of them is an error, and both mean the group;
- a call has the server's time in seconds, because clients treat a call without it as expired.

Every payload that is built here decodes; otherwise EncodeError is raised. Nothing reads a clock: the caller passes the time.
"""

from pushcodec.compose.fitting import fit
from pushcodec.compose.messages import RING_SECONDS, SIGNALING_VERSION, c2c_call, c2c_chat, call, chat, group_call, group_chat
from pushcodec.compose.push_infos import OPPO_CHANNEL, offline_push_info, push_info_violations, rest_push_info
from pushcodec.compose.registration import account_binding, apns_config

__all__ = [
    "OPPO_CHANNEL",
    "RING_SECONDS",
    "SIGNALING_VERSION",
    "account_binding",
    "apns_config",
    "c2c_call",
    "c2c_chat",
    "call",
    "chat",
    "fit",
    "group_call",
    "group_chat",
    "offline_push_info",
    "push_info_violations",
    "rest_push_info",
]
