"""JSON files of other products, drawn with a seed: what a walk over a repository meets beside payloads.

Nine kinds: package.json, tsconfig.json, composer.json, package-lock.json, manifests of apps, GeoJSON, tables of translations, API
descriptions, records of a web API. They have 300 bytes to 20 KB and use words such as `title`, `action`, `custom`, `data` and
`entity` as such files do. None contains a payload.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeAlias

FEWEST_BYTES, MOST_BYTES = 300, 20_000
_IN_A_FOLDER: Final = 25

_Draw: TypeAlias = random.Random
_Object: TypeAlias = dict[str, Any]

_WORDS: Final = (
    *(
        "account",
        "action",
        "alert",
        "badge",
        "cancel",
        "channel",
        "content",
        "custom",
        "data",
        "delete",
        "entity",
        "error",
        "group",
    ),
    *("hello", "invite", "label", "message", "nickname", "notification", "order", "payload", "profile", "room", "save", "sender"),
    *("sound", "title", "update", "user", "version", "会话", "消息", "用户", "设置", "退出", "Grüße", "naïve"),
)
_PACKAGES: Final = (
    "eslint",
    "jest",
    "lodash",
    "react",
    "rollup",
    "typescript",
    "vite",
    "vue",
    "webpack",
    "zod",
    "left-pad",
    "glob",
)


def write(folder: Path, count: int, seed: int = 1) -> None:
    """Writes `count` files into subfolders of a folder; the same seed gives the same files."""
    draw = random.Random(seed)
    kinds = list(_KINDS)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        inside = folder / f"part-{number // _IN_A_FOLDER:04}"
        inside.mkdir(exist_ok=True)
        (inside / f"{number:05}-{kind}").write_text(text(draw, kind), "utf-8")


def text(draw: _Draw, kind: str) -> str:
    """The text of a file of a kind, of at least `FEWEST_BYTES` and at most `MOST_BYTES` bytes."""
    make, indent = _KINDS[kind]
    size = int(FEWEST_BYTES * (MOST_BYTES / 2 / FEWEST_BYTES) ** draw.random())  # as many small files as large ones by order
    parts = max(1, size // 60)
    while True:
        written = json.dumps(make(draw, parts), indent=indent, ensure_ascii=False) + "\n"
        length = len(written.encode())
        if FEWEST_BYTES <= length <= MOST_BYTES:
            return written
        parts = parts + 1 if length < FEWEST_BYTES else parts // 2


def _words(draw: _Draw, most: int) -> str:
    return " ".join(draw.choices(_WORDS, k=draw.randint(1, most)))


def _version(draw: _Draw) -> str:
    return ".".join(str(draw.randrange(20)) for _ in range(3))


def _package(draw: _Draw) -> str:
    return f"{draw.choice(_PACKAGES)}-{draw.choice(_PACKAGES)}-{draw.randrange(99)}"


def _dependencies(draw: _Draw, count: int) -> _Object:
    return {_package(draw): f"^{_version(draw)}" for _ in range(count)}


def _package_json(draw: _Draw, parts: int) -> _Object:
    return {
        "name": _package(draw),
        "version": _version(draw),
        "title": _words(draw, 3),
        "description": _words(draw, 9),
        "main": "dist/index.js",
        "custom": {"entry": "src/index.ts"},
        "scripts": {name: f"{draw.choice(_PACKAGES)} --fix src" for name in ("build", "lint", "test")},
        "dependencies": _dependencies(draw, parts // 2),
        "devDependencies": _dependencies(draw, parts // 2),
        "license": "MIT",
    }


def _tsconfig(draw: _Draw, parts: int) -> _Object:
    return {
        "extends": "./tsconfig.base.json",
        "compilerOptions": {
            "target": "ES2022",
            "module": "NodeNext",
            "strict": True,
            "lib": ["ES2022", "DOM"],
            "paths": {f"@{_package(draw)}/*": [f"./packages/{_package(draw)}/src/*"] for _ in range(parts // 2)},
        },
        "include": ["src/**/*.ts", "test/**/*.ts"],
        "exclude": ["node_modules", "dist"],
    }


def _composer(draw: _Draw, parts: int) -> _Object:
    return {
        "name": f"acme/{_package(draw)}",
        "type": "library",
        "description": _words(draw, 9),
        "require": {"php": ">=8.1", "ext-json": "*", **_dependencies(draw, parts)},
        "autoload": {"psr-4": {"Acme\\Push\\": "src/"}},
        "extra": {"branch-alias": {"dev-main": "2.x-dev"}},
    }


def _lock(draw: _Draw, parts: int) -> _Object:
    return {
        "name": _package(draw),
        "lockfileVersion": 3,
        "requires": True,
        "packages": {
            f"node_modules/{_package(draw)}": {
                "version": _version(draw),
                "resolved": f"https://registry.example.com/{_package(draw)}.tgz",
                "integrity": f"sha512-{draw.getrandbits(500):x}",
                "dev": draw.random() < 0.5,
            }
            for _ in range(max(1, parts // 5))
        },
    }


def _manifest(draw: _Draw, parts: int) -> _Object:
    return {
        "manifest_version": 3,
        "name": _words(draw, 3),
        "version": _version(draw),
        "action": {"default_title": _words(draw, 2), "default_popup": "popup.html"},
        "permissions": ["notifications", "storage"],
        "icons": {str(16 * (number + 1)): f"icons/{_package(draw)}.png" for number in range(parts)},
        "content_scripts": [{"matches": ["https://*/*"], "js": ["content.js"]}],
    }


def _geojson(draw: _Draw, parts: int) -> _Object:
    def feature() -> _Object:
        ring = [[round(draw.uniform(-180, 180), 6), round(draw.uniform(-90, 90), 6)] for _ in range(draw.randint(3, 12))]
        properties = {"title": _words(draw, 2), "desc": _words(draw, 4), "count": draw.randrange(10**6)}
        return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}

    return {"type": "FeatureCollection", "features": [feature() for _ in range(max(1, parts // 6))]}


def _translations(draw: _Draw, parts: int) -> _Object:
    keys = [f"{draw.choice(_WORDS)}_{number}" for number in range(parts)]
    table: _Object = {"title": _words(draw, 2), "action": _words(draw, 1), "desc": _words(draw, 4)}
    return {**table, "messages": {key: _words(draw, 7).replace(" ", " {name} ", 1) for key in keys}}


def _api(draw: _Draw, parts: int) -> _Object:
    def operation() -> _Object:
        body = {"type": "object", "properties": {draw.choice(_PACKAGES): {"type": "string", "description": _words(draw, 8)}}}
        return {"summary": _words(draw, 5), "responses": {"200": {"content": {"application/json": {"schema": body}}}}}

    paths = {f"/{draw.choice(_WORDS)}/{number}": {"get": operation()} for number in range(max(1, parts // 6))}
    return {"openapi": "3.1.0", "info": {"title": _words(draw, 3), "version": _version(draw)}, "paths": paths}


def _records(draw: _Draw, parts: int) -> _Object:
    def record(number: int) -> _Object:
        user = {"login": draw.choice(_WORDS), "id": draw.randrange(10**9), "url": f"https://example.com/{_package(draw)}"}
        body = json.dumps({"text": _words(draw, 6)}, ensure_ascii=False)
        return {"id": number, "action": "opened", "sender": user, "body": body, "score": draw.random(), "closed": None}

    return {"data": [record(number) for number in range(max(1, parts // 4))], "next": None}


_KINDS: Final[dict[str, tuple[Callable[[_Draw, int], _Object], int | None]]] = {
    "package.json": (_package_json, 2),
    "tsconfig.json": (_tsconfig, 4),
    "composer.json": (_composer, 4),
    "package-lock.json": (_lock, 2),
    "manifest.json": (_manifest, 2),
    "points.geo.json": (_geojson, None),
    "messages.json": (_translations, 2),
    "openapi.json": (_api, 2),
    "records.json": (_records, None),
}
