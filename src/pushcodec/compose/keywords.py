"""The keywords of functions: an unknown one is an error that suggests a known one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import ParamSpec, TypeVar

from pushcodec.suggest import did_you_mean

_P = ParamSpec("_P")
_R = TypeVar("_R")


def named(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """The function, with a TypeError for an unknown keyword that suggests a similar one, as CPython does from 3.13 on."""
    names = tuple(signature(function).parameters)

    @wraps(function)
    def checked(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        for name in kwargs:
            if name not in names:
                unexpected = f"{function.__name__}() got an unexpected keyword argument {name!a}"
                raise TypeError(f"{unexpected}: expected one of {', '.join(names)}{did_you_mean(name, names)}")
        return function(*args, **kwargs)

    return checked
