"""The library's errors and the one catalogue of codes.

Rules of this module:

- a code never changes its meaning, and is not used again after it is removed; the linter has the same catalogue;
- messages say what was expected, in printable ASCII, and never contain a value of the payload;
- every exception that the library raises because of its *input* is a `PushCodecError`; it can be pickled and copied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple, Self, TypeVar

_T = TypeVar("_T")

MAX_TEXT = 512
"""The most characters of a message, and of an exception as text."""

MAX_VIOLATIONS = 1000
"""The most violations in the list of one text; if there are more, the list ends with `Code.MORE_VIOLATIONS`."""

MAX_POINTERS = 2**20
"""The list ends as well when its pointers have more characters than this: a long key is in the pointer of each fault below it."""


class Code(StrEnum):
    """The faults of a payload: `PC1xx` of the text, `PC2xx` of the value to encode, `PC3xx` of the structure, `PC4xx` of the
    carrier; `PC5xx` what clients do with it, `PC6xx` common faults of senders, `PC7xx` its size, `PC8xx` the settings around it.

    Each member is its code as a string, with `.rule` (a name that reads as "allow ...") and `.summary` (one line).
    """

    summary: str

    def __new__(cls, code: str, summary: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.summary = summary
        return member

    @property
    def rule(self) -> str:
        """The kebab-case name of the code: `Code.DUPLICATE_KEY.rule` is `"duplicate-key"`."""
        return self.name.lower().replace("_", "-")

    NOT_JSON = "PC101", "the text is not JSON"
    TRAILING_COMMA = "PC102", "a comma follows the last member or element"
    INVALID_UTF8 = "PC103", "the text is not valid UTF-8"
    BYTE_ORDER_MARK = "PC104", "the text begins with a byte order mark"
    DUPLICATE_KEY = "PC105", "an object repeats a key"
    LONE_SURROGATE = "PC106", "a string contains a lone surrogate"
    INTEGER_BEYOND_64_BITS = "PC107", "an integer is outside -2^63...2^64-1"
    NUMBER_BEYOND_DOUBLE = "PC108", "a number overflows a double, or is not zero and rounds to zero"
    TOO_DEEP = "PC109", "the text is nested deeper than the limit"
    TOO_LARGE = "PC110", "the text has more bytes than the limit"
    TOO_MANY_ITEMS = "PC111", "an array or object has more items than the limit"
    MORE_VIOLATIONS = "PC112", "the text has more violations than are listed"

    NOT_ENCODABLE = "PC201", "decoding the text would not return the value"

    WRONG_TYPE = "PC301", "a value has the wrong JSON type"
    MISSING_KEY = "PC302", "a required key is missing"
    VALUE_NOT_ALLOWED = "PC303", "a value is not one of the allowed ones"
    EMPTY_STRING = "PC304", "a string that must not be empty is empty"
    EMPTY_LIST = "PC305", "an array that must not be empty is empty"
    MISSPELLED_KEY = "PC306", "a key looks like another spelling of a known one that is absent"

    NO_PAYLOAD = "PC401", "the notification has no ext where its carrier puts it"
    UNKNOWN_DOCUMENT = "PC402", "the document has no known form"
    SEVERAL_EXTS = "PC403", "the document contains several exts where one is expected"

    CLIENT_CRASH = "PC501", "the client crashes on the payload"
    IGNORED_PAYLOAD = "PC502", "the client ignores the payload without an error"
    EXPIRED_ON_ARRIVAL = "PC503", "a group call has expired before it can arrive"
    ZERO_TIMEOUT = "PC504", "a call with a timeout of 0 seconds expires at once"
    FUTURE_SEND_TIME = "PC505", "a group call has a sendTime ahead of the phone's clock, so it counts as expired"
    CLIENT_COERCION = "PC506", "the client accepts the payload only because it coerces a value"
    SILENT_C2C_CALL = "PC507", "a tap on the notification of a one-to-one call does not ring by itself"
    C2C_CALL_WITHOUT_GROUP_ID = "PC508", "a one-to-one call without the key group_id never rings on a running Android app"
    C2C_CALL_WITH_GROUP_ID = "PC509", "a one-to-one call with a group id rings as a group call on Android"
    SIGNALING_VERSION_ABOVE_4 = "PC510", "the call kit of iOS drops a call whose signaling version is above 4"
    INTEGER_BEYOND_53_BITS = "PC511", "an integer is beyond 2^53, where a double cannot represent every integer"
    CLIENTS_DISAGREE = "PC512", "the targeted clients do different things with the payload"
    CRASHES_ANDROID = "PC513", "the Android app crashes on the payload"

    DEFAULTS_LEFT_OUT = "PC601", "a sender omits default values, here action and version"
    ROOM_AND_TIMEOUT_LEFT_OUT = "PC602", "a sender omits room_id and timeout in a call's content"
    C2C_CALL_AS_GROUP_CALL = "PC603", "a sender writes chatType 2 on every call"
    CALL_TYPE_AS_CHAT_TYPE = "PC604", "a sender writes the call type into chatType"
    SEND_TIME_IN_MILLISECONDS = "PC605", "a sender writes sendTime in milliseconds"
    CALL_CONTENT_AS_OBJECT = "PC606", "a sender writes the content of a call as an object, not as JSON text"
    ENTITY_AS_TEXT = "PC607", "a sender writes the entity as a string"
    EXT_AS_PLAIN_TEXT = "PC608", "a sender writes an ext that is not a JSON object"
    USER_ID_AS_GROUP_ID = "PC609", "the sender of a group chat does not look like a group id"
    INVALID_FACE_URL = "PC610", "a faceUrl is not an absolute http or https URL with a host"
    TIMEOUT_IN_MILLISECONDS = "PC611", "a sender writes the timeout of a call in milliseconds"

    OVERSIZED_NOTIFICATION = "PC701", "a notification is over the limit of its carrier"
    OVERSIZED_PUSH_INFO = "PC702", "title, desc and ext together are over the advised size"
    OVERSIZED_EXT = "PC703", "an ext is over the advised size"
    PRETTY_PRINTING = "PC704", "white space between tokens wastes bytes"
    NEEDLESS_ESCAPES = "PC705", "escapes of characters that need none waste bytes"
    TITLE_OR_DESC_CUT = "PC706", "a title or desc is longer than some vendor shows"

    CUSTOM_MESSAGE_WITHOUT_DESC = "PC801", "a custom message is pushed only if desc is set"
    NO_TARGET = "PC802", "a message needs a user id or a group id as its target"
    TPNS_TOKEN_WITH_BUSINESS_ID = "PC803", "a TPNS token requires business id 0"
    GROUP_ID_AS_USER_ID = "PC804", "a group id is used as a user id"
    PUSH_SWITCHED_OFF = "PC805", "a setting switches the push off, so the ext is not delivered"
    ELEMENT_SETTINGS_IGNORED = "PC806", "the push settings of a custom element are ignored beside an OfflinePushInfo"
    NO_OPPO_CHANNEL = "PC807", "a push has no OPPO channel, without which OPPO phones show nothing"


def printable(text: str, limit: int = MAX_TEXT) -> str:
    """The text in printable ASCII, with Python's escapes for all other characters, cut at `limit` characters with `...`."""
    # Only the characters that can be shown are escaped, so that a long text takes no longer than the limit.
    escaped = ascii(text[:limit])[1:-1]
    if len(text) <= limit and len(escaped) <= limit:
        return escaped
    return escaped[: limit - 3] + "..."


class Redacted(NamedTuple):
    """A text that people wrote, in a `repr`: only its length, `<12 characters>`."""

    characters: int

    def __repr__(self) -> str:
        return f"<{self.characters} characters>"


class Violation(NamedTuple):
    """One violation: its code, where it is, and what was expected.

    `pointer` is an RFC 6901 pointer in the outermost document. A pointer cannot lead into a string, so `embedded` has one more
    pointer for each JSON text entered, outermost first: `/custom -> /entity/content -> /invited_list/0` is `pointer="/custom"`,
    `embedded=("/entity/content", "/invited_list/0")`. A missing key is reported at the object that lacks it, a text that is not
    JSON at the text itself (`""`).
    """

    code: Code
    pointer: str
    message: str
    embedded: tuple[str, ...] = ()

    @property
    def location(self) -> str:
        """All pointers in one text in printable ASCII; `(document)` for the outermost value."""
        first = self.pointer or "(document)"
        return printable(" -> ".join([first, *(pointer or "(text)" for pointer in self.embedded)]), 200)

    def __str__(self) -> str:
        return f"{self.code} {self.code.rule} at {self.location}: {self.message}"

    def to_dict(self) -> dict[str, object]:
        """`{"code", "name", "pointer", "embedded", "message"}` with JSON values."""
        return {
            "code": str(self.code),
            "name": self.code.rule,
            "pointer": self.pointer,
            "embedded": list(self.embedded),
            "message": self.message,
        }


def listed(violations: Iterable[Violation]) -> Iterator[Violation]:
    """The violations of one text, up to `MAX_VIOLATIONS` and `MAX_POINTERS`; if there are more, the last one says so."""
    return limited(
        violations, lambda each: (each.pointer, *each.embedded), lambda message: Violation(Code.MORE_VIOLATIONS, "", message)
    )


def limited(found: Iterable[_T], pointers: Callable[[_T], Iterable[str]], more: Callable[[str], _T]) -> Iterator[_T]:
    """As `listed`, for findings of any type. `pointers` returns those of a finding, `more` makes the last one from its message."""
    left = MAX_POINTERS
    for count, each in enumerate(found):
        if count == MAX_VIOLATIONS or left < 0:
            most = f"{MAX_VIOLATIONS} violations" if left >= 0 else f"{MAX_POINTERS} characters of pointers"
            yield more(f"expected at most {most} to list; there are more after these")
            return
        yield each
        left -= sum(map(len, pointers(each)))


class PushCodecError(Exception):
    """A payload has faults. `.violations` has every fault of the text and of the texts inside it; it is never empty."""

    def __init__(self, violations: Iterable[Violation]) -> None:
        self.violations: tuple[Violation, ...] = tuple(violations)
        if not self.violations:
            raise ValueError("expected at least one violation")
        super().__init__(self.violations)

    def __str__(self) -> str:
        first, more = self.violations[0], len(self.violations) - 1
        return str(first)[: MAX_TEXT - 40] + (f" (and {more} more)" if more else "")


class DecodeError(PushCodecError):
    """The text is not a valid payload."""


class SeveralExtsError(PushCodecError, ValueError):
    """The document contains several exts. `find_exts` returns all of them."""


class EncodeError(PushCodecError):
    """The value is not one that a valid payload can contain."""


class OversizedError(EncodeError, ValueError):
    """The payload does not fit into the bytes that the caller allows, even after everything is shortened that can be."""
