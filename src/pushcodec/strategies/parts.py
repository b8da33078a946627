"""Parts of rules: what a rule says about the value at a path, and rules by which that value is always there, or never."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pushcodec.strategies.shapes import JSON_VALUES, Array, Free, Kept, Nullable, Object, Present, Rule

Parts = tuple[str, ...]
"""The keys on the way to a value; `*` is an item of an array."""


@dataclass(frozen=True)
class Part:
    """The rule at a path, None if there is none, and whether every value has something there."""

    rule: Rule | None
    is_certain: bool = True


def part_at(rule: Rule, parts: Parts) -> Part:
    """What a rule says about the value at a path."""
    found = Part(rule)
    for part in parts:
        inner = bare(found.rule) if found.rule else None
        match inner:
            case Object(required, optional):
                found = Part({**optional, **required}.get(part), found.is_certain and part in required)
            case Array(items, _, _, sure):
                found = Part(sure or items, found.is_certain and sure is not None)
            case _:
                return Part(None, False)
    return found


def bare(rule: Rule) -> Rule:
    """The rule of the value itself, without what is around it."""
    while isinstance(rule, Nullable | Present | Kept):
        rule = rule.of
    return rule


def with_part(rule: Rule, parts: Parts, change: Callable[[Rule], Rule], *, keep: bool = False) -> Rule:
    """The rule with a changed part, which every value then has. With `keep`, near misses leave the types on the way as they are."""
    if not parts:
        return _as_before(rule, change(rule))
    part, within = parts[0], parts[1:]
    inner = bare(rule)
    if isinstance(inner, Array):
        sure = with_part(inner.sure or inner.items, within, change, keep=keep)
        changed: Rule = inner._replace(items=without_part(inner.items, within), sure=sure)
    else:
        assert isinstance(inner, Object)  # a path of a form leads through objects and arrays
        known = {**inner.optional, **inner.required}
        needed = {**inner.required, part: with_part(known.get(part, Free(JSON_VALUES)), within, change, keep=keep)}
        optional = {key: of for key, of in inner.optional.items() if key != part}
        changed = inner._replace(required=needed, optional=optional, kept=inner.kept | {part})
    return Kept(changed) if keep else _as_before(rule, changed)


def _as_before(rule: Rule, changed: Rule) -> Rule:
    """A changed rule for values that are there, with what was around the rule: null is no fault where it was none."""
    if isinstance(rule, Nullable | Present) and not isinstance(changed, Nullable | Kept):
        return Present(bare(changed))
    return changed


def without_part(rule: Rule, parts: Parts) -> Rule:
    """The rule without an optional part, if it has this part."""
    part, within = parts[0], parts[1:]
    match rule:
        case Nullable(of) | Present(of) | Kept(of):
            return rule._replace(of=without_part(of, parts))
        case Array(items, _, _, sure):
            return rule._replace(items=without_part(items, within), sure=None if sure is None else without_part(sure, within))
        case Object(required, optional) if within:
            return rule._replace(required=_without_inside(required, part, within), optional=_without_inside(optional, part, within))
        case Object(_, optional):
            return rule._replace(optional={key: of for key, of in optional.items() if key != part})
    return rule


def _without_inside(rules: dict[str, Rule], part: str, within: Parts) -> dict[str, Rule]:
    return {key: without_part(of, within) if key == part else of for key, of in rules.items()}
