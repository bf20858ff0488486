"""Modules in memory: loaded on first use, each after all it requires, looked up by what they offer."""

import asyncio
import threading
from collections.abc import Callable, Mapping
from typing import Any

from modulon.sdk.context import Context
from modulon.sdk.filters import Filter
from modulon.sdk.module import HookName, Provision

from .discover import Discovered
from .index import Index, IndexedModule, protocol_name
from .load import Loaded, load


class Registry:
    """Loads modules lazily and finds services, implementations and filters by name.

    *start* runs a module's `on_start` hooks; it is awaited once, after the module's code is in memory and before
    anything of it is called.
    """

    def __init__(self, index: Index, discovered: Mapping[str, Discovered]) -> None:
        self.index = index
        self._discovered = discovered
        self._entries: dict[str, IndexedModule] = {entry.manifest["module"]["id"]: entry for entry in index.modules}
        self._loaded: dict[str, Loaded] = {}
        self._loading = threading.RLock()
        self._ready: dict[str, asyncio.Task[None]] = {}
        self.context: Callable[[str], Context] = _no_context

    @property
    def ids(self) -> list[str]:
        """Every module's id, in dependency order."""
        return list(self._entries)

    def entry(self, module_id: str) -> IndexedModule:
        """What the index says of a module."""
        return self._entries[module_id]

    def discovered(self, module_id: str) -> Discovered:
        """The module's folder and manifest."""
        return self._discovered[module_id]

    def requires(self, module_id: str) -> set[str]:
        """The ids a module's manifest requires."""
        return set(self._entries[module_id].manifest["requires"])

    async def ensure(self, module_id: str) -> Loaded:
        """The module, loaded and started."""
        loaded = self._loaded.get(module_id)
        task = self._ready.get(module_id)
        if loaded is not None and task is not None and task.done() and not task.cancelled():
            task.result()
            return loaded
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = self._ready[module_id] = asyncio.create_task(self._start(module_id))
        await asyncio.shield(task)
        return self._loaded[module_id]

    async def _start(self, module_id: str) -> None:
        for required in sorted(self.requires(module_id)):
            await self.ensure(required)
        # Importing can take a quarter of a second: not on the event loop.
        loaded = await asyncio.to_thread(self.load, module_id)
        for hook in loaded.module.hooks.get("on_start", ()):
            async with asyncio.timeout(30):
                await hook(self.context(module_id))

    async def drain(self) -> None:
        """Run `on_drain` of every started module, dependants first."""
        await self._end("on_drain")

    async def stop(self) -> None:
        """Run `on_stop` of every started module, dependants first."""
        await self._end("on_stop")

    async def _end(self, name: HookName) -> None:
        for module_id in reversed(self.ids):
            task = self._ready.get(module_id)
            if task is None or not task.done() or task.cancelled() or task.exception() is not None:
                continue
            for hook in self._loaded[module_id].module.hooks.get(name, ()):
                try:
                    async with asyncio.timeout(30):
                        await hook(self.context(module_id))
                except Exception:
                    self.context(module_id).log.exception("hook failed", hook=name)

    def load(self, module_id: str) -> Loaded:
        """Import the module's code if it is not in memory yet."""
        with self._loading:
            loaded = self._loaded.get(module_id)
            if loaded is None:
                loaded = self._loaded[module_id] = load(self._discovered[module_id])
            return loaded

    def service(self, protocol: type[Any], among: set[str]) -> tuple[str, Provision]:
        """The module in *among* that offers *protocol*, and how. Raises `LookupError`."""
        name = protocol_name(protocol)
        for module_id in among:
            if name in self._entries[module_id].services:
                for provision in self.load(module_id).module.services:
                    if protocol_name(provision.protocol) == name:
                        return module_id, provision
        raise LookupError(f"no required module offers {name}; is it in [requires]?")

    def implementations(self, point: type[Any]) -> list[tuple[str, Provision]]:
        """Every implementation of an extension point, in dependency order."""
        name = protocol_name(point)
        return [
            (module_id, provision)
            for module_id, entry in self._entries.items()
            if any(offered == name for offered, _ in entry.implementations)
            for provision in self.load(module_id).module.implementations
            if protocol_name(provision.protocol) == name
        ]

    def filters(self, point: str) -> list[tuple[str, Filter[Any]]]:
        """The links of a filter chain, in dependency order."""
        return [
            (module_id, link)
            for module_id, entry in self._entries.items()
            if point in entry.filters
            for link in self.load(module_id).module.filters
            if link.point.name == point
        ]


def _no_context(module_id: str) -> Context:
    raise RuntimeError(f"{module_id} was started before the core was wired")
