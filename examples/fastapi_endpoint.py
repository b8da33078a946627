"""An endpoint of FastAPI that takes the ext of an offline push: `uvicorn fastapi_endpoint:app`.

With a parameter of type `Ext`, FastAPI would parse the body, and repeated keys, NaN and lone surrogates would pass unnoticed. The
dependency here reads bytes and calls the codec. For an invalid body the response is a 422 with codes and pointers instead of
FastAPI's own errors, and without values of the payload.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Request

import pushcodec as pc

LIMITS = pc.Limits(max_bytes=4096)  # the largest payload of a push service

app = FastAPI()


async def ext_in_body(request: Request) -> pc.Ext:
    """The ext that is the body of a request."""
    try:
        return pc.decode_ext(await body_within(request, LIMITS.max_bytes), limits=LIMITS)
    except pc.DecodeError as error:
        raise HTTPException(422, [violation.to_dict() for violation in error.violations]) from None


async def body_within(request: Request, most: int) -> bytes:
    """The body, or its beginning if it is longer than `most` bytes: the stream of an unknown sender may have no end."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            break
    return bytes(body)


@app.post("/pushes", status_code=202)
def accept(ext: Annotated[pc.Ext, Depends(ext_in_body)]) -> dict[str, str | int]:
    """Accepts a push and returns its action and its encoded size: `{"action": "CHAT", "bytes": 53}`."""
    return {"action": ext.entity.action.name, "bytes": len(pc.encode_ext(ext).encode())}
