"""Which models a provider lists, as they may be shown to people."""

from collections.abc import Sequence

import msgspec

from modulon.sdk import Context, ModelProvider, hides_something, shown_name
from modulon.sdk.inference import DiscoveredModel, ProviderConnection

from .view import LONGEST_NAME


async def discovered(ctx: Context, wire: ModelProvider, connection: ProviderConnection) -> Sequence[DiscoveredModel]:
    """What *wire* lists. Names are a vendor's and cleaned; an id cannot be, since it is sent back as it is, so a model
    whose id hides something is left out: it could pass for another one. Raises `ModelFailed`."""
    return [_shown(one) for one in await wire.discover(ctx, connection) if _is_plain(one.id)]


def _is_plain(id: str) -> bool:
    return 0 < len(id) <= LONGEST_NAME and id.isprintable() and not hides_something(id)


def _shown(model: DiscoveredModel) -> DiscoveredModel:
    name = shown_name(model.name[:LONGEST_NAME]) or model.id
    return msgspec.structs.replace(model, name=name)
