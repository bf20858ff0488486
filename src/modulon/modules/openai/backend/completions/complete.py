"""One chat completion, from the request's bytes to the answer's last."""

from dataclasses import dataclass, field

from modulon.modules.openai.backend.errors import advice_for, openai_error, status_for
from modulon.modules.providers.backend.contract import ModelsService, Patience, ResolvedModel
from modulon.sdk import Context, HttpResponse, UpstreamFailed
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
        if model.wire != WIRE:
            await translate(ctx, models, model, body, send)
        elif asked.streamed:
            await _Question(ctx, models, model, send).streamed(body, wants_usage=asked.wants_usage)
        else:
            await _Question(ctx, models, model, send).whole(body)
    except ModelFailed as failure:  # before the first byte, else it was told in the stream
        headers = advice_for(failure)
        await send_json(send, status_for(failure), openai_error(failure, ctx.trace), headers)


@dataclass(slots=True)
class _Question:
    """One request that passes through, put to the provider until it answers or there is no use in it."""

    ctx: Context
    models: ModelsService
    model: ResolvedModel
    send: Send
    patience: Patience = field(default_factory=Patience)

    async def whole(self, body: bytes) -> None:
        """Only what the provider refused is put again: where nothing was heard of it, it may have been answered, and
        paid for."""
        while True:
            async with self.models.forward(self.model, PATH, body) as response:
                if response.status == 200:
                    usage = await relay_whole(response, self.send, self.models)
                    self.models.record_usage(self.model, usage or Usage())
                    return
                said = await response.read(LARGEST_ERROR)
            if await self._refused(response, said):
                return

    async def streamed(self, body: bytes, *, wants_usage: bool) -> None:
        """Usage is always asked for, since it is recorded; a client that did not ask for it does not see it."""
        passing = PassingStream(strip=not wants_usage)
        try:
            if wants_usage or not await self._passed(asking_for_usage(body), passing):
                passing.strip = False
                await self._passed(body, passing)
        except UpstreamFailed as failure:
            if not passing.started:
                raise
            await relay_break(failure, self.send, passing, self.ctx.trace)
        finally:
            if passing.started:
                self.models.record_usage(self.model, passing.usage or Usage())

    async def _passed(self, body: bytes, passing: PassingStream) -> bool:
        """Pass on the answer; `False`, with nothing sent, if the provider does not know the option that was added."""
        while True:
            try:
                async with self.models.forward(self.model, PATH, body) as response:
                    if response.status == 200:
                        if response.headers.get("content-type", "").startswith("text/html"):
                            raise self.models.explain(response.status, response.headers, b"")
                        await relay_stream(response, self.send, passing)
                        return True
                    said = await response.read(LARGEST_ERROR)
            except ModelFailed as failure:
                if passing.started or not await self.patience.waits(self.ctx, failure):
                    raise
                continue
            if passing.strip and response.status in (400, 422) and b"stream_options" in said:
                return False
            if await self._refused(response, said):
                return True

    async def _refused(self, response: HttpResponse, said: bytes) -> bool:
        """Pass on the refusal; `False`, with nothing sent, if it is time to ask again."""
        failure = self.models.explain(response.status, response.headers, said)
        if await self.patience.waits(self.ctx, failure):
            return False
        await relay_error(response, said, self.send, self.models)
        return True
