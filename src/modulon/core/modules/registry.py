"""The modules that serve in this process, looked up by what they offer; and those that were found but do not."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog

from modulon.core.events.service import Listening
from modulon.sdk.context import Context
from modulon.sdk.filters import Filter
from modulon.sdk.module import Provision
from modulon.sdk.modules import Obstacle

from .discover import Discovered
from .handle import Handle
from .index import Index, IndexedModule, protocol_name
from .load import Loaded
from .resolve import resolve_each

_log = structlog.get_logger(module="core.modules")


class Registry:
    """Finds services, implementations and filters by name among the modules that serve. They are loaded on first use.

    Every module that was found stands in `known`, in dependency order; why one can never serve, in `obstacles`. What
    serves is changed by `put` and `remove`, each in one step: whoever looks sees the modules before or after it.
    """

    def __init__(
        self, index: Index, known: Sequence[Discovered], obstacles: Mapping[str, Obstacle] | None = None
    ) -> None:
        self.known = {module.manifest.id: module for module in known}
        self.obstacles = dict(obstacles or {})
        self.entries: dict[str, IndexedModule] = {entry.manifest["module"]["id"]: entry for entry in index.modules}
        self.context: Callable[[str], Context] = _no_context
        self._serving: dict[str, Handle] = {}
        self._beside: dict[str, Handle] = {}
        self._changed: list[Callable[[], None]] = []

    @property
    def ids(self) -> list[str]:
        """The ids of the modules that serve, in dependency order."""
        return list(self._serving)

    @property
    def able(self) -> set[str]:
        """The ids of the modules that could serve."""
        return self.entries.keys() - self.obstacles.keys()

    @property
    def handles(self) -> list[Handle]:
        """What serves, in dependency order."""
        return list(self._serving.values())

    def consumers(self) -> dict[str, Listening]:
        """Every consumer of the event log, also of modules that do not serve now."""
        found: dict[str, Listening] = {}
        for module_id, entry in self.entries.items():
            for name, kind in entry.listeners:
                types = found[name].types if name in found else ()
                found[name] = Listening(module_id, (*types, kind), self.serves(module_id))
        return found

    def on_change(self, changed: Callable[[], None]) -> None:
        """Call *changed* now and whenever other modules serve."""
        self._changed.append(changed)
        changed()

    def make(self, module_id: str, generation: int = 0) -> Handle:
        """A new handle of the module as it was found."""
        return self.handle_of(self.known[module_id], self.entries[module_id], generation)

    def handle_of(
        self, discovered: Discovered, entry: IndexedModule, generation: int, loaded: Loaded | None = None
    ) -> Handle:
        """A new handle, which nobody finds yet."""
        name = discovered.manifest.id

        async def ready() -> None:
            for required in sorted(self.requires(name)):
                await self.ensure(required)

        handle = Handle(discovered, entry, generation, ready=ready, context=lambda: self.context(name), loaded=loaded)
        self._beside[name] = handle
        return handle

    def put(self, *handles: Handle) -> None:
        """From now on these serve, in the place of others of the same modules."""
        for handle in handles:
            self._beside.pop(handle.id, None)
            old = self._serving.get(handle.id)
            if old is not None:
                self._beside[handle.id] = old
            if handle.discovered is not self.known[handle.id]:
                self.learn(handle)
        serving = self._serving | {handle.id: handle for handle in handles}
        self._serving = {name: serving[name] for name in self.known if name in serving}
        self._tell()

    def learn(self, handle: Handle) -> None:
        """The module's manifest is another one: look anew who can run, and in which order."""
        known = self.known | {handle.id: handle.discovered}
        found = resolve_each(list(known.values()), self.hindered(but=handle.id))
        order = [module.manifest.id for module in found.order]
        self.known = {name: known[name] for name in [*order, *(name for name in known if name not in order)]}
        self.entries[handle.id] = handle.entry
        self.obstacles = dict(found.obstacles)

    def hinder(self, module_id: str, obstacle: Obstacle) -> None:
        """The module cannot run, and so cannot those that require it."""
        self.obstacles = dict(
            resolve_each(list(self.known.values()), {**self.hindered(), module_id: obstacle}).obstacles
        )

    def hindered(self, *, but: str = "") -> dict[str, Obstacle]:
        """What is in the way of modules by themselves, not by their manifests: their code cannot be loaded, say."""
        codes = ("manifest", "duplicate", "import", "safe")
        return {name: each for name, each in self.obstacles.items() if each.code in codes and name != but}

    def remove(self, module_id: str) -> Handle:
        """From now on the module does not serve. Its handle is still to be closed, then `forget`."""
        handle = self._beside[module_id] = self._serving.pop(module_id)
        self._tell()
        return handle

    def forget(self, handle: Handle) -> None:
        """The handle is closed: its code acts no more."""
        if self._beside.get(handle.id) is handle:
            del self._beside[handle.id]

    def handle(self, module_id: str) -> Handle:
        """The handle that serves. Raises `KeyError`."""
        return self._serving[module_id]

    def find(self, module_id: str) -> Handle | None:
        """The handle that serves, if there is one."""
        return self._serving.get(module_id)

    def serves(self, module_id: str) -> bool:
        """Whether the module serves."""
        return module_id in self._serving

    def requires(self, module_id: str) -> set[str]:
        """The ids of what a module's manifest requires, and of what it can use and serves."""
        manifest = self.known[module_id].manifest
        return {*manifest.requires, *(name for name in manifest.optional if name in self._serving)}

    def required_by(self, module_id: str) -> list[str]:
        """The ids of the modules whose manifests require this one."""
        return [name for name, module in self.known.items() if module_id in module.manifest.requires]

    async def ensure(self, module_id: str) -> Loaded:
        """The module, loaded and started. Raises `ModuleFailed`."""
        return await self._serving[module_id].ensure()

    async def drain(self) -> None:
        """Run `on_drain` of every started module, dependants first."""
        for handle in reversed(self.handles):
            await handle.drain()

    async def stop(self) -> None:
        """Run `on_stop` of every started module, dependants first."""
        for handle in reversed(self.handles):
            await handle.stop()

    def load(self, module_id: str) -> Loaded:
        """The module's code, imported now if need be; that of one that is just coming or leaving, too."""
        return (self._serving.get(module_id) or self._beside[module_id]).take()

    def service(self, protocol: type[Any], among: set[str]) -> tuple[str, Provision]:
        """The module in *among* that offers *protocol*, and how. Raises `LookupError`."""
        name = protocol_name(protocol)
        for module_id in among:
            if name in self.entries[module_id].services:
                for provision in self.load(module_id).module.services:
                    if protocol_name(provision.protocol) == name:
                        return module_id, provision
        raise LookupError(f"no required module offers {name}; is it in [requires]?")

    def implementations(self, point: type[Any]) -> list[tuple[str, Provision]]:
        """Every implementation of an extension point, in dependency order."""
        name = protocol_name(point)
        return [
            (handle.id, provision)
            for handle in self.handles
            if any(offered == name for offered, _ in handle.entry.implementations)
            for provision in handle.take().module.implementations
            if protocol_name(provision.protocol) == name
        ]

    def filters(self, point: str) -> list[tuple[str, Filter[Any]]]:
        """The links of a filter chain, in dependency order."""
        return [
            (handle.id, link)
            for handle in self.handles
            if point in handle.entry.filters
            for link in handle.take().module.filters
            if link.point.name == point
        ]

    def _tell(self) -> None:
        for changed in self._changed:
            try:
                changed()
            except Exception:
                # The others are to know all the same.
                _log.exception("what serves could not be shown everywhere")


def _no_context(module_id: str) -> Context:
    raise RuntimeError(f"{module_id} was started before the core was wired")
