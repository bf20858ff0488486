"""Money: whole micro-units of a currency in storage, a decimal text and the currency in JSON, never a float."""

import re
from dataclasses import dataclass
from typing import Final

MICRO: Final = 1_000_000

AMOUNT: Final = r"^[0-9]{1,12}(\.[0-9]{1,6})?$"
"""What an amount of money looks like in JSON."""

CURRENCY: Final = r"^[A-Z]{3}$"
"""A currency: its code by ISO 4217."""

_AMOUNT: Final = re.compile(AMOUNT)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount that is not negative: *micros* millionths of *currency*."""

    micros: int
    currency: str

    @property
    def amount(self) -> str:
        """The decimal text, without needless zeros: `0.0004`."""
        return amount_of(self.micros)


def amount_of(micros: int) -> str:
    """The decimal text of so many millionths, without needless zeros: `0.0004` for 400."""
    whole, part = divmod(micros, MICRO)
    return f"{whole}.{part:06d}".rstrip("0").rstrip(".")


def micros_of(amount: str) -> int:
    """Millionths in a decimal text. Raises `ValueError` if it is none, or has more than six digits after its point."""
    if _AMOUNT.fullmatch(amount) is None:
        raise ValueError(f"not an amount of money: {amount!r}")
    whole, _, part = amount.partition(".")
    return int(whole) * MICRO + int(part.ljust(6, "0"))
