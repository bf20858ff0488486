"""Providers and models in memory, for each principal what it may use.

A snapshot is kept by provider and revision, so it is never stale. What can be stale, for a second at most, is *which*
revisions a principal may use; one guarded query a second and principal tells, in every process.
"""

import asyncio
import time
from collections import OrderedDict
from typing import Final
from uuid import UUID

from modulon.modules.providers.backend.settings import Settings
from modulon.modules.providers.backend.store import IN_USE, MODELS, VISIBLE, Revision
from modulon.sdk import Context, Principal

from .built_in import built_in
from .snapshot import Snapshot, snapshot_of
from .view import View

FRESH: Final = 1.0
"""Seconds for which what a principal may use is not asked again."""

_MOST_PRINCIPALS: Final = 10_000

_Who = tuple[str, UUID | None, UUID | None]
_State = frozenset[Revision]


class Catalog:
    """One process's memory of providers."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._snapshots: dict[UUID, Snapshot] = {}
        self._views: dict[_State, View] = {}
        self._seen: OrderedDict[_Who, tuple[float, View]] = OrderedDict()
        self._asking: dict[_Who, asyncio.Task[View]] = {}

    def fresh(self, principal: Principal) -> View | None:
        """What *principal* may use, if that was asked within the last second."""
        seen = self._seen.get((principal.kind, principal.user, principal.workspace))
        return seen[1] if seen is not None and seen[0] > time.monotonic() else None

    async def view(self, ctx: Context) -> View:
        """What the context's principal may use. Parallel calls share one query."""
        found = self.fresh(ctx.principal)
        if found is not None:
            return found
        who = (ctx.principal.kind, ctx.principal.user, ctx.principal.workspace)
        task = self._asking.get(who)
        if task is None:
            task = self._asking[who] = asyncio.create_task(self._ask(ctx, who))
            task.add_done_callback(lambda done: self._asked(who, done))
        return await asyncio.shield(task)

    def snapshot(self, provider_id: UUID) -> Snapshot | None:
        """The latest known state of a provider, for figures about it."""
        return self._snapshots.get(provider_id)

    def forget(self) -> None:
        """Ask again: something was changed in this process."""
        self._seen.clear()
        self._asking.clear()

    def _asked(self, who: _Who, task: asyncio.Task[View]) -> None:
        if self._asking.get(who) is task:
            del self._asking[who]

    async def _ask(self, ctx: Context, who: _Who) -> View:
        until = time.monotonic() + FRESH
        async with ctx.db.read() as db:
            revisions = await db.all(IN_USE)
            state = frozenset(revisions)
            view = self._views.get(state)
            if view is None:
                snapshots: list[Snapshot] = []
                for one in revisions:
                    known = self._snapshots.get(one.id)
                    if known is None or known.revision != one.revision:
                        row = await db.one(VISIBLE, {"provider_id": one.id})
                        models = await db.all(MODELS, {"provider_id": one.id})
                        known = self._snapshots[one.id] = snapshot_of(ctx, row, models, self._settings)
                    snapshots.append(known)
                view = self._keep(state, View([*snapshots, *await built_in(ctx)]))
        if self._asking.get(who) is asyncio.current_task():
            self._seen[who] = (until, view)
            if len(self._seen) > _MOST_PRINCIPALS:
                self._seen.popitem(last=False)
        return view

    def _keep(self, state: _State, view: View) -> View:
        # Sets of providers differ between principals, not much and not often; what no one sees any more goes.
        if len(self._views) >= 64:
            self._views.clear()
        self._views[state] = view
        return view
