"""Prices in a list of models, where a vendor writes them there: OpenRouter's form."""

import re
from decimal import Decimal
from typing import Any, Final, cast

from modulon.modules.providers.backend.contract import MOST_PRICE
from modulon.sdk.inference import ModelPrice
from modulon.sdk.money import MICRO

# Dollars for one token, as text. Others write numbers, which may be for a token or a million: those are not guessed at.
_AMOUNT: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,20})?(e-[0-9]{1,2})?", re.ASCII)


def listed_price(told: Any) -> ModelPrice | None:
    """The price that *told* (the field `pricing`) tells of; `None` if it is not known, depends on something else, or
    has a part that is not for tokens."""
    if not isinstance(told, dict):
        return None
    pricing = cast("dict[str, Any]", told)
    read, written = _micros(pricing.get("prompt")), _micros(pricing.get("completion"))
    if read is None or written is None or _micros(pricing.get("request") or "0") != 0:
        return None
    return ModelPrice(read, written, _micros(pricing.get("input_cache_read")), "USD")


def _micros(amount: Any) -> int | None:
    """Micro-units for a million tokens."""
    if not isinstance(amount, str) or _AMOUNT.fullmatch(amount) is None:
        return None
    micros = round(Decimal(amount) * MICRO * MICRO)
    return micros if micros <= MOST_PRICE * MICRO else None
