"""Statements. Providers are reached by the principal's grants; what serves requests reads through the same guards."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT also compiles for SQLite, not the other way round

from modulon.sdk import Role
from modulon.sdk.storage import Boolean, Id, Integer, Text, Time, access, change, rows

from .models import provider_models, provider_usage, providers

FIRST_ID: Final = UUID(int=0)


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """A provider as stored, with how many models it has."""

    id: UUID
    workspace_id: UUID
    name: str
    slug: str
    type: str
    endpoint: str
    api_key_encrypted: str | None
    key_hint: str | None
    enabled: bool
    config: dict[str, Any]
    health_state: str
    health_checked_at: datetime | None
    health_latency_ms: int | None
    health_error: dict[str, str] | None
    revision: int
    created_at: datetime
    updated_at: datetime
    models_total: int
    models_enabled: int


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model as stored."""

    id: UUID
    provider_id: UUID
    model_id: str
    model_name: str
    enabled: bool
    parameters: dict[str, Any]
    input_price: int | None
    output_price: int | None
    cached_price: int | None
    currency: str | None
    price_by: Literal["admin", "provider"] | None
    context_window: int | None
    capabilities: list[str]
    alias: str | None
    pinned: bool


class Revision(NamedTuple):
    """Which state of a provider there is."""

    id: UUID
    revision: int


_p: Final = providers.c
_m: Final = provider_models.c
_provider_id: Final = sa.bindparam("provider_id", type_=Id)

_total: Final = sa.select(sa.func.count()).where(_m.provider_id == _p.id).correlate(providers).scalar_subquery()
_enabled: Final = (
    sa.select(sa.func.count()).where(_m.provider_id == _p.id, _m.enabled).correlate(providers).scalar_subquery()
)
_provider: Final = sa.select(
    *(_p[name] for name in ProviderRow.__dataclass_fields__ if name in _p),
    _total.label("models_total"),
    _enabled.label("models_enabled"),
)
_model: Final = sa.select(*(_m[name] for name in ModelRow.__dataclass_fields__))

PAGE: Final = rows(
    ProviderRow,
    _provider.where(_p.id > sa.bindparam("after", type_=Id))
    .order_by(_p.id)
    .limit(sa.bindparam("limit", type_=Integer)),
    guard=access(providers, Role.viewer),
)
VISIBLE: Final = rows(ProviderRow, _provider.where(_p.id == _provider_id), guard=access(providers, Role.viewer))
EDITABLE: Final = rows(ProviderRow, _provider.where(_p.id == _provider_id), guard=access(providers, Role.editor))

IN_USE: Final = rows(
    Revision,
    sa.select(_p.id, _p.revision).where(_p.enabled).order_by(_p.name_key),
    guard=access(providers, Role.viewer),
)
"""The enabled providers a principal may use, and which state of each is the present one."""

SLUGS: Final = rows(
    str,
    sa.select(_p.slug).where(_p.slug.startswith(sa.bindparam("start", type_=Text), autoescape=False)),
    unguarded="short names are unique on the server, so that model names are",
)

ADD: Final = change(sa.insert(providers))
CHANGE: Final = change(
    sa.update(providers).where(_p.id == _provider_id, _p.revision == sa.bindparam("seen", type_=Integer)),
    guard=access(providers, Role.editor),
)
"""Sets the columns that are given, if the provider is still as it was *seen*."""

TOUCH: Final = change(
    sa.update(providers)
    .where(_p.id == _provider_id)
    .values(revision=_p.revision + 1, updated_at=sa.bindparam("updated_at", type_=Time)),
    guard=access(providers, Role.editor),
)
"""A new revision, whatever the provider is like now: for changes that do not depend on what was seen."""

REMOVE: Final = change(sa.delete(providers).where(_p.id == _provider_id), guard=access(providers, Role.manager))

_searched: Final = sa.func.lower(_m.model_id + " " + _m.model_name + " " + sa.func.coalesce(_m.alias, ""))
MODELS_PAGE: Final = rows(
    ModelRow,
    _model.where(
        _m.provider_id == _provider_id,
        _m.model_id > sa.bindparam("after", type_=Text),
        *(_searched.like(sa.bindparam(f"word{index}", type_=Text), escape="\\") for index in range(4)),
        sa.or_(
            sa.and_(_m.enabled, sa.bindparam("on", type_=Boolean)),
            sa.and_(~_m.enabled, sa.bindparam("off", type_=Boolean)),
        ),
    )
    .order_by(_m.model_id)
    .limit(sa.bindparam("limit", type_=Integer)),
    guard=access(provider_models, Role.viewer),
)
MODELS: Final = rows(
    ModelRow,
    _model.where(_m.provider_id == _provider_id).order_by(_m.model_name, _m.model_id),
    guard=access(provider_models, Role.viewer),
)
MODEL: Final = rows(
    ModelRow,
    _model.where(_m.provider_id == _provider_id, _m.id == sa.bindparam("model", type_=Id)),
    guard=access(provider_models, Role.editor),
)
ADD_MODEL: Final = change(sa.insert(provider_models))
CHANGE_MODEL: Final = change(
    sa.update(provider_models).where(_m.id == sa.bindparam("model", type_=Id)),
    guard=access(provider_models, Role.editor),
)
REMOVE_MODEL: Final = change(
    sa.delete(provider_models).where(_m.id == sa.bindparam("model", type_=Id)),
    guard=access(provider_models, Role.editor),
)

_used: Final = insert(provider_usage).values(
    {column.name: sa.bindparam(column.name, type_=column.type) for column in provider_usage.c}
)
_SUMS: Final = ("requests_count", "tokens_used", "input_tokens", "output_tokens", "cached_tokens", "cost")
ADD_USAGE: Final = change(
    _used.on_conflict_do_update(
        index_elements=[provider_usage.c[name] for name in ("provider_id", "model_id", "date", "currency")],
        set_={name: provider_usage.c[name] + _used.excluded[name] for name in _SUMS},
    )
)
"""Adds to the day's row of a model in a currency, or begins it."""
