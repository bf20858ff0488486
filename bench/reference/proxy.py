"""The least a proxy written with Starlette and aiohttp can do: no keys, no limits, no records.

Run by uvicorn like Modulon itself; `UPSTREAM` names the provider, `/v1` included.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypedDict

import aiohttp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route


class State(TypedDict):
    session: aiohttp.ClientSession


@asynccontextmanager
async def lifespan(_app: Starlette) -> AsyncIterator[State]:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, auto_decompress=False) as session:
        yield {"session": session}


async def forward(request: Request) -> Response:
    """Send the request on and the answer back, piece by piece if it streams."""
    session: aiohttp.ClientSession = request.state.session
    upstream = await session.request(
        request.method,
        os.environ["UPSTREAM"].removesuffix("/v1") + request.url.path,
        data=await request.body(),
        headers={"content-type": "application/json"},
    )
    media = upstream.headers.get("content-type", "")
    if not media.startswith("text/event-stream"):
        async with upstream:
            return Response(await upstream.read(), upstream.status, media_type=media)

    async def relay() -> AsyncIterator[bytes]:
        async with upstream:
            async for piece in upstream.content.iter_any():
                yield piece

    return StreamingResponse(relay(), upstream.status, media_type=media)


app = Starlette(routes=[Route("/{path:path}", forward, methods=["GET", "POST"])], lifespan=lifespan)
