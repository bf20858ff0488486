"""The guide as a model."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from functools import cache
from typing import Final

from modulon.modules.guide.backend.library.library import packaged
from modulon.sdk import Context
from modulon.sdk.inference import (
    SCRIPTED,
    DiscoveredModel,
    Finish,
    ModelDelta,
    ModelRequest,
    ProviderConnection,
    TextDelta,
)

from .asking import reply
from .ranking import Index

ANSWERED_FROM: Final = ("guide", "operate", "develop")
"""The folders of documentation that answer questions; decisions and generated lists are only there to be read."""

PIECE: Final = 60
"""Characters of an answer that are handed on at once."""


class Guide:
    """The built-in provider `guide`."""

    title = "Modulon"

    async def discover(self, ctx: Context, connection: ProviderConnection) -> Sequence[DiscoveredModel]:
        """The one model."""
        del ctx, connection
        return [DiscoveredModel("modulon", "Guide", capabilities=(SCRIPTED,))]

    async def stream(
        self, ctx: Context, connection: ProviderConnection, request: ModelRequest
    ) -> AsyncGenerator[Sequence[ModelDelta], None]:
        """Quote the documentation, piece by piece."""
        del ctx, connection
        text = await asyncio.to_thread(lambda: reply(index(), request.messages))
        for start in range(0, len(text), PIECE):
            yield [TextDelta(text[start : start + PIECE])]
            await asyncio.sleep(0)
        yield [Finish("stop")]


@cache
def index() -> Index:
    """The sections that answer questions."""
    return Index(packaged().sections(*ANSWERED_FROM))
