"""The enums of the payloads: the integers that have a meaning."""

from __future__ import annotations

from enum import IntEnum


class Action(IntEnum):
    """What a tap does; entity key `action`.

    Source: `REDIRECT_ACTION_CHAT`, `REDIRECT_ACTION_CALL` (Android), `APNs_Business_NormalMsg`, `APNs_Business_Call` (iOS),
    TIMSDK@6.0.1975.
    """

    CHAT = 1
    CALL = 2


class ChatType(IntEnum):
    """Whom a message goes to; entity key `chatType`. Source: `V2TIM_C2C`, `V2TIM_GROUP`, TIMSDK@6.0.1975."""

    C2C = 1
    GROUP = 2


class SignalingAction(IntEnum):
    """The step of a call that a signaling content reports; key `action`. Source: `SignalingActionType`, TIMSDK@6.0.1975."""

    INVITE = 1
    CANCEL = 2
    ACCEPT = 3
    REJECT = 4
    TIMEOUT = 5


class CallType(IntEnum):
    """What kind of call rings; signaling key `call_type`. Source: `CallType` of the call kit, TIMSDK@6.0.1975."""

    AUDIO = 1
    VIDEO = 2
