"""`router = "own"`: the app itself reads the ext, so that the rules of the entity and of the clients do not apply."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pushcodec.cli import main
from pushcodec.errors import Code
from pushcodec.lint import Config, lint_text

OWN = Config(router="own")


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


ROUTE = _text({"page": "order", "id": 8})


def codes(document: object, config: Config = OWN) -> list[str]:
    text = document if isinstance(document, str) else _text(document)
    return sorted(f"{each.code} {' -> '.join((each.pointer, *each.embedded))}" for each in lint_text(text, config=config))


def info(ext: object, **beside: Any) -> dict[str, Any]:
    return {"title": "Mei", "desc": "Soup?", "ext": ext, "AndroidOPPOChannelID": "a", **beside}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (info(ROUTE), []),
        (info(_text({"entity": {"action": "1", "sender": "@TGS#1"}, "Entity": 1})), []),
        (info(_text([1])), []),
        (info("order/8"), ["PC101 /ext -> "]),
        (info('{"page":1,}'), ["PC102 /ext -> "]),
        (info(7), ["PC301 /ext"]),
        (info(ROUTE, disablePush="no"), ["PC301 /disablePush"]),
        (info(ROUTE, iOSsound="a"), ["PC306 /iOSsound"]),
        (info(_text({"page": "a" * 1100})), ["PC703 /ext"]),
        (info(_text({"page": 1}).replace(":", ": ")), ["PC704 /ext -> "]),
        (info(ROUTE, title="M" * 40), ["PC706 /title"]),
        ({"aps": {"alert": "a"}, "custom": ROUTE}, []),
        ({"aps": {"alert": "a"}}, ["PC401 "]),
        ({"entity": {"page": "order"}, "aps": {}}, []),
        ({"chatType": "x", "action": 1}, []),
        ({"entity": {"action": 1, "chatType": "1"}}, []),
        ([{"entity": {"action": 1, "chatType": "1"}}, info(7)], ["PC301 /1/ext"]),
        ({"colour": "red"}, ["PC402 "]),
        ({"call_id": 5, "call_type": 1}, ["PC301 /call_id"]),
    ],
)
def test_only_findings_in_the_ext_are_left_out(document: object, expected: list[str]) -> None:
    """Faults of texts, of the form around the ext and of sizes are reported."""
    found = [each for each in codes(document) if not (each.startswith("PC302") and "call" in str(document))]
    assert found == expected


def test_each_of_several_exts_is_the_apps_own() -> None:
    """Findings in the second ext of a form are left out, too."""
    message = {
        "title": "a",
        "content": "b",
        "android": {"custom_content": ROUTE, "oppo_ch_id": "c"},
        "ios": {"custom_content": ROUTE},
    }
    assert codes({"audience_type": "all", "message_type": "notify", "message": message}) == []


def test_a_call_in_the_ext_makes_no_custom_message() -> None:
    """It is the app's own, but the body of a message and the configuration still decide."""
    ext = _text({"entity": {"action": 2}})
    without = {"title": "Mei", "ext": ext, "AndroidOPPOChannelID": "a"}
    assert codes(without) == []
    assert codes(without, Config(router="own", custom_message=True)) == ["PC801 "]
    body = {"To_Account": "kim", "MsgRandom": 1, "MsgBody": [{"MsgType": "TIMCustomElem", "MsgContent": {"Data": ""}}]}
    push_info = {"Ext": ext, "AndroidInfo": {"OPPOChannelID": "a"}}
    assert codes({**body, "OfflinePushInfo": push_info}) == ["PC801 /OfflinePushInfo"]


def test_a_router_has_one_of_two_names() -> None:
    """Another name is a ValueError."""
    assert Config().router == "tuikit"
    with pytest.raises(ValueError, match="router: expected one of tuikit, own"):
        Config(router="mine")
    with pytest.raises(TypeError, match="router must be a tuple of str"):
        Config(router=1)  # type: ignore[arg-type]


def test_the_option_and_the_configuration_name_the_router(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--own-router` and `router` in a configuration file; the settings of the run have it."""
    monkeypatch.chdir(tmp_path)
    Path("a.json").write_text(_text(info(ROUTE)))
    assert main(["lint", "a.json"]) == 1
    assert str(Code.MISSING_KEY) in capsys.readouterr().out
    assert main(["lint", "--own-router", "a.json"]) == 0
    Path("pushcodec.toml").write_text('router = "own"\n')
    assert main(["lint", "a.json"]) == 0
    capsys.readouterr()
    assert main(["lint", "--show-settings"]) == 0
    assert 'router = "own"' in capsys.readouterr().out
    assert main(["lint", "--show-settings", "--isolated", "--own-router"]) == 0
    assert 'router = "own"  # command line' in capsys.readouterr().out
