"""Proofs that a text repeats no key.

msgspec keeps the last value of a repeated key and reports nothing; the strict reader refuses such a text. After msgspec has
read a text, the fast path therefore has to exclude a repeated key. Reading the text again would cost as much as decoding it.
Counting is enough.

**By length.** `shapes.encode` writes the shortest text of a value. A member that msgspec dropped has at least five characters:
`"":0,`. A text that is less than five bytes longer than the shortest text of what was read cannot contain such a member. This
proof works for compact texts only.

**By quotation marks.** In a JSON text each string, key or value, has two quotation marks at its ends. A quotation mark inside
of a string is written `\\"`, which is one more, or `\\u0022`, which is none. What was read shows how many keys and strings it
has, hence how many quotation marks are at ends. The text's other quotation marks are called `spare`:

- A repeated key adds at least two quotation marks. If none is spare, no key is repeated.
- Otherwise the number of spare ones must be the number of quotation marks inside of the strings that were read. Then none is
  left for a repeated key. This fails if one of them is written `\\u0022`: it is inside of a string that was read, but not
  among the quotation marks of the text. So the text must not contain `\\u0022`.

The sums over many texts prove the same for all of them at once: no text has fewer quotation marks than its own strings need,
so if the sums agree, each text agrees.

Every function returns True if there certainly is no repeated key, and False if that is unknown. It never returns True for a
text with a repeated key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Final, TypeAlias

from msgspec import UNSET, Struct, UnsetType

from pushcodec.contract import PAYLOADS
from pushcodec.fast.shapes import Content, Ext, Notification, TimPushFeatures, encode

Columns: TypeAlias = Mapping[str, Sequence[Any]]
"""Values by attribute, one for each text; None where a text does not have the key."""

_QUOTE: Final = ord('"')
_SHORTEST_MEMBER: Final = len('"":0,')


def is_too_short_to_repeat(value: Struct, text: bytes | str) -> bool:
    """True if a text cannot contain a repeated key, judged by its length alone. False means unknown."""
    # Most longer texts have white space after the brace, which costs less to see. A str may have fewer characters than bytes.
    quote = text[1] == _QUOTE if isinstance(text, bytes) else text[1] == '"' and text.isascii()
    return quote and len(text) - len(encode(value)) < _SHORTEST_MEMBER


def count_quotes(text: bytes | str) -> int:
    """The number of quotation marks in a text."""
    return text.count(b'"') if isinstance(text, bytes) else text.count('"')


def no_escaped_quote(text: bytes | str) -> bool:
    """True if a text writes no quotation mark as `\\u0022`."""
    # `in` is several times slower than `find` for bytes
    return (text.find(b"\\u0022") if isinstance(text, bytes) else text.find("\\u0022")) < 0


def _are_inside(spare: int, values: Iterable[str | UnsetType], text: bytes | str) -> bool:
    """True if the spare quotation marks of a text are those inside of its strings."""
    return spare == sum(value.count('"') for value in values if value is not UNSET) and no_escaped_quote(text)


# begin generated: counts
def chat_repeats_no_key(ext: Ext, text: bytes | str, quotes: int) -> bool:
    """True if the text of an ext with a chat contains no repeated key. False means unknown.

    `quotes` is the number of quotation marks in the text.
    """
    chat = ext.entity
    spare = quotes - 10  # of entity, action, chatType, sender
    if chat.content is not UNSET:
        spare -= 4
    if chat.nickname is not UNSET:
        spare -= 4
    if chat.face_url is not UNSET:
        spare -= 4
    if chat.version is not UNSET:
        spare -= 2
    if chat.send_time is not UNSET:
        spare -= 2
    if chat.custom_data is not UNSET:
        spare -= 2
    if ext.tim_push_features is not UNSET:
        spare -= 2 + ends_in_features(ext.tim_push_features)
    return spare == 0 or _are_inside(spare, (chat.sender, chat.content, chat.nickname, chat.face_url), text)


def call_repeats_no_key(ext: Ext, text: bytes | str, quotes: int, quotes_in_content: int) -> bool:
    """True if the text of an ext with a call contains no repeated key. False means unknown.

    `quotes` is the number of quotation marks in the text, `quotes_in_content` that in the decoded content.
    """
    call = ext.entity
    spare = quotes - 16 - quotes_in_content  # of entity, action, chatType, sender, content, sendTime
    if call.nickname is not UNSET:
        spare -= 4
    if call.face_url is not UNSET:
        spare -= 4
    if call.version is not UNSET:
        spare -= 2
    if call.custom_data is not UNSET:
        spare -= 2
    if ext.tim_push_features is not UNSET:
        spare -= 2 + ends_in_features(ext.tim_push_features)
    if spare == 0:
        return no_escaped_quote(text)  # one in the content would be in `quotes_in_content` only
    return _are_inside(spare, (call.sender, call.nickname, call.face_url), text)


def content_repeats_no_key(content: Content, text: str, quotes: int) -> bool:
    """True if the text of a signaling content contains no repeated key. False means unknown.

    `quotes` is the number of quotation marks in the text.
    """
    spare = quotes - 16  # of action, call_id, call_type, invited_list, room_id, timeout, version
    spare -= 2 * len(content.invited_list)
    if content.group_id is not UNSET:
        spare -= 4
    if spare == 0:
        return True  # the other keys are absent: each would need two
    if content.code is not UNSET:
        spare -= 2
    if content.duration is not UNSET:
        spare -= 2
    if content.timestamp is not UNSET:
        spare -= 2
    if content.sender is not UNSET:
        spare -= 4
    if content.data is not UNSET:
        spare -= 4
    values = (content.call_id, content.group_id, content.sender, content.data, *content.invited_list)
    return spare == 0 or _are_inside(spare, values, text)


def ends_in_features(features: TimPushFeatures) -> int:
    """The quotation marks at the ends of the keys that a text had."""
    return 2 * ((features.fcm_push_type is not UNSET) + (features.fcm_notification_type is not UNSET))


# end generated


def value_repeats_no_key(value: Any, text: bytes | str) -> bool:
    """True if a text whose value is this contains no repeated key. False means unknown."""
    return encode(value).count(b'"') == count_quotes(text) and no_escaped_quote(text)


def notification_repeats_no_key(notification: Notification, text: bytes | str, quotes_in_custom: int) -> bool:
    """True if the text of a notification contains no repeated key outside of `custom`. False means unknown.

    `notification` has an empty `custom`; `quotes_in_custom` is the number of quotation marks in the decoded one.
    """
    return count_quotes(text) == encode(notification).count(b'"') + quotes_in_custom and no_escaped_quote(text)


# Many texts at once

_STRINGS: Final = frozenset(
    field.attribute
    for name in ("chat-entity", "signaling-content")
    for field in PAYLOADS[name].fields
    if field.type.json_type == "string"
)


def contents_repeat_no_key(texts: Sequence[str], contents: Columns) -> bool:
    """True if no text of a signaling content contains a repeated key. False means unknown."""
    invited = list(chain.from_iterable(contents["invited_list"]))
    spare = _count_all_quotes(texts) - _ends(contents) - 2 * len(invited)
    if spare == 0:
        return True
    return spare == _quotes_inside(contents) + _count_all_quotes(invited) and not any("\\u0022" in text for text in texts)


def exts_repeat_no_key(
    packed: bytes, entities: Columns, contents: Sequence[str], features: Sequence[TimPushFeatures | None]
) -> bool:
    """True if no text of an ext contains a repeated key. False means unknown.

    `packed` has the texts end to end. `contents` are those of the calls, which are not in the columns of the entities.
    """
    ends = 4 * len(features) + _ends(entities) + 4 * len(contents)  # the keys entity and action of each; a call's content
    ends += sum(2 + ends_in_features(each) for each in features if each is not None)
    spare = packed.count(b'"') - ends - _count_all_quotes(contents)
    # `rfind` is several times as fast as `find` and `in` for bytes
    return (spare == 0 or spare == _quotes_inside(entities)) and packed.rfind(b"\\u0022") < 0


def _ends(columns: Columns) -> int:
    """The quotation marks at the ends of keys, and of values that are strings."""
    return sum((len(values) - values.count(None)) * (4 if name in _STRINGS else 2) for name, values in columns.items())


def _quotes_inside(columns: Columns) -> int:
    """The quotation marks inside of values that are strings."""
    return sum(_count_all_quotes(filter(None, values)) for name, values in columns.items() if name in _STRINGS)


def _count_all_quotes(texts: Iterable[str]) -> int:
    return sum(text.count('"') for text in texts)
