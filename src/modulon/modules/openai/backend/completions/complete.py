"""One chat completion, from the request's bytes to the answer's last."""

from modulon.modules.providers.backend.contract import ModelsService, ResolvedModel
from modulon.sdk import Context, HttpResponse
from modulon.sdk.inference import Usage
from modulon.sdk.routes import Send

from .relay import LARGEST_ERROR, relay_error, relay_stream, relay_whole
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
    if model.wire != WIRE:
        await translate(ctx, models, model, body, send)
    elif asked.streamed:
        await _streamed(ctx, models, model, body, send, wants_usage=asked.wants_usage)
    else:
        await _whole(models, model, body, send)


async def _whole(models: ModelsService, model: ResolvedModel, body: bytes, send: Send) -> None:
    async with models.forward(model, PATH, body) as response:
        if response.status == 200:
            models.record_usage(model, await relay_whole(response, send) or Usage())
        else:
            await relay_error(response, await response.read(LARGEST_ERROR), send, models)


async def _streamed(
    ctx: Context, models: ModelsService, model: ResolvedModel, body: bytes, send: Send, *, wants_usage: bool
) -> None:
    """Usage is always asked for, since it is recorded; a client that did not ask for it does not see it."""
    added = not wants_usage
    async with models.forward(model, PATH, asking_for_usage(body) if added else body) as response:
        if response.status == 200:
            await _relayed(ctx, models, model, response, send, strip=added)
            return
        said = await response.read(LARGEST_ERROR)
        if not (added and response.status in (400, 422) and b"stream_options" in said):
            await relay_error(response, said, send, models)
            return
    # The server does not know the option that was added: ask as the client did.
    async with models.forward(model, PATH, body) as response:
        if response.status == 200:
            await _relayed(ctx, models, model, response, send, strip=False)
        else:
            await relay_error(response, await response.read(LARGEST_ERROR), send, models)


async def _relayed(
    ctx: Context, models: ModelsService, model: ResolvedModel, response: HttpResponse, send: Send, *, strip: bool
) -> None:
    passing = PassingStream(strip=strip)
    try:
        await relay_stream(response, send, passing, ctx.trace)
    finally:
        models.record_usage(model, passing.usage or Usage())
