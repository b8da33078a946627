"""`from_type` draws valid values of every model, with any order of imports; Hypothesis alone does not import the models."""

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
from pushcodec.inspection import iter_violations

hypothesis_plugin.register()  # the entry point may have done it already; a second call changes nothing

MODELS = sorted(hypothesis_plugin.STRATEGIES)
KINDS = {"OfflinePushInfo": "offline-push-info", "ChatEntity": "chat-entity", "CallEntity": "call-entity", "Ext": "ext"}


class Mine(BaseModel):
    """A user's model with models of the package as fields."""

    push_ext: pc.Ext
    entities: list[pc.Entity]
    info: pc.OfflinePushInfo | None = None


def test_each_model_has_a_strategy() -> None:
    """Fails for a new model without a strategy."""
    found = {model for model in vars(models).values() if isinstance(model, type) and issubclass(model, models.Payload)}
    assert {model.__name__ for model in found - {models.Payload}} == set(MODELS)


@pytest.mark.parametrize("name", MODELS)
@settings(max_examples=30)
@given(st.data())
def test_models_are_drawn_by_their_type(name: str, data: st.DataObject) -> None:
    """Each value has its type; its wire form is valid if a schema exists."""
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
    """In containers and in a union."""
    assert all(pc.decode_ext(pc.encode_ext(ext)) == ext for ext in exts)
    assert pc.decode_entity(pc.encode_entity(entity)) == entity
    assert all(pc.decode_signaling_content(pc.encode_signaling_content(each)) == each for each in contents.values())


@given(st.builds(Mine), st.from_type(Mine))
def test_a_users_model_is_built_from_drawn_models(built: Mine, drawn: Mine) -> None:
    """By `builds` and by `from_type`."""
    for mine in (built, drawn):
        assert pc.decode_ext(pc.encode_ext(mine.push_ext)) == mine.push_ext


@given(st.from_type(models.Payload))
def test_a_base_class_draws_one_of_its_models(drawn: models.Payload) -> None:
    """Hypothesis then calls each strategy with the base class."""
    assert type(drawn).__name__ in MODELS


def test_the_strategies_are_public() -> None:
    """Each has the name of a public strategy of the package."""
    for model, name in hypothesis_plugin.STRATEGIES.items():
        assert repr(st.from_type(getattr(pc, model))) == f"{name}()" == repr(getattr(strategies, name)())


@settings(max_examples=50)
@given(strategies.offline_push_infos())
def test_the_ext_of_a_push_info_is_valid(info: pc.OfflinePushInfo) -> None:
    """If the push info has an ext, it decodes."""
    if info.ext or "ext" in info.model_fields_set:
        assert pc.decode_ext(info.ext)


# The order of imports


def in_python(code: str) -> str:
    """The output of a separate Python in which warnings are errors and no entry point has been loaded."""
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
    """Hypothesis runs the plugin at its import, before or after the import of the models."""
    assert in_python("\n".join(steps)) == "exts()\n"


def test_hypothesis_alone_does_not_load_the_models() -> None:
    """A test run without a model loads a few small modules, but not pydantic."""
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
    """The installed metadata have an entry point that refers to the function."""
    found = [entry.load() for entry in entry_points(group="hypothesis") if entry.name == "pushcodec"]
    assert found == [hypothesis_plugin.register], "the metadata are older than pyproject.toml: pip install --editable '.[dev]'"


def test_calls_wait_for_the_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """A function is called once: when the models are loaded, or immediately if they already are."""
    made: list[str] = []
    monkeypatch.setattr(loading, "_loaded", [])
    loading.when_models_are_loaded(lambda: made.append("waits"))
    assert made == []
    loading.models_are_loaded()
    loading.when_models_are_loaded(lambda: made.append("at once"))
    assert made == ["waits", "at once"]
