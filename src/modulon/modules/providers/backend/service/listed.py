"""Models as a provider lists them, made rows."""

from typing import Any
from uuid import UUID

from modulon.modules.providers.backend.store import ModelRow
from modulon.sdk import new_id
from modulon.sdk.inference import DiscoveredModel

from .prices import price_listed


def told(model: DiscoveredModel, known: ModelRow | None) -> dict[str, Any]:
    """The columns that a provider's list decides."""
    return {
        "model_name": model.name,
        "context_window": model.context_window,
        "capabilities": list(model.capabilities),
        **price_listed(model.price, known),
    }


def new_model(provider_id: UUID, model: DiscoveredModel, *, enabled: bool) -> dict[str, Any]:
    """A row for a model that was not there."""
    fixed: dict[str, Any] = {
        "id": new_id(),
        "provider_id": provider_id,
        "model_id": model.id,
        "enabled": enabled,
        "parameters": {},
    }
    return {**fixed, **told(model, None)}


def differs(known: ModelRow, model: DiscoveredModel) -> bool:
    """Whether the list tells something else than is stored."""
    return any(getattr(known, name) != value for name, value in told(model, known).items())
