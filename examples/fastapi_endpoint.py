"""An endpoint that takes the ext of an offline push, with FastAPI: `uvicorn fastapi_endpoint:app`.

A parameter of type `Ext` would let FastAPI parse the body, and duplicate keys, NaN and lone surrogates would pass unseen. The
dependency here reads bytes and asks the codec. What is wrong comes back as 422, with codes and pointers in the place of FastAPI's
own errors, and without the values that the payload had.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Request

import pushcodec as pc

LIMITS = pc.Limits(max_bytes=4096)  # what a push service carries

app = FastAPI()


async def ext_in_body(request: Request) -> pc.Ext:
    """The ext that is the body of a request."""
    try:
        return pc.decode_ext(await body_within(request, LIMITS.max_bytes), limits=LIMITS)
    except pc.DecodeError as error:
        raise HTTPException(422, [violation.to_dict() for violation in error.violations]) from None


async def body_within(request: Request, most: int) -> bytes:
    """The body, or as much of it as shows that it is longer than `most`: a stranger's stream may have no end."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            break
    return bytes(body)


@app.post("/pushes", status_code=202)
def accept(ext: Annotated[pc.Ext, Depends(ext_in_body)]) -> dict[str, str | int]:
    """Takes a push, and says what it is and what it costs on the wire."""
    return {"action": ext.entity.action.name, "bytes": len(pc.encode_ext(ext).encode())}
