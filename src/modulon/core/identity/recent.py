"""Values that may be a second old: with them, checking a credential on each request costs a dictionary look-up."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final, Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

FRESH_SECONDS: Final = 1.0
"""How late a suspension, a sign-out or a revoked key may act in another process; in this one they act at once."""

SIZE: Final = 10_000


class Recent(Generic[K, V]):
    """Values by key, loaded at most once a second each; callers that ask at the same time share one load."""

    def __init__(self, load: Callable[[K], Awaitable[V]], *, seconds: float = FRESH_SECONDS, size: int = SIZE) -> None:
        self._load = load
        self._seconds = seconds
        self._size = size
        self._values: dict[K, tuple[float, V]] = {}
        self._loading: dict[K, asyncio.Task[V]] = {}

    async def get(self, key: K) -> V:
        """The value of *key*, at most a second old."""
        found = self._values.get(key)
        if found is not None and found[0] > time.monotonic():
            return found[1]
        task = self._loading.get(key)
        if task is None:
            task = self._loading[key] = asyncio.create_task(self._fetch(key))
        return await asyncio.shield(task)

    def forget(self, key: K) -> None:
        """Load *key* anew when it is asked for next; a load under way is not joined any more."""
        self._values.pop(key, None)
        self._loading.pop(key, None)

    def clear(self) -> None:
        """Forget everything."""
        self._values.clear()
        self._loading.clear()

    async def _fetch(self, key: K) -> V:
        # Its age counts from before the load: what was read may be that old.
        until = time.monotonic() + self._seconds
        task = asyncio.current_task()
        try:
            value = await self._load(key)
            if self._loading.get(key) is task:
                self._values.pop(key, None)
                self._values[key] = (until, value)
                while len(self._values) > self._size:
                    del self._values[next(iter(self._values))]
            return value
        finally:
            if self._loading.get(key) is task:
                del self._loading[key]
