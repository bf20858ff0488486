"""HTTP: providers for administrators, models for everybody."""

import base64
import binascii
import math
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Header, Query, Response

from modulon.sdk import Context, Invalid, Module
from modulon.sdk.inference import ModelPrice
from modulon.sdk.money import amount_of

from .contract import OfferedModel
from .schemas import (
    Breaker,
    Consequences,
    Health,
    HealthError,
    ModelChange,
    ModelCount,
    ModelPage,
    ModelProviderRead,
    ModelRead,
    ModelSwitch,
    ModelToggle,
    PriceRead,
    ProviderChange,
    ProviderCreate,
    ProviderModelPage,
    ProviderModelRead,
    ProviderPage,
    ProviderRead,
    ProviderReplace,
    Refreshed,
    Switched,
    TestResult,
)
from .service.offering import ProviderModels
from .service.providers import Providers, etag
from .serving.models import Models
from .serving.runtime import runtime
from .serving.snapshot import price_of
from .store import FIRST_ID, ModelRow, ProviderRow

Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str, Query(max_length=1000)]
Search = Annotated[str, Query(max_length=200)]
IfMatch = Annotated[str, Header(alias="If-Match", max_length=100)]


def register(module: Module) -> None:
    """Add the routes."""
    module.get("/providers", policy="signed-in")(list_providers)
    module.post("/providers", policy="admin", status_code=201)(create_provider)
    module.get("/providers/{provider_id}", policy="resource.view")(read_provider)
    module.put("/providers/{provider_id}", policy="admin")(replace_provider)
    module.patch("/providers/{provider_id}", policy="admin")(change_provider)
    module.delete("/providers/{provider_id}", policy="admin")(delete_provider)
    module.post("/providers/{provider_id}/test", policy="admin")(test_provider)
    module.get("/providers/{provider_id}/models", policy="resource.view")(list_provider_models)
    module.post("/providers/{provider_id}/models/refresh", policy="admin")(refresh_provider_models)
    module.post("/providers/{provider_id}/models/switch", policy="admin")(switch_provider_models)
    module.patch("/providers/{provider_id}/models/{model_id}", policy="admin")(change_provider_model)
    module.get("/providers/{provider_id}/consequences", policy="admin")(read_consequences)
    module.put("/providers/{provider_id}/models/{model_id}/toggle", policy="admin")(toggle_provider_model)
    module.get("/models", policy="signed-in")(list_models)


async def list_providers(ctx: Context, cursor: Cursor = "", limit: Limit = 50) -> ProviderPage:
    """List providers."""
    after = _position(cursor)
    try:
        first = UUID(after) if after else FIRST_ID
    except ValueError as error:
        raise Invalid(at="/cursor") from error
    found = await Providers(ctx).page(first, limit + 1)
    items = [_provider(ctx, row) for row in found[:limit]]
    return ProviderPage(items=items, next=_cursor(str(items[-1].id)) if len(found) > limit else None)


async def create_provider(ctx: Context, body: ProviderCreate, response: Response) -> ProviderRead:
    """Add a provider for everybody; its models are asked for at once."""
    row = await Providers(ctx).create(body)
    response.headers["etag"] = etag(row)
    return _provider(ctx, row)


async def read_provider(ctx: Context, provider_id: UUID, response: Response) -> ProviderRead:
    """Read a provider."""
    row = await Providers(ctx).get(provider_id)
    response.headers["etag"] = etag(row)
    return _provider(ctx, row)


async def replace_provider(
    ctx: Context, provider_id: UUID, body: ProviderReplace, response: Response, if_match: IfMatch = ""
) -> ProviderRead:
    """Set all of a provider."""
    row = await Providers(ctx).change(provider_id, body, if_match)
    response.headers["etag"] = etag(row)
    return _provider(ctx, row)


async def change_provider(
    ctx: Context, provider_id: UUID, body: ProviderChange, response: Response, if_match: IfMatch = ""
) -> ProviderRead:
    """Change some of a provider."""
    row = await Providers(ctx).change(provider_id, body, if_match)
    response.headers["etag"] = etag(row)
    return _provider(ctx, row)


async def delete_provider(ctx: Context, provider_id: UUID) -> None:
    """Remove a provider, its models and its figures."""
    await Providers(ctx).remove(provider_id)


async def test_provider(ctx: Context, provider_id: UUID) -> TestResult:
    """Try a provider out."""
    return TestResult(health=_health(ctx, await Providers(ctx).test(provider_id)))


async def list_provider_models(
    ctx: Context,
    provider_id: UUID,
    q: Search = "",
    state: Literal["all", "on", "off"] = "all",
    cursor: Cursor = "",
    limit: Limit = 200,
) -> ProviderModelPage:
    """List a provider's models; `q` searches their names, `state` leaves out those that are off or on."""
    found = await ProviderModels(ctx, provider_id).page(q, state, _position(cursor), limit + 1)
    items = [_provider_model(row) for row in found[:limit]]
    return ProviderModelPage(items=items, next=_cursor(items[-1].model_id) if len(found) > limit else None)


async def switch_provider_models(ctx: Context, provider_id: UUID, body: ModelSwitch) -> Switched:
    """Enable or disable many models at once."""
    return Switched(changed=await ProviderModels(ctx, provider_id).switch(body))


async def change_provider_model(
    ctx: Context, provider_id: UUID, model_id: UUID, body: ModelChange
) -> ProviderModelRead:
    """Give a model a name of its own or a price, pin it, enable or disable it."""
    return _provider_model(await ProviderModels(ctx, provider_id).change(model_id, body))


async def read_consequences(ctx: Context, provider_id: UUID) -> Consequences:
    """Tell what stops working when the provider is deleted."""
    return await ProviderModels(ctx, provider_id).consequences()


async def refresh_provider_models(ctx: Context, provider_id: UUID) -> Refreshed:
    """Ask a provider for its models again."""
    return await Providers(ctx).refresh(provider_id)


async def toggle_provider_model(
    ctx: Context, provider_id: UUID, model_id: UUID, body: ModelToggle
) -> ProviderModelRead:
    """Enable or disable a model."""
    return _provider_model(await Providers(ctx).toggle(provider_id, model_id, enabled=body.enabled))


async def list_models(ctx: Context, q: Search = "", cursor: Cursor = "", limit: Limit = 200) -> ModelPage:
    """List the models you may use; `q` searches their names."""
    offers = await Models(ctx).list(q)
    position = _position(cursor)
    start = next((index for index, offer in enumerate(offers, 1) if offer.model.id == position), 0)
    items = [_model(offer) for offer in offers[start : start + limit]]
    return ModelPage(items=items, next=_cursor(items[-1].id) if start + limit < len(offers) else None)


def _provider(ctx: Context, row: ProviderRow) -> ProviderRead:
    admin = ctx.principal.admin
    return ProviderRead(
        id=row.id,
        name=row.name,
        slug=row.slug,
        type=row.type,
        endpoint=row.endpoint if admin else None,
        enabled=row.enabled,
        key_hint=row.key_hint if admin else None,
        health=_health(ctx, row),
        breaker=_breaker(row),
        models=ModelCount(total=row.models_total, enabled=row.models_enabled),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _breaker(row: ProviderRow) -> Breaker:
    found = runtime.breakers.of(row.id)
    return Breaker(state=found.state, failures=found.failures, wait=math.ceil(found.wait))


def _health(ctx: Context, row: ProviderRow) -> Health:
    error = row.health_error if ctx.principal.admin else None
    return Health.model_validate(
        {
            "state": row.health_state,
            "checked_at": row.health_checked_at,
            "latency_ms": row.health_latency_ms,
            "error": HealthError(**error) if error else None,
        }
    )


def _provider_model(row: ModelRow) -> ProviderModelRead:
    return ProviderModelRead(
        id=row.id,
        model_id=row.model_id,
        model_name=row.model_name,
        enabled=row.enabled,
        context_window=row.context_window,
        capabilities=row.capabilities,
        parameters=row.parameters,
        alias=row.alias,
        pinned=row.pinned,
        price=_price(price_of(row)),
        price_by=row.price_by,
    )


def _price(price: ModelPrice | None) -> PriceRead | None:
    if price is None:
        return None
    return PriceRead(
        input=amount_of(price.input),
        output=amount_of(price.output),
        cached=None if price.cached is None else amount_of(price.cached),
        currency=price.currency,
    )


def _model(offer: OfferedModel) -> ModelRead:
    model = offer.model
    return ModelRead(
        id=model.id,
        name=model.name,
        provider=ModelProviderRead(id=model.provider_id, name=model.provider_name),
        local=model.local,
        context_window=model.context_window,
        capabilities=list(model.capabilities),
        alias=model.alias,
        pinned=model.pinned,
        price=_price(model.price),
        available=offer.available,
        reason=offer.reason,
    )


def _cursor(position: str) -> str:
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


def _position(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise Invalid(at="/cursor") from error
