"""`Idempotency-Key`: a repeated request acts once and gets the first one's answer.

Within a process a repetition waits for the first one to finish. Across processes the unique row decides: a handler
that keeps its answer in the transaction of its change (`tx.answer`) acts once whatever happens; for others the
gateway keeps the answer right after.
"""

import asyncio
import hashlib
import re
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
import sqlalchemy as sa

from modulon.core.data.database import Engine, IdempotencyKey
from modulon.core.data.errors import AlreadyAnswered, IdempotencyMismatch
from modulon.core.data.tables import idempotency
from modulon.core.identity.keytext import KEY
from modulon.core.identity.links import TOKEN
from modulon.core.secrets.recovery import RECOVERY_KEY
from modulon.sdk.errors import Conflict, Invalid
from modulon.sdk.identity import Principal
from modulon.sdk.storage import Time, change, now

KEPT: Final = timedelta(hours=48)
WAIT: Final = 65.0
"""Seconds a repetition waits for the first request, which may take 60."""

_TIDY_EVERY: Final = 3600.0
_SHAPE: Final = re.compile(r"[\x21-\x7e]{1,200}")
_SHOWN_ONCE: Final = re.compile(f"{KEY.pattern}|{TOKEN.pattern}|{RECOVERY_KEY.pattern}".encode())

_DROP_OLD: Final = change(
    sa.delete(idempotency).where(idempotency.c.created_at < sa.bindparam("before", type_=Time)),
    unguarded="answers past their 48 hours, whoever they were for",
)


class KeyMalformed(Invalid):
    """The header's value is no usable key."""

    code = "idempotency.malformed"
    title = "Idempotency-Key is not usable"
    detail = "An Idempotency-Key has 1 to 200 visible ASCII characters. Nothing was changed; send another one."


class KeyReused(Conflict):
    """The key came with another request before."""

    code = "idempotency.reused"
    title = "Idempotency-Key used twice"
    detail = "This Idempotency-Key was used for a different request. Nothing was changed; use a new key."


class StillRunning(Conflict):
    """The first request with this key has not finished."""

    code = "idempotency.running"
    title = "Still working on it"
    detail = "The first request with this Idempotency-Key is still running. Ask again in a moment."


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The answer of the first request."""

    status: int
    body: bytes


@dataclass(slots=True)
class Once:
    """One request with a key: either there is an *answer* already, or it is this one's turn to act."""

    principal: Principal
    key: IdempotencyKey
    answer: StoredAnswer | None = None
    done: asyncio.Event = field(default_factory=asyncio.Event)


class Idempotency:
    """Answers kept over *engine*, and the requests under way in this process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._running: dict[tuple[UUID, str], Once] = {}
        self._tidied = time.monotonic()

    async def begin(self, principal: Principal, key: str, target: str, body: bytes) -> Once:
        """Take a request with *key* in hand; *target* is its method and path.

        Without an answer in the result the caller acts and must call `finish`, or `abandon` if it fails. Raises
        `KeyReused`, `StillRunning`, `KeyMalformed`.
        """
        if principal.user is None or not _SHAPE.fullmatch(key):
            raise KeyMalformed
        digest = hashlib.sha256(b"\n".join((target.encode(), str(principal.workspace).encode(), body))).digest()
        once = Once(principal, IdempotencyKey(principal.user, key, digest))
        slot = (principal.user, key)
        while (first := self._running.get(slot)) is not None:
            if first.key.digest != digest:
                raise KeyReused
            await _finished(first)
        self._running[slot] = once
        try:
            once.answer = await self._stored(once.key)
        except BaseException:
            self.abandon(once)
            raise
        if once.answer is not None:
            self.abandon(once)
        return once

    async def finish(self, once: Once, status: int, body: bytes) -> None:
        """Keep the answer of a success, unless the handler did. A failure changed nothing, so a repetition may try
        again. API keys, links and recovery keys are left out: they are shown once."""
        try:
            if status == AlreadyAnswered.status and AlreadyAnswered.code.encode() in body:
                # Another process was faster, and this one changed nothing: the answer is that one's.
                once.answer = await self._stored(once.key)
            elif 200 <= status < 300 and await self._stored(once.key) is None:
                await self._keep(once, status, _SHOWN_ONCE.sub(b"", body))
        finally:
            self.abandon(once)

    def abandon(self, once: Once) -> None:
        """Let those who wait go on."""
        slot = (once.key.user, once.key.key)
        if self._running.get(slot) is once:
            del self._running[slot]
        once.done.set()

    async def _keep(self, once: Once, status: int, body: bytes) -> None:
        try:
            content = msgspec.json.decode(body or b"{}", type=dict[str, Any])
        except msgspec.DecodeError:
            return  # no JSON object: nothing the table could hold
        try:
            async with self._engine.bind(once.principal, idempotency=once.key).write() as tx:
                tx.answer(status, content)
                if time.monotonic() - self._tidied > _TIDY_EVERY:
                    self._tidied = time.monotonic()
                    tx.run(_DROP_OLD, {"before": now() - KEPT})
        except AlreadyAnswered:
            return  # another process was faster; its answer is the one

    async def _stored(self, key: IdempotencyKey) -> StoredAnswer | None:
        try:
            found = await self._engine.answered(key)
        except IdempotencyMismatch as error:
            raise KeyReused from error
        if found is None:
            return None
        return StoredAnswer(found.status, b"" if found.status == 204 else msgspec.json.encode(found.body))


async def _finished(first: Once) -> None:
    try:
        async with asyncio.timeout(WAIT):
            await first.done.wait()
    except TimeoutError as error:
        raise StillRunning(headers={"Retry-After": "5"}) from error
