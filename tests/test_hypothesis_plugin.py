"""`from_type` of every model draws valid ones, whatever is imported first, and Hypothesis alone loads nothing for it."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

import pushcodec as pc
from pushcodec import hypothesis_plugin, loading, models, strategies
from pushcodec.validation import iter_violations

hypothesis_plugin.register()  # once more, where the entry point has done it already: the strategies are the same

MODELS = sorted(hypothesis_plugin.STRATEGIES)
KINDS = {"OfflinePushInfo": "offline-push-info", "ChatEntity": "chat-entity", "CallEntity": "call-entity", "Ext": "ext"}


class Mine(BaseModel):
    """A user's model with ours as fields."""

    push_ext: pc.Ext
    entities: list[pc.Entity]
    info: pc.OfflinePushInfo | None = None


def test_each_model_has_a_strategy() -> None:
    """None is forgotten when a model is added."""
    found = {model for model in vars(models).values() if isinstance(model, type) and issubclass(model, models.Payload)}
    assert {model.__name__ for model in found - {models.Payload}} == set(MODELS)


@pytest.mark.parametrize("name", MODELS)
@settings(max_examples=30)
@given(st.data())
def test_models_are_drawn_by_their_type(name: str, data: st.DataObject) -> None:
    """Each is of its type, and what it says is valid where a schema says so."""
    model = getattr(pc, name)
    drawn = data.draw(st.from_type(model))
    assert type(drawn) is model
    if name in KINDS:
        text = drawn.model_dump_json(exclude_unset=True)
        assert list(iter_violations(text, kind=KINDS[name])) == []


@given(st.from_type(list[pc.Ext]), st.from_type(pc.Entity), st.from_type(dict[str, pc.SignalingContent]))  # type: ignore[arg-type]
def test_models_are_drawn_inside_other_types(
    exts: list[pc.Ext], entity: pc.Entity, contents: dict[str, pc.SignalingContent]
) -> None:
    """In containers and as a union."""
    assert all(pc.decode_ext(pc.encode_ext(ext)) == ext for ext in exts)
    assert pc.decode_entity(pc.encode_entity(entity)) == entity
    assert all(pc.decode_signaling_content(pc.encode_signaling_content(each)) == each for each in contents.values())


@given(st.builds(Mine), st.from_type(Mine))
def test_a_users_model_is_built_of_them(built: Mine, drawn: Mine) -> None:
    """`builds` and `from_type` fill its fields."""
    for mine in (built, drawn):
        assert pc.decode_ext(pc.encode_ext(mine.push_ext)) == mine.push_ext


@given(st.from_type(models.Payload))
def test_a_base_class_draws_one_of_its_models(drawn: models.Payload) -> None:
    """Hypothesis asks each strategy with the base class then."""
    assert type(drawn).__name__ in MODELS


def test_the_strategies_are_those_of_the_package() -> None:
    """By name, and each public."""
    for model, name in hypothesis_plugin.STRATEGIES.items():
        assert repr(st.from_type(getattr(pc, model))) == f"{name}()" == repr(getattr(strategies, name)())


@settings(max_examples=50)
@given(strategies.offline_push_infos())
def test_the_ext_of_a_push_info_is_valid(info: pc.OfflinePushInfo) -> None:
    """Where there is one, it decodes."""
    if info.ext or "ext" in info.model_fields_set:
        assert pc.decode_ext(info.ext)


# The order of imports


def in_python(code: str) -> str:
    """What a Python of its own prints, where warnings are errors, and no entry point has registered anything."""
    command = [sys.executable, "-W", "error", "-c", f"import os; os.environ['HYPOTHESIS_NO_PLUGINS'] = '1'\n{code}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


_REGISTER = "from pushcodec.hypothesis_plugin import register; register()"
_DRAW = "import pushcodec; from hypothesis import strategies as st; print(st.from_type(pushcodec.Ext))"


@pytest.mark.parametrize(
    "steps",
    [
        ("import hypothesis", _REGISTER, "import pushcodec", _DRAW),
        ("import pushcodec; pushcodec.Ext", "import hypothesis", _REGISTER, _DRAW),
        ("import pushcodec", "import hypothesis", _REGISTER, "from pushcodec.models import Ext", _DRAW),
        ("from pushcodec import strategies", _REGISTER, _DRAW),
        (_REGISTER, "import pushcodec.codec", _REGISTER, _DRAW),
    ],
)
def test_any_order_of_imports_works(steps: tuple[str, ...]) -> None:
    """The plugin runs when Hypothesis is imported, before the models or after them."""
    assert in_python("\n".join(steps)) == "exts()\n"


def test_hypothesis_alone_loads_nothing_for_it() -> None:
    """A test run that never uses a model pays for two small modules, not for pydantic."""
    code = f"import sys, hypothesis; before = set(sys.modules); {_REGISTER}; print(*sorted(set(sys.modules) - before))"
    loaded = set(in_python(code).split())
    assert "pushcodec.hypothesis_plugin" in loaded
    assert {name for name in loaded if name.startswith("pushcodec")} == {
        "pushcodec",
        "pushcodec.hypothesis_plugin",
        "pushcodec.loading",
        "pushcodec.version",
    }
    assert not {name.partition(".")[0] for name in loaded} & {"pydantic", "pydantic_core", "msgspec", "jsonschema"}


def test_hypothesis_finds_the_plugin() -> None:
    """The entry point is in the metadata of what is installed, and leads to the function."""
    found = [entry.load() for entry in entry_points(group="hypothesis") if entry.name == "pushcodec"]
    assert found == [hypothesis_plugin.register], "what is installed is older than pyproject.toml: pip install --editable '.[dev]'"


def test_calls_wait_for_the_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call is made once: when the models are loaded, or at once where they are."""
    made: list[str] = []
    monkeypatch.setattr(loading, "_loaded", [])
    loading.when_models_are_loaded(lambda: made.append("waits"))
    assert made == []
    loading.models_are_loaded()
    loading.when_models_are_loaded(lambda: made.append("at once"))
    assert made == ["waits", "at once"]
