"""One state of one provider in memory. It never changes: another state is another snapshot."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from modulon.modules.providers.backend.contract import OfferedModel, ResolvedModel
from modulon.modules.providers.backend.settings import Settings
from modulon.modules.providers.backend.store import ModelRow, ProviderRow
from modulon.sdk import Context, Place
from modulon.sdk.identity import SYSTEM_WORKSPACE
from modulon.sdk.inference import ModelPrice, ProviderConnection

from .names import allowed_by, is_local


@dataclass(frozen=True, slots=True)
class Source:
    """A provider as its models tell of it."""

    id: UUID
    name: str
    slug: str
    wire: str
    local: bool
    built_in: bool = False

    def listed(self, model: ModelRow) -> ResolvedModel:
        """A model it lists."""
        return ResolvedModel(
            id=f"{self.slug}/{model.model_id}",
            name=model.model_name,
            provider_id=self.id,
            provider_name=self.name,
            vendor_id=model.model_id,
            wire=self.wire,
            local=self.local,
            context_window=model.context_window,
            capabilities=tuple(model.capabilities),
            parameters=model.parameters,
            alias=model.alias,
            pinned=model.pinned,
            price=price_of(model),
        )

    def unlisted(self, vendor_id: str) -> ResolvedModel:
        """A model it does not list."""
        return ResolvedModel(
            id=f"{self.slug}/{vendor_id}",
            name=vendor_id,
            provider_id=self.id,
            provider_name=self.name,
            vendor_id=vendor_id,
            wire=self.wire,
            local=self.local,
            context_window=None,
            capabilities=(),
            parameters={},
        )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A provider in one state: how to reach it, what it offers, what is switched off."""

    source: Source
    revision: int
    connection: ProviderConnection
    offers: tuple[OfferedModel, ...]
    disabled: frozenset[str]


def place_of_key(provider_id: UUID) -> Place:
    """Where a provider's key stands."""
    return Place("providers", provider_id, "api_key_encrypted")


def connection_to(ctx: Context, row: ProviderRow, settings: Settings) -> ProviderConnection:
    """How to reach a provider. What an admin added may be on a private address: exactly its host and port."""
    limits = {"first_byte_timeout": settings.first_byte_seconds, "idle_timeout": settings.idle_seconds}
    sealed = row.api_key_encrypted
    return ProviderConnection(
        provider_id=row.id,
        endpoint=row.endpoint,
        api_key=None if sealed is None else ctx.secrets.open(sealed, place_of_key(row.id)),
        allow=allowed_by(row.endpoint) if row.workspace_id == SYSTEM_WORKSPACE else None,
        config={**limits, **row.config},
    )


def snapshot_of(ctx: Context, row: ProviderRow, models: Sequence[ModelRow], settings: Settings) -> Snapshot:
    """The snapshot of what is stored."""
    source = Source(row.id, row.name, row.slug, row.type, is_local(row.endpoint))
    failing = row.health_state == "failing"
    reason = (row.health_error or {}).get("code") if failing else None
    return Snapshot(
        source=source,
        revision=row.revision,
        connection=connection_to(ctx, row, settings),
        offers=tuple(OfferedModel(source.listed(model), not failing, reason) for model in models if model.enabled),
        disabled=frozenset(model.model_id for model in models if not model.enabled),
    )


def price_of(model: ModelRow) -> ModelPrice | None:
    """The price, if it is known."""
    read, written = model.input_price, model.output_price
    if read is None or written is None or not model.currency:
        return None
    return ModelPrice(read, written, model.cached_price, model.currency)
