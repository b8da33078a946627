"""The outcomes of the Android client, in the form of the vectors."""

from __future__ import annotations

from typing import Any, ClassVar, TypeAlias

from pushcodec.clients.outcomes import Ignored, Outcome
from pushcodec.errors import Redacted


class AndroidCrash(Outcome, frozen=True, gc=False):
    """The app crashes with an uncaught exception at `step`."""

    outcome: ClassVar[str] = "crash"
    step: str

    def _detail(self) -> dict[str, Any]:
        return {"step": self.step}


class AndroidToast(Outcome, frozen=True, gc=False):
    """The app says that it is too old for the payload, and opens nothing."""

    outcome: ClassVar[str] = "low_version_toast"
    version: int
    action: int

    def _detail(self) -> dict[str, Any]:
        return {"version": self.version, "action": self.action}


class AndroidNothing(Outcome, frozen=True, gc=False):
    """Nothing happens: from 6.1 the client has no branch for calls."""

    outcome: ClassVar[str] = "nothing"
    custom_data: tuple[int, ...] | None = None
    reason: str = "call_branch_removed"

    def _detail(self) -> dict[str, Any]:
        return _with_data({"reason": self.reason}, self.custom_data)


class _Chat(Outcome, frozen=True, gc=False):
    """A chat. `repr` hides its name, which a person wrote; `to_dict` shows all."""

    chat_id: str
    chat_name: str | None
    chat_type: int
    custom_data: tuple[int, ...] | None = None

    def __repr__(self) -> str:
        name = None if self.chat_name is None else Redacted(len(self.chat_name))
        return f"{type(self).__name__}(chat_id={self.chat_id!r}, chat_name={name!r}, chat_type={self.chat_type!r})"

    def _detail(self) -> dict[str, Any]:
        chat = {"chat_id": self.chat_id, "chat_name": self.chat_name, "chat_type": self.chat_type}
        return _with_data(chat, self.custom_data)


class AndroidC2CChat(_Chat, frozen=True, gc=False):
    """The client opens the one-to-one chat with `chat_id`."""

    outcome: ClassVar[str] = "c2c_chat"


class AndroidGroupChat(_Chat, frozen=True, gc=False):
    """The client opens the chat of group `chat_id`."""

    outcome: ClassVar[str] = "group_chat"


class AndroidOtherChat(_Chat, frozen=True, gc=False):
    """A chat whose `chatType` is neither 1 nor 2: nothing opens."""

    outcome: ClassVar[str] = "chat_unrouted"

    def _detail(self) -> dict[str, Any]:
        return {"reason": "chat_type_other", **super()._detail()}


class AndroidNoSender(Outcome, frozen=True, gc=False):
    """A chat without a sender, `sender_null` or `sender_empty`: nothing opens."""

    outcome: ClassVar[str] = "chat_unrouted"
    reason: str

    def _detail(self) -> dict[str, Any]:
        return {"reason": self.reason}


class AndroidUnreadableCall(Outcome, frozen=True, gc=False):
    """A call without content, `content_null` or `call_model_null`: nothing happens."""

    outcome: ClassVar[str] = "call_no_content"
    reason: str

    def _detail(self) -> dict[str, Any]:
        return {"reason": self.reason}


class AndroidExpiredCall(Outcome, frozen=True, gc=False):
    """A call that has expired: `elapsed >= timeout`. Seconds, signed."""

    outcome: ClassVar[str] = "call_expired"
    send_time: int
    timeout: int
    elapsed: int

    def _detail(self) -> dict[str, Any]:
        return {"send_time": self.send_time, "timeout": self.timeout, "elapsed": self.elapsed}


class AndroidMainScreen(Outcome, frozen=True, gc=False):
    """A call without a group: the main screen opens, and the call kit takes over."""

    outcome: ClassVar[str] = "call_main_screen"
    send_time: int
    timeout: int
    elapsed: int
    call_type: int
    room_id: int
    content_version: int
    content_action: int
    chat_type: int
    inviter: str | None

    def _detail(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in AndroidMainScreen.__struct_fields__}


class AndroidGroupCall(AndroidMainScreen, frozen=True, gc=False):
    """The client rings: it joins the call of group `group_id`."""

    outcome: ClassVar[str] = "group_call"
    invite_id: str | None
    invitee_list: tuple[str | None, ...] | None
    group_id: str

    def _detail(self) -> dict[str, Any]:
        invited = None if self.invitee_list is None else list(self.invitee_list)
        return {**super()._detail(), "inviteID": self.invite_id, "inviteeList": invited, "groupID": self.group_id}


AndroidRoute: TypeAlias = (
    Ignored
    | AndroidCrash
    | AndroidToast
    | AndroidNothing
    | AndroidC2CChat
    | AndroidGroupChat
    | AndroidOtherChat
    | AndroidNoSender
    | AndroidUnreadableCall
    | AndroidExpiredCall
    | AndroidMainScreen
    | AndroidGroupCall
)
"""What the Android client does with a payload: a closed union."""


def _with_data(detail: dict[str, Any], custom_data: tuple[int, ...] | None) -> dict[str, Any]:
    return detail if custom_data is None else {**detail, "custom_data": list(custom_data)}
