"""Providers that modules bring with them: there without a row, an address or a key, and the same for everybody."""

from typing import Final
from uuid import UUID, uuid5

from modulon.modules.providers.backend.contract import OfferedModel, ResolvedModel
from modulon.sdk import BuiltInProvider, Context
from modulon.sdk.inference import DiscoveredModel, ProviderConnection

from .snapshot import Snapshot, Source

_NAMES: Final = UUID("6f0f3f0c-6a52-5d0e-9c9e-0d1b5a1f7c11")
"""Their ids are made from their names below this one, so that they are the same on every server."""


async def built_in(ctx: Context) -> list[Snapshot]:
    """A snapshot of each, with the models it offers."""
    return [await _snapshot(ctx, name, one) for name, one in ctx.implementations(BuiltInProvider).items()]


def names(ctx: Context) -> frozenset[str]:
    """The short names they have; nobody else gets one of them."""
    return frozenset(ctx.implementations(BuiltInProvider))


async def _snapshot(ctx: Context, name: str, provider: BuiltInProvider) -> Snapshot:
    source = Source(uuid5(_NAMES, name), provider.title, name, name, local=True, built_in=True)
    connection = ProviderConnection(provider_id=source.id, endpoint="", api_key=None, allow=None)
    models = await provider.discover(ctx, connection)
    offers = tuple(OfferedModel(_listed(source, model), available=True, reason=None) for model in models)
    return Snapshot(source, 0, connection, offers, disabled=frozenset())


def _listed(source: Source, model: DiscoveredModel) -> ResolvedModel:
    return ResolvedModel(
        id=f"{source.slug}/{model.id}",
        name=model.name,
        provider_id=source.id,
        provider_name=source.name,
        vendor_id=model.id,
        wire=source.wire,
        local=source.local,
        context_window=model.context_window,
        capabilities=model.capabilities,
        parameters={},
        price=model.price,
    )
