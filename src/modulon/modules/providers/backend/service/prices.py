"""Prices as columns: an admin's, and those that a provider lists, which never take the place of an admin's."""

from typing import Any

from modulon.modules.providers.backend.schemas import PriceSet
from modulon.modules.providers.backend.store import ModelRow
from modulon.sdk.inference import ModelPrice
from modulon.sdk.money import micros_of


def price_set(price: PriceSet | None) -> dict[str, Any]:
    """What an admin says; `None` forgets what is known."""
    if price is None:
        return _columns(None, None)
    cached = None if price.cached is None else micros_of(price.cached)
    return _columns(ModelPrice(micros_of(price.input), micros_of(price.output), cached, price.currency), "admin")


def price_listed(price: ModelPrice | None, known: ModelRow | None) -> dict[str, Any]:
    """What the provider's list says, for a model that is *known* already or new."""
    if known is not None and known.price_by == "admin":
        return {name: getattr(known, name) for name in _columns(None, None)}
    return _columns(price, None if price is None else "provider")


def _columns(price: ModelPrice | None, by: str | None) -> dict[str, Any]:
    return {
        "input_price": price and price.input,
        "output_price": price and price.output,
        "cached_price": price and price.cached,
        "currency": price and price.currency,
        "price_by": by,
    }
