"""A model whose answers are written in the test."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from modulon.sdk.context import Context
from modulon.sdk.inference import (
    DiscoveredModel,
    Finish,
    ModelDelta,
    ModelRequest,
    ProviderConnection,
    TextDelta,
    Usage,
)


@dataclass
class ScriptedModel:
    """Implements `ModelProvider`: yields *words* one batch each, waits at the index in *hold* until `released`.

    *requests* holds what was asked; *closed* counts streams that were closed before their end.
    """

    words: Sequence[str] = ("Hello", " ", "world")
    hold: int | None = None
    failure: Exception | None = None
    requests: list[ModelRequest] = field(default_factory=list[ModelRequest])
    closed: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def discover(self, ctx: Context, connection: ProviderConnection) -> Sequence[DiscoveredModel]:
        """One model, called `scripted`."""
        del ctx, connection
        return [DiscoveredModel("scripted", "Scripted")]

    async def stream(
        self, ctx: Context, connection: ProviderConnection, request: ModelRequest
    ) -> AsyncIterator[Sequence[ModelDelta]]:
        """The words, then usage and the end, or *failure*."""
        del ctx, connection
        self.requests.append(request)
        finished = False
        try:
            for index, word in enumerate(self.words):
                if index == self.hold:
                    await self.released.wait()
                yield [TextDelta(word)]
            if self.failure is not None:
                raise self.failure
            yield [Usage(input_tokens=1, output_tokens=len(self.words)), Finish("stop")]
            finished = True
        finally:
            if not finished:
                self.closed += 1
