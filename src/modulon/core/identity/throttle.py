"""Slows down guessing of passwords, by who is guessed and by who guesses. In memory: each process counts for itself."""

import ipaddress
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from .errors import SignInPaused

TRIES: Final = 5
"""Wrong passwords for one account from one address before a pause."""

ACCOUNT_TRIES: Final = 100
"""Wrong passwords for one account from everywhere: high, so that nobody can lock out another one cheaply."""

ADDRESS_TRIES: Final = 50
"""Wrong passwords from one address for any accounts."""

PAUSE: Final = 900.0
LONGEST_PAUSE: Final = 4 * 3600.0
"""Seconds of the first pause; each further one is twice as long, up to the longest."""

_SIZE: Final = 50_000


@dataclass(slots=True)
class _Count:
    tries: int = 0
    pauses: int = 0
    last: float = 0.0


class Throttle:
    """Counts tries before their outcome is known, so that a thousand at once are not a thousand free ones."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts: dict[str, _Count] = {}

    def begin(self, account: str, address: str) -> int:
        """Count a try and return how many are left before a pause. Raises `SignInPaused`."""
        now = self._clock()
        counts = [(self._count(key, now), limit) for key, limit in _limits(account, address)]
        wait = max(_pause(count, limit, now) for count, limit in counts)
        if wait > 0:
            raise SignInPaused(params={"minutes": math.ceil(wait / 60)}, headers={"Retry-After": str(math.ceil(wait))})
        for count, limit in counts:
            if count.tries >= limit:
                count.tries = 0
                count.pauses += 1
            count.tries += 1
            count.last = now
        return TRIES - counts[0][0].tries

    def succeeded(self, account: str, address: str) -> None:
        """The password was right: the try does not count, nor do earlier ones of this account from this address."""
        (pair, _), *others = _limits(account, address)
        self._counts.pop(pair, None)
        for key, _limit in others:
            if (count := self._counts.get(key)) is not None:
                count.tries = max(count.tries - 1, 0)

    def _count(self, key: str, now: float) -> _Count:
        found = self._counts.pop(key, None)
        if found is None or now > found.last + 2 * LONGEST_PAUSE:
            found = _Count()
        elif found.pauses == 0 and now > found.last + PAUSE:
            found.tries = 0
        # Put in again, so that the oldest stand first and are dropped first.
        self._counts[key] = found
        if len(self._counts) > _SIZE:
            del self._counts[next(iter(self._counts))]
        return found


def _pause(count: _Count, limit: int, now: float) -> float:
    """Seconds for which *count* still has to pause."""
    if count.tries < limit:
        return 0.0
    return count.last + min(PAUSE * 2**count.pauses, LONGEST_PAUSE) - now


def _limits(account: str, address: str) -> tuple[tuple[str, int], ...]:
    network = _network(address)
    return (
        (f"pair {network} {account}", TRIES),
        (f"account {account}", ACCOUNT_TRIES),
        (f"address {network}", ADDRESS_TRIES),
    )


def _network(address: str) -> str:
    """The address, or for IPv6 its /64: one customer has 2^64 addresses."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.IPv6Network((int(parsed), 64), strict=False))
    return str(parsed)
