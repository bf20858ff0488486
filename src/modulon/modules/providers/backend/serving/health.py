"""Trying a provider out: what it offers, how long it took to say so, or why it did not."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from modulon.modules.providers.backend.errors import NoAnswer, TypeUnknown
from modulon.modules.providers.backend.settings import Settings
from modulon.modules.providers.backend.store import ProviderRow
from modulon.sdk import Context
from modulon.sdk.inference import DiscoveredModel, ModelFailed, ModelProvider

from .discovery import discovered
from .snapshot import connection_to

LONGEST_TRY: Final = 15.0
"""Seconds a provider has to list its models."""


@dataclass(frozen=True, slots=True)
class Trial:
    """The outcome: the *models*, or the *failure*."""

    latency_ms: int
    models: Sequence[DiscoveredModel] = ()
    failure: ModelFailed | None = None

    @property
    def state(self) -> Literal["healthy", "failing"]:
        """The provider's health as this trial saw it."""
        return "healthy" if self.failure is None else "failing"

    @property
    def error(self) -> dict[str, str] | None:
        """The failure as it is stored and shown."""
        return None if self.failure is None else {"code": self.failure.code, "detail": self.failure.message}


async def tried(ctx: Context, row: ProviderRow) -> Trial:
    """Ask the provider for its models."""
    wire = ctx.implementations(ModelProvider).get(row.type)
    if wire is None:
        raise TypeUnknown
    began = time.monotonic()
    try:
        async with asyncio.timeout(LONGEST_TRY):
            models = await discovered(ctx, wire, connection_to(ctx, row, Settings()))
    except TimeoutError:
        return Trial(_since(began), failure=NoAnswer())
    except ModelFailed as failure:
        return Trial(_since(began), failure=failure)
    return Trial(_since(began), models)


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
