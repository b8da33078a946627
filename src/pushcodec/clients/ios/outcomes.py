"""The outcomes of the iOS client: the `Route` types, a closed union that `match` with `assert_never` covers."""

from typing import Any, ClassVar, TypeAlias

from msgspec import Struct
from msgspec.structs import astuple

from pushcodec.clients.ios.foundation import read_object
from pushcodec.clients.outcomes import Ignored, Outcome, stored
from pushcodec.hashing import hash_of
from pushcodec.jsontext.values import Maybe, TypeName


class OpenC2CChat(Outcome, frozen=True, gc=False):
    """The client opens the one-to-one chat with `user_id`, now, or after login (`handled_now` false)."""

    outcome: ClassVar[str] = "c2c_chat"
    user_id: Maybe
    handled_now: bool

    def _detail(self) -> dict[str, Any]:
        return {"reason": None, "userID": stored(self.user_id), "handled_now": self.handled_now}


class OpenGroupChat(Outcome, frozen=True, gc=False):
    """The client opens the chat of group `group_id`, now, or after login (`handled_now` false)."""

    outcome: ClassVar[str] = "group_chat"
    group_id: Maybe
    handled_now: bool

    def _detail(self) -> dict[str, Any]:
        return {"reason": None, "groupID": stored(self.group_id), "handled_now": self.handled_now}


class UnroutedChat(Outcome, frozen=True, gc=False):
    """A chat whose `chatType` is neither 1 nor 2: the client stores nothing, and nothing opens."""

    outcome: ClassVar[str] = "chat_unrouted"
    handled_now: bool
    reason: str = "chatType_not_1_or_2"

    def _detail(self) -> dict[str, Any]:
        return {"reason": self.reason, "handled_now": self.handled_now}


class DeferredC2CCall(Outcome, frozen=True, gc=False):
    """A one-to-one call: the tap does nothing, and the call kit takes over once the app runs."""

    outcome: ClassVar[str] = "call_ignored_c2c"


class UnreadableCall(Outcome, frozen=True, gc=False):
    """A group call whose `content` is absent, or not the text of a JSON object: nothing happens."""

    outcome: ClassVar[str] = "call_no_content"


class ExpiredCall(Outcome, frozen=True, gc=False):
    """A group call that has expired: `elapsed > timeout`. Seconds, as unsigned integers: 64 bits, and 32 bits for `timeout`."""

    outcome: ClassVar[str] = "call_expired"
    send_time: int
    timeout: int
    elapsed: int

    def _detail(self) -> dict[str, Any]:
        return {"reason": None, "sendTime": self.send_time, "timeout": self.timeout, "elapsed": self.elapsed}


class SignalingInfo(Struct, frozen=True, gc=False):
    """The invitation that the client makes of a group call: `V2TIMSignalingInfo`.

    `action_type` is a signed 32-bit integer, `timeout` an unsigned one in seconds; `data` is the JSON text of
    `{"room_id", "version", "call_type"}`; the others are the values of the payload, of any type.
    """

    action_type: int
    invite_id: Maybe
    inviter: Maybe
    invitee_list: Maybe
    group_id: Maybe
    timeout: int
    data: str

    def __hash__(self) -> int:
        return hash_of(type(self), astuple(self))

    def to_dict(self) -> dict[str, Any]:
        """The vectors' `signalingInfo`, with `data` as the object that it is the text of."""
        return {
            "actionType": self.action_type,
            "timeout": self.timeout,
            "inviteID": stored(self.invite_id),
            "inviter": stored(self.inviter),
            "inviteeList": stored(self.invitee_list),
            "groupID": stored(self.group_id),
            "data": read_object(self.data),
        }


class JoinGroupCall(Outcome, frozen=True, gc=False):
    """The client rings: it joins the group call that `signaling` describes, now, or after login (`handled_now` false)."""

    outcome: ClassVar[str] = "group_call"
    signaling: SignalingInfo
    handled_now: bool

    def _detail(self) -> dict[str, Any]:
        return {"reason": None, "signalingInfo": self.signaling.to_dict(), "handled_now": self.handled_now}


class ClientCrash(Outcome, frozen=True, gc=False):
    """The app crashes with an uncaught exception at `step`.

    `selector` is the method that was called, `receiver_type` the type of the value that lacks it. For the dictionary literal of
    step `route 16` `nil_key` is the first absent key instead.
    """

    outcome: ClassVar[str] = "crash"
    step: str
    selector: str
    receiver_type: TypeName | None = None
    nil_key: str | None = None
    exception: str = "NSInvalidArgumentException"

    def _detail(self) -> dict[str, Any]:
        detail = {"exception": self.exception, "step": self.step, "selector": self.selector}
        if self.nil_key is not None:
            return {**detail, "nil_key": self.nil_key}
        return {**detail, "receiver_type": self.receiver_type}


Route: TypeAlias = (
    Ignored
    | OpenC2CChat
    | OpenGroupChat
    | UnroutedChat
    | DeferredC2CCall
    | UnreadableCall
    | ExpiredCall
    | JoinGroupCall
    | ClientCrash
)
"""What the iOS client does with a payload: a closed union."""
