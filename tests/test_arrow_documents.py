"""Columns of documents: the rows are those of the exts in them, computed one document at a time; nothing is dropped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from expected_rows import expected_row
from form_documents import BAD, GOOD
from payloads import c2c_chat, compact, group_call

import pushcodec as pc
from pushcodec import arrow, fast
from pushcodec.cli import main
from pushcodec.documents import FORMS, Carrier
from pushcodec.jsontext import Limits

NOW = 1595234240
CHAT = compact({"entity": c2c_chat()})
CALL = compact({"entity": group_call(sendTime=NOW)})
BROKEN = compact({"entity": {**c2c_chat(), "sender": 7}})


def sendmsg(ext: Any) -> str:
    """A REST request with an ext."""
    return compact({"To_Account": "bob", "MsgBody": [], "OfflinePushInfo": {"Desc": "b", "Ext": ext}})


def counts_as_ext(text: str) -> bool:
    """Whether a text is not JSON, or a scalar that is no link: it counts as an ext, and has an outcome."""
    try:
        value = json.loads(text)
    except ValueError:
        return True
    is_link = isinstance(value, str) and value.startswith(("intent:", "xgscheme:")) and len(value) > 20
    return not isinstance(value, dict | list) and not is_link


def row_of(text: str | None, kind: str, now: int | None) -> dict[str, Any] | None:
    """The row of one document, from the functions for single documents."""
    if text is None:
        return None
    if kind == "auto" and counts_as_ext(text):
        return expected_row(fast.Decoder(), text.encode(), now)
    try:
        carried = pc.find_ext(text, carrier=None if kind == "auto" else kind)
    except pc.PushCodecError as error:
        first = error.violations[0]
        return dict.fromkeys(arrow.SCHEMA.names) | {
            "valid": False,
            "error_code": str(first.code),
            "error_pointer": first.location,
        }
    row = expected_row(fast.Decoder(), carried.ext.encode(), now)
    assert row is not None
    try:
        fast.Decoder().decode(carried.ext)
    except pc.DecodeError as error:
        row["error_pointer"] = carried.locate(error.violations[0]).location
    return row


def rows_of(texts: list[Any], kind: str, now: int | None = NOW, **options: Any) -> list[Any]:
    """The rows of a column."""
    rows: list[Any] = arrow.decode_array(pa.array(texts), kind=kind, now=now, **options).to_pylist()
    return rows


@pytest.mark.parametrize("carrier", [carrier for carrier in Carrier if carrier != Carrier.EXT])
def test_the_rows_of_each_form(carrier: Carrier) -> None:
    """By name and recognised, for good and bad documents of each form, in one column and in slices with nulls."""
    schema = FORMS[carrier].schema
    good = [each.document for each in GOOD if each.kind == schema]
    bad = [each.document for each in BAD if each.kind == schema]
    values = [*good[:20], *good[-5:], *bad[:25]]
    texts: list[str | None] = [*map(compact, values), None, sendmsg(CHAT), "[]", "{", "5"]
    for kind in (carrier, "auto"):
        expected = [row_of(text, kind, NOW) for text in texts]
        found = rows_of(texts, kind)
        for row, wanted, text in zip(found, expected, texts, strict=True):
            assert row == wanted, text
        assert [row is None for row in found] == [text is None for text in texts]


def test_exts_are_decoded_as_by_the_kind_ext() -> None:
    """For plain exts and texts that are no JSON, `auto` gives the same rows; only objects without the marks of a form differ."""
    texts = [CHAT, CALL, BROKEN, CHAT[:-1], "hello", "7", "", '"x"', CHAT.replace('"sender"', '"chatType"')]
    assert rows_of(texts, "auto") == rows_of(texts, "ext")
    assert rows_of(["{}"], "ext")[0]["error_code"] == "PC302"
    assert rows_of(["{}"], "auto")[0] == row_of("{}", "auto", None)
    assert rows_of([sendmsg(CHAT)], "ext")[0]["error_code"] == "PC302"


def test_the_pointers_include_the_way() -> None:
    """Of a violation in the ext, of values that are no text, and of several exts."""
    two = compact([{"a": CHAT}, {"b": CALL}])
    texts = [sendmsg(BROKEN), sendmsg("{"), sendmsg(None), sendmsg(5), two, '{"x":1}', compact({"q": sendmsg(BROKEN)})]
    found = [(row["error_code"], row["error_pointer"], row["valid"]) for row in rows_of(texts, "auto")]
    assert found == [
        ("PC301", "/OfflinePushInfo/Ext -> /entity/sender", False),
        ("PC101", "/OfflinePushInfo/Ext -> (text)", False),
        ("PC301", "/OfflinePushInfo/Ext", False),
        ("PC301", "/OfflinePushInfo/Ext", False),
        ("PC403", "/1/b -> (text)", False),
        ("PC402", "(document)", False),
        ("PC301", "/q -> /OfflinePushInfo/Ext -> /entity/sender", False),
    ]


def test_a_clock_for_each_document() -> None:
    """The clocks stay with their rows where documents are refused; a document without an ext has no route."""
    texts = [sendmsg(None), sendmsg(CALL), None, "{", sendmsg(CALL), sendmsg(CHAT)]
    clocks = [NOW, NOW, NOW, NOW, NOW + 10_000, None]
    found = arrow.decode_array(pa.array(texts), kind="rest-request", now=pa.array(clocks, pa.int64())).to_pylist()
    assert [row and row["outcome"] for row in found] == [None, "group_call", None, None, "call_expired", None]
    assert [row and row["valid"] for row in found] == [False, True, None, False, True, True]
    assert {row["outcome"] for row in rows_of(texts, "auto", None) if row} == {None}


def test_other_options_apply_to_documents() -> None:
    """The limits are those of each text, `trusted` that of the decoder; columns without rows, and of refused rows only."""
    texts = [sendmsg(CHAT), sendmsg(CALL)]
    assert rows_of(texts, "auto", trusted=True) == rows_of(texts, "auto")
    small = Limits(max_bytes=len(texts[0].encode()))
    assert [row["error_code"] for row in rows_of(texts, "auto", limits=small)] == [None, "PC110"]
    assert arrow.decode_array(pa.array([], pa.string()), kind="auto").to_pylist() == []
    assert [row["error_code"] for row in rows_of(["{}", "[]"], "auto")] == ["PC402", "PC402"]
    batch = pa.RecordBatch.from_pydict({"body": texts})
    (column,) = arrow.decode_batch(batch, "body", kind="rest-sendmsg").columns[1:]
    assert column.to_pylist() == rows_of(texts, "rest-sendmsg", None)
    half = compact({"a": '{"custom":"\\ud800","aps":{}}'})
    assert rows_of([half], "auto")[0]["error_code"] == "PC103"
    assert rows_of([sendmsg(CHAT)] * 5000 + [None], "auto") == [row_of(sendmsg(CHAT), "auto", NOW)] * 5000 + [None]


def test_the_kinds() -> None:
    """All forms and `auto`; an unknown one is an error."""
    assert set(arrow.KINDS) == {*Carrier, "auto"}
    with pytest.raises(ValueError, match=r"unknown kind .rest., expected one of ext, auto, rest-robot-call, "):
        arrow.decode_array(pa.array([""]), kind="rest")


# The command


def test_the_form_is_an_option_of_the_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """`--form` names it, or asks for recognition. Every line has a row."""
    source, target = tmp_path / "in.ndjson", tmp_path / "out.parquet"
    texts = [sendmsg(CHAT), sendmsg(None), CALL, "{}"]
    source.write_text("\n".join(texts))
    arguments = ["columns", str(source), str(target), f"--now={NOW}"]
    for form, summary in (("auto", "4 rows: 2 valid, 2 not valid\n"), ("rest-sendmsg", "4 rows: 1 valid, 3 not valid\n")):
        assert main([*arguments, f"--form={form}"]) == 1
        assert capsys.readouterr().out == summary
        written = arrow.decoded_column(pq.read_table(target)).to_pylist()
        assert written == [row_of(text, form, NOW) for text in texts]
    assert main(arguments) == 1
    assert capsys.readouterr().out == "4 rows: 1 valid, 3 not valid\n"
    assert main([*arguments, "--form=rest"]) == 2
    assert "invalid choice: 'rest' (choose from rest-robot-call, " in capsys.readouterr().err
