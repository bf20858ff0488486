"""Providers that speak OpenAI's chat completions: OpenAI itself and every compatible server.

Format: https://platform.openai.com/docs/api-reference/chat/streaming and what Ollama, vLLM, LM Studio, llama.cpp,
OpenRouter, Groq, Mistral and DeepSeek make of it.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from typing import Final

from modulon.sdk import Context, HttpResponse, UpstreamFailed
from modulon.sdk.inference import DiscoveredModel, ModelDelta, ModelRequest, ProviderConnection

from .answer import Answer
from .asking import LISTING, first_byte, headers_for, idle, listing_headers, listing_url
from .faults import LARGEST_ERROR, VendorError, fault_of, fault_of_connection, not_a_web_page, read_error
from .lines import Lines
from .listing import models_of
from .requests import chat_body

LARGEST_LIST: Final = 16 * 1024 * 1024
LARGEST_ANSWER: Final = 64 * 1024 * 1024
DRAIN: Final = 0.25
"""Seconds to wait for a body to end after the answer has, so that its connection can be used again."""


class OpenAI:
    """The `ModelProvider` for the type `openai`."""

    async def discover(self, ctx: Context, connection: ProviderConnection) -> Sequence[DiscoveredModel]:
        """What `GET /models` lists."""
        try:
            async with ctx.http.request(
                "GET",
                listing_url(connection),
                headers=listing_headers(connection),
                allow=connection.allow,
                read_timeout=min(LISTING, first_byte(connection)),
                idle_timeout=min(LISTING, idle(connection)),
            ) as response:
                if response.status != 200:
                    raise fault_of(response.status, response.headers, await _said(ctx, response))
                not_a_web_page(response.headers)
                return models_of(await response.read(LARGEST_LIST))
        except UpstreamFailed as problem:
            raise fault_of_connection(problem) from problem

    async def stream(
        self, ctx: Context, connection: ProviderConnection, request: ModelRequest
    ) -> AsyncGenerator[Sequence[ModelDelta], None]:
        """Ask; see the contract."""
        answer = Answer()
        try:
            async with _asked(ctx, connection, request) as response, aclosing(_batches(response, answer)) as batches:
                async for batch in batches:
                    yield batch
        except UpstreamFailed as problem:
            # Once a reason to end was given nothing of the answer can be missing, whatever breaks then.
            if answer.finish is None:
                raise fault_of_connection(problem) from problem
            if not answer.ended:
                yield answer.end()


async def _batches(response: HttpResponse, answer: Answer) -> AsyncGenerator[Sequence[ModelDelta], None]:
    """The deltas of a response, one batch for each network read, the end in a batch of its own."""
    not_a_web_page(response.headers)
    if "json" in response.headers.get("content-type", ""):
        yield answer.whole(await response.read(LARGEST_ANSWER))
        yield answer.end()
        return
    lines = Lines()
    pieces = response.chunks()
    async for piece in pieces:
        batch, failure = answer.take(lines.feed(piece))
        if batch:
            yield batch
        if failure is not None:
            raise failure
        if answer.done:
            break
    else:
        batch, failure = answer.take((lines.rest(),))
        if batch:
            yield batch
        if failure is not None:
            raise failure
    yield answer.end()
    await _drain(pieces)


async def _drain(pieces: AsyncIterator[bytes]) -> None:
    """Read to the end of the body, so that its connection can be used again, if that does not take long."""
    with suppress(TimeoutError, UpstreamFailed):
        async with asyncio.timeout(DRAIN):
            async for _ in pieces:
                pass


@asynccontextmanager
async def _asked(ctx: Context, connection: ProviderConnection, request: ModelRequest) -> AsyncGenerator[HttpResponse]:
    """The response to *request*, its status 200. A server that does not know `stream_options` is asked without."""
    for include_usage in (True, False):
        async with ctx.http.request(
            "POST",
            f"{connection.endpoint}/chat/completions",
            headers=headers_for(connection),
            body=chat_body(request, include_usage=include_usage),
            allow=connection.allow,
            read_timeout=first_byte(connection),
            idle_timeout=idle(connection),
        ) as response:
            if response.status == 200:
                yield response
                return
            said = await _said(ctx, response)
            unknown_option = response.status in (400, 422) and "stream_options" in said.message
            if not (include_usage and unknown_option):
                raise fault_of(response.status, response.headers, said)


async def _said(ctx: Context, response: HttpResponse) -> VendorError:
    """What an error response says. The provider's own words go to the log and no further."""
    found = VendorError()
    try:
        found = read_error(await response.read(LARGEST_ERROR))
    except UpstreamFailed:
        ctx.log.debug("an error answer could not be read", status=response.status)
    ctx.log.info("provider refused", status=response.status, vendor_code=found.code, said=found.message[:500])
    return found
