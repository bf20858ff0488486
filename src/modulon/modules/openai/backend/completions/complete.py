"""One chat completion, from the request's bytes to the answer's last."""

from modulon.modules.openai.backend.errors import advice_for, openai_error, status_for
from modulon.modules.openai.backend.schemas import Asked
from modulon.modules.providers.backend.contract import ModelsService, ResolvedModel
from modulon.sdk import Context, UpstreamFailed
from modulon.sdk.inference import ModelFailed, Usage
from modulon.sdk.routes import Send

from .relay import LARGEST_ERROR, relay_break, relay_error, relay_stream, relay_whole, send_json
from .requests import asking_for_usage, head_of
from .translate import translate
from .usage import PassingStream

PATH = "/chat/completions"
WIRE = "openai"


async def complete(ctx: Context, body: bytes, send: Send) -> None:
    """Answer the request. Raises a `Problem` only before the first byte."""
    asked = head_of(body)
    models = ctx.use(ModelsService)
    model = await models.resolve(asked.model)
    try:
        await _answer(ctx, models, model, body, send, asked)
    except ModelFailed as failure:  # before the first byte, else it was told in the stream
        headers = advice_for(failure)
        await send_json(send, status_for(failure), openai_error(failure, ctx.trace), headers)


async def _answer(
    ctx: Context, models: ModelsService, model: ResolvedModel, body: bytes, send: Send, asked: Asked
) -> None:
    if model.wire != WIRE:
        await translate(ctx, models, model, body, send)
    elif asked.streamed:
        await _streamed(ctx, models, model, body, send, wants_usage=asked.wants_usage)
    else:
        await _whole(models, model, body, send)


async def _whole(models: ModelsService, model: ResolvedModel, body: bytes, send: Send) -> None:
    async with models.forward(model, PATH, body) as response:
        if response.status == 200:
            models.record_usage(model, await relay_whole(response, send, models) or Usage())
        else:
            await relay_error(response, await response.read(LARGEST_ERROR), send, models)


async def _streamed(
    ctx: Context, models: ModelsService, model: ResolvedModel, body: bytes, send: Send, *, wants_usage: bool
) -> None:
    """Usage is always asked for, since it is recorded; a client that did not ask for it does not see it."""
    passing = PassingStream(strip=not wants_usage)
    try:
        if wants_usage or not await _asked(models, model, asking_for_usage(body), send, passing):
            passing.strip = False
            await _asked(models, model, body, send, passing)
    except UpstreamFailed as failure:
        if not passing.started:
            raise
        await relay_break(failure, send, passing, ctx.trace)
    finally:
        if passing.started:
            models.record_usage(model, passing.usage or Usage())


async def _asked(models: ModelsService, model: ResolvedModel, body: bytes, send: Send, passing: PassingStream) -> bool:
    """Pass on the answer; `False`, with nothing sent, if the provider does not know the option that was added."""
    async with models.forward(model, PATH, body) as response:
        if response.status == 200:
            if response.headers.get("content-type", "").startswith("text/html"):
                raise models.explain(response.status, response.headers, b"")
            await relay_stream(response, send, passing)
            return True
        said = await response.read(LARGEST_ERROR)
        if passing.strip and response.status in (400, 422) and b"stream_options" in said:
            return False
        await relay_error(response, said, send, models)
        return True
