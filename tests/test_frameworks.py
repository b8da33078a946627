"""FastAPI, Litestar and Celery write models with the wire names. `make examples` installs all three."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from payloads import c2c_chat, ext, group_call
from pydantic import BaseModel

import pushcodec as pc

READ = pc.Ext.from_wire(
    ext(c2c_chat(faceUrl="https://a.example/1.png", sendTime=7, x={"face_url": 1}), timPushFeatures={"fcmPushType": 2})
)
CALL = pc.Ext.from_wire(ext(group_call(), key=[None]))


class Mine(BaseModel):
    """A user's model; the names of its own fields stay unchanged."""

    push_ext: pc.Ext
    parts: list[pc.Entity]


MINE = Mine(push_ext=READ, parts=[READ.entity, CALL.entity])


def needs(*packages: str) -> None:
    for package in packages:
        pytest.importorskip(package, reason=f"no {package}: pip install 'pushcodec[examples]'")


def answers(app: Any, *paths: str, body: str | None = None) -> list[str]:
    """The bodies of the responses of an ASGI application."""
    import httpx

    async def ask() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            if body is not None:
                return [await client.post(path, content=body, headers={"content-type": "application/json"}) for path in paths]
            return [await client.get(path) for path in paths]

    responses = asyncio.run(ask())
    assert {response.status_code // 100 for response in responses} == {2}
    return [response.text for response in responses]


def check_mine(text: str) -> None:
    found = json.loads(text)
    assert list(found) == ["push_ext", "parts"]
    assert pc.decode_ext(json.dumps(found["push_ext"])) == READ
    assert [pc.decode_entity(json.dumps(part)) for part in found["parts"]] == [READ.entity, CALL.entity]


# FastAPI


@pytest.fixture(scope="module")
def fastapi_app() -> Any:
    needs("fastapi", "httpx")
    from fastapi import FastAPI
    from fastapi.encoders import jsonable_encoder
    from fastapi.responses import JSONResponse

    app = FastAPI()
    app.get("/annotated")(annotated)
    app.get("/model", response_model=pc.Ext)(plain)
    app.get("/plain", response_model=None)(plain)
    app.get("/unset", response_model=pc.Ext, response_model_exclude_unset=True)(plain)
    app.get("/encoder", response_class=JSONResponse)(lambda: JSONResponse(jsonable_encoder(READ)))
    app.get("/mine", response_model=Mine)(lambda: MINE)
    app.post("/echo")(echo)
    return app


def annotated() -> pc.Ext:
    return READ


def plain() -> Any:
    return READ


def echo(read: pc.Ext) -> pc.Ext:
    return read


def test_fastapi_answers_with_the_wire_names(fastapi_app: Any) -> None:
    """With a response model, without one, and with `jsonable_encoder`."""
    for text in answers(fastapi_app, "/annotated", "/model", "/plain", "/unset", "/encoder"):
        assert pc.decode_ext(text) == READ
        assert "chat_type" not in text
    assert json.loads(answers(fastapi_app, "/unset")[0]) == pc.to_wire(READ)
    check_mine(answers(fastapi_app, "/mine")[0])


def test_fastapi_echoes_what_it_read(fastapi_app: Any) -> None:
    """The body of request and response is a model, with a chat and with a call."""
    for read in (READ, CALL):
        assert pc.decode_ext(answers(fastapi_app, "/echo", body=pc.encode_ext(read))[0]) == read


def test_fastapi_documents_the_wire_names(fastapi_app: Any) -> None:
    """The OpenAPI schemas of requests and of responses."""
    described = json.loads(answers(fastapi_app, "/openapi.json")[0])["components"]["schemas"]
    names = {name: set(schema["properties"]) for name, schema in described.items() if name.startswith(("Ext", "ChatEntity"))}
    assert names
    assert all({"timPushFeatures", "chatType"} & found for found in names.values())
    assert all(not {"tim_push_features", "chat_type"} & found for found in names.values())


# Litestar


def test_litestar_answers_with_the_wire_names() -> None:
    """With the option of its plugin that docs/frameworks.md names; by default Litestar asks pydantic for attribute names."""
    needs("litestar", "httpx")
    from litestar import Litestar, get
    from litestar.plugins.pydantic import PydanticPlugin

    async def mine() -> Mine:
        return MINE

    async def listed() -> list[pc.Ext]:
        return [READ]

    async def one() -> pc.Ext:
        return READ

    async def call() -> pc.Entity:
        return CALL.entity

    handlers = [get("/one")(one), get("/listed")(listed), get("/mine")(mine), get("/call")(call)]
    app = Litestar(handlers, plugins=[PydanticPlugin(prefer_alias=True)])
    one_text, listed_text, mine_text, call_text = answers(app, "/one", "/listed", "/mine", "/call")
    assert pc.decode_ext(one_text) == READ
    assert "chat_type" not in one_text
    assert [pc.decode_ext(json.dumps(each)) for each in json.loads(listed_text)] == [READ]
    check_mine(mine_text)
    assert pc.decode_entity(call_text) == CALL.entity
    described = json.loads(answers(app, "/schema/openapi.json")[0])["components"]["schemas"]
    assert {"chatType", "faceUrl"} <= set(described["ChatEntity"]["properties"])


# Celery


def annotated_task(read: pc.Ext) -> pc.Ext:
    return read


def test_celery_results_have_the_wire_names() -> None:
    """A task with models (`pydantic=True`) receives and returns the wire form of chats and calls through its serializer."""
    needs("celery")
    from celery import Celery

    app = Celery("models", broker="memory://", backend="cache+memory://")
    app.conf.update(task_always_eager=True, task_store_eager_result=True)
    task = app.task(pydantic=True)(annotated_task)
    for read in (READ, CALL):
        result = task.delay(json.loads(pc.encode_ext(read))).get()
        assert pc.decode_ext(json.dumps(result)) == read
        assert "chatType" in result["entity"]
        assert "chat_type" not in result["entity"]
