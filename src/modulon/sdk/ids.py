"""Identifiers: UUID version 7 (RFC 9562), ordered by creation within one process."""

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = [0]


def new_id() -> UUID:
    """Return a fresh UUIDv7.

    Ids made by one process are strictly increasing, also within a millisecond: the 74 bits after the
    clock start at random and count up. Ids identify; they never authorise.
    """
    milliseconds = time.time_ns() // 1_000_000
    random_bits = int.from_bytes(os.urandom(8), "big") >> 2
    candidate = (
        (milliseconds << 80)
        | (0x7 << 76)
        | (random_bits >> 50 << 64)
        | (0b10 << 62)
        | (random_bits & (2**50 - 1)) << 12
    )
    with _lock:
        # A clock that stands still or steps back must not reorder: count on from the last one instead.
        _last[0] = candidate if candidate > _last[0] else _next(_last[0])
        return UUID(int=_last[0])


def _next(value: int) -> int:
    """The next id after *value*, carrying over the fixed variant and version bits."""
    low = (value & (2**62 - 1)) + 1
    if low < 2**62:
        return (value >> 62 << 62) | low
    high = (value >> 64 & 0xFFF) + 1
    if high <= 0xFFF:
        return (value >> 76 << 76) | (high << 64) | (0b10 << 62)
    return ((value >> 80) + 1 << 80) | (0x7 << 76) | (0b10 << 62)
