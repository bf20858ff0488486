"""Looking for model servers on this machine: a fixed list of loopback ports, asked once, when an admin says so."""

import asyncio
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from modulon.modules.providers.backend.errors import KeyRefused
from modulon.modules.providers.backend.serving.discovery import discovered
from modulon.modules.providers.backend.serving.names import allowed_by
from modulon.sdk import Context, ModelProvider, new_id
from modulon.sdk.inference import DiscoveredModel, ModelFailed, ProviderConnection

from .known import Preset, presets

LONGEST: Final = 3.0
"""Seconds a port has to say which models it has; what runs on this machine answers within milliseconds."""

WIRE: Final = "openai"


@dataclass(frozen=True, slots=True)
class Found:
    """A server that answered: its *models*, or that it wants a key first."""

    preset: Preset
    latency_ms: int
    models: Sequence[DiscoveredModel] = ()
    needs_key: bool = False


@cache
def ports() -> tuple[Preset, ...]:
    """What is asked. Nothing a caller sends can add to it."""
    return tuple(preset for preset in presets() if preset.probe)


def asked(own: Collection[int]) -> tuple[Preset, ...]:
    """The presets that are asked when this server itself listens on *own*: it never asks itself."""
    return tuple(preset for preset in ports() if allowed_by(preset.endpoint).port not in own)


async def found_on(ctx: Context, wanted: Sequence[Preset]) -> Sequence[Found]:
    """Those of *wanted* that answer, in their order. No key is sent, and nothing but the list of models is read."""
    tried = await asyncio.gather(*(_try(ctx, preset) for preset in wanted))
    return [found for found in tried if found is not None]


async def _try(ctx: Context, preset: Preset) -> Found | None:
    wire = ctx.implementations(ModelProvider)[WIRE]
    allow = allowed_by(preset.endpoint)
    connection = ProviderConnection(new_id(), preset.endpoint, None, allow, {})
    began = time.monotonic()
    try:
        async with asyncio.timeout(LONGEST):
            models = await discovered(ctx, wire, connection)
    except KeyRefused:
        return Found(preset, _since(began), needs_key=True)
    except (ModelFailed, TimeoutError):
        return None
    return Found(preset, _since(began), models)


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
