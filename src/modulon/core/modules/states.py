"""What this process has of each module, written down beside its incarnation."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import structlog

from modulon.core.data.engine import Engine
from modulon.core.telemetry.metrics import Figures
from modulon.sdk.errors import Problem
from modulon.sdk.modules import ModuleStateName
from modulon.sdk.storage import now

from .handle import Handle
from .registry import Registry
from .store import HOST, REPORT

_log = structlog.get_logger(module="core.modules")


class States:
    """Writes the states of modules for one process, known by its *incarnation*. *figures* tells what was seen of a
    module."""

    def __init__(
        self, engine: Engine, registry: Registry, incarnation: UUID, figures: Callable[[str], Figures]
    ) -> None:
        self._db = engine.bind(HOST)
        self._registry = registry
        self._incarnation = incarnation
        self._figures = figures
        self._told: dict[str, int] = {}
        self._untold: dict[str, Handle] = {}

    async def tell(self) -> None:
        """Write what was seen since the last time, and what could not be written then."""
        untold, self._untold = self._untold, {}
        seen = [one for one in self._registry.handles if self._figures(one.id).requests != self._told.get(one.id)]
        names = {one.id for one in seen}
        await self.write(*seen, *(handle for name, handle in untold.items() if name not in names))

    async def write(self, *handles: Handle, state: ModuleStateName | None = None) -> None:
        """Write what this process has of these. If the database is away, `tell` does later."""
        if not handles:
            return
        try:
            async with self._db.write() as tx:
                for handle in handles:
                    figures = self._figures(handle.id)
                    self._told[handle.id] = figures.requests
                    tx.run(REPORT, self._row(handle, state or handle.state, figures))
        except Problem:
            _log.warning("the state of modules could not be written", exc_info=True)
            self._untold |= {handle.id: handle for handle in handles}

    def _row(self, handle: Handle, state: ModuleStateName, figures: Figures) -> dict[str, Any]:
        return {
            "incarnation": self._incarnation,
            "module": handle.id,
            "state": state,
            "generation": handle.generation,
            "version": handle.discovered.manifest.module.version,
            "load_us": round(handle.load_seconds * 1_000_000),
            "requests": figures.requests,
            "errors": figures.errors,
            "p95_us": round(figures.p95 * 1_000_000),
            "error": handle.error or handle.update_error,
            "updated_at": now(),
        }
