"""Identifiers: UUID version 7 (RFC 9562), ordered by creation within one process."""

import os
import threading
import time
from uuid import UUID

_DRAWN = 8
_BUFFERED = 512


class _Ids:
    """The state behind `new_id`: the last id and some random bytes in store."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0
        self.forget()

    def forget(self) -> None:
        """Draw new random bytes: a forked process must not make its parent's ids."""
        self._random = b""
        self._used = 0

    def make(self) -> UUID:
        milliseconds = time.time_ns() // 1_000_000
        with self._lock:
            random_bits = int.from_bytes(self._draw(), "big") >> 2
            upper, lower = random_bits >> 50, random_bits & (2**50 - 1)
            candidate = (milliseconds << 80) | (0x7 << 76) | (upper << 64) | (0b10 << 62) | (lower << 12)
            # A clock that stands still or steps back must not reorder: count on from the last one instead.
            self._last = candidate if candidate > self._last else _next(self._last)
            return UUID(int=self._last)

    def _draw(self) -> bytes:
        """Eight random bytes. Many are fetched at once: a system call for each id was a tenth of a message's cost."""
        if self._used >= len(self._random):
            self._random = os.urandom(_DRAWN * _BUFFERED)
            self._used = 0
        self._used += _DRAWN
        return self._random[self._used - _DRAWN : self._used]


def new_id() -> UUID:
    """Return a fresh UUIDv7.

    Ids made by one process are strictly increasing, also within a millisecond: the 74 bits after the
    clock start at random and count up. Ids identify; they never authorise.
    """
    return _ids.make()


def _next(value: int) -> int:
    """The next id after *value*, carrying over the fixed variant and version bits."""
    low = (value & (2**62 - 1)) + 1
    if low < 2**62:
        return (value >> 62 << 62) | low
    high = (value >> 64 & 0xFFF) + 1
    if high <= 0xFFF:
        return (value >> 76 << 76) | (high << 64) | (0b10 << 62)
    return ((value >> 80) + 1 << 80) | (0x7 << 76) | (0b10 << 62)


_ids = _Ids()
os.register_at_fork(after_in_child=_ids.forget)
