"""What was used, gathered in memory and written in group commits: after a crash at most 250 ms of it are missing."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from modulon.modules.providers.backend.store import ADD_USAGE
from modulon.sdk import Conflict, Context, Money, Problem, new_id
from modulon.sdk.inference import ModelPrice, Usage
from modulon.sdk.storage import now

DELAY: Final = 0.2
"""Seconds between the first unwritten request and its commit."""

_Day = tuple[UUID, str, str, str]
"""Provider, model, date and currency; no currency if the price is not known."""


@dataclass(slots=True)
class _Sum:
    """Figures of one model, day and currency, not yet written."""

    requests: int = 0
    read: int = 0
    written: int = 0
    cached: int = 0
    cost: int = 0

    def add(self, other: "_Sum") -> None:
        self.requests += other.requests
        self.read += other.read
        self.written += other.written
        self.cached += other.cached
        self.cost += other.cost


class UsageLog:
    """Adds up usage and writes it as the module itself."""

    def __init__(self) -> None:
        self._sums: dict[_Day, _Sum] = {}
        self._ctx: Context | None = None
        self._flushing: asyncio.Task[None] | None = None

    def start(self, ctx: Context) -> None:
        """Write as *ctx* from now on."""
        self._ctx = ctx
        self._sums = {}
        self._flushing = None

    async def stop(self) -> None:
        """Write what is left."""
        if self._flushing is not None:
            self._flushing.cancel()
            await asyncio.gather(self._flushing, return_exceptions=True)
        await self._write()
        self._ctx = None

    def add(self, provider_id: UUID, model_id: str, usage: Usage, price: ModelPrice | None) -> None:
        """Count one request."""
        if self._ctx is None:
            return  # a command's process answers no requests
        read, written, cached = usage.input_tokens, usage.output_tokens, usage.cached_tokens
        cost = price.cost(usage) if price else Money(0, "")
        day = (provider_id, model_id, now().date().isoformat(), cost.currency)
        self._sums.setdefault(day, _Sum()).add(_Sum(1, read, written, cached, cost.micros))
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())

    async def _flush(self) -> None:
        while self._sums:
            await asyncio.sleep(DELAY)
            await self._write()

    async def _write(self) -> None:
        sums, self._sums = self._sums, {}
        by_provider: dict[UUID, list[dict[str, Any]]] = {}
        for day, found in sums.items():
            by_provider.setdefault(day[0], []).append(_row(day, found))
        for provider_id, rows in by_provider.items():
            try:
                await self._write_rows(rows)
            except Conflict:
                pass  # the provider was removed meanwhile, and its figures with it
            except Problem:
                assert self._ctx is not None  # noqa: S101 - else there were no rows
                self._ctx.log.warning("usage could not be written yet", provider=str(provider_id), exc_info=True)
                for day in (day for day in sums if day[0] == provider_id):
                    self._sums.setdefault(day, _Sum()).add(sums[day])

    async def _write_rows(self, rows: list[dict[str, Any]]) -> None:
        assert self._ctx is not None  # noqa: S101 - add() checks
        async with self._ctx.db.write() as tx:
            tx.run(ADD_USAGE, rows)


def _row(day: _Day, found: _Sum) -> dict[str, Any]:
    provider_id, model_id, date, currency = day
    return {
        "id": new_id(),
        "provider_id": provider_id,
        "model_id": model_id,
        "date": date,
        "requests_count": found.requests,
        "tokens_used": found.read + found.written,
        "input_tokens": found.read,
        "output_tokens": found.written,
        "cached_tokens": found.cached,
        "cost": found.cost,
        "currency": currency,
    }
