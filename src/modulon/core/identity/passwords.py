"""Passwords: Argon2id (RFC 9106) with OWASP's parameters, off the event loop, a few at a time."""

import asyncio
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING, Final

from .errors import SignInBusy

if TYPE_CHECKING:
    from argon2 import PasswordHasher

TIME_COST: Final = 2
MEMORY_KIB: Final = 19_456
PARALLEL: Final = 2
"""Passwords worked on at once: each takes `MEMORY_KIB` and a core for about 20 ms."""

MAX_WAITING: Final = 256
"""Beyond this many waiting ones, callers are told to come back: the queue would be seconds long."""


class Passwords:
    """Hashes and checks passwords. *work* counts Argon2 computations, which the tests compare."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(PARALLEL, thread_name_prefix="modulon-passwords")
        self._waiting = 0
        self.work = 0

    async def hash(self, password: str) -> str:
        """The text to store for *password*, with a salt and the parameters in it."""
        return await self._run(password, None) or ""

    async def matches(self, stored: str | None, password: str) -> bool:
        """Whether *password* is the stored one. Without a stored one the work is the same, the answer no."""
        return await self._run(password, stored) is not None and stored is not None

    def outdated(self, stored: str) -> bool:
        """Whether *stored* was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(stored)

    def close(self) -> None:
        """End the threads, after what they are working on."""
        self._threads.shutdown(cancel_futures=True)

    async def _run(self, password: str, stored: str | None) -> str | None:
        if self._waiting >= MAX_WAITING:
            raise SignInBusy(headers={"Retry-After": "5"})
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._compute, _normal(password), stored)
        finally:
            self._waiting -= 1

    def _compute(self, password: str, stored: str | None) -> str | None:
        """A new hash without *stored*; else *stored* if it fits. One Argon2 computation either way."""
        from argon2.exceptions import VerificationError

        self.work += 1
        if stored is None:
            return self._hasher.hash(password)
        try:
            self._hasher.verify(stored, password)
        except VerificationError:
            return None
        return stored

    @cached_property
    def _hasher(self) -> "PasswordHasher":
        from argon2 import PasswordHasher

        return PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=1)


def _normal(password: str) -> str:
    """NFKC, as NIST SP 800-63B asks: the same keys give the same password on every keyboard and system."""
    return unicodedata.normalize("NFKC", password)
