"""Ordered start and stop of everything long-lived."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog

from modulon.core.config import Config
from modulon.core.data.database import open_database
from modulon.core.data.migrations import migrate
from modulon.core.egress.client import EgressClient
from modulon.core.events.bus import Bus
from modulon.core.events.retention import Retention
from modulon.core.events.service import EventsManager
from modulon.core.identity.authority import Authority
from modulon.core.modules.boundary import Boundary, InProcess
from modulon.core.modules.context import ModuleContext, Resources
from modulon.core.modules.discover import Discovered, discover, discover_each
from modulon.core.modules.index import Index, index_each, read_index
from modulon.core.modules.reconcile import Reconciler, read_switches, wanted
from modulon.core.modules.registry import Registry
from modulon.core.modules.resolve import Resolution, resolve
from modulon.core.modules.service import ModuleManager, migrations_of
from modulon.core.secrets.box import SecretBox
from modulon.core.secrets.known import confirm
from modulon.core.secrets.master import MasterKey
from modulon.core.telemetry.metrics import Metrics
from modulon.sdk.context import Context
from modulon.sdk.identity import Principal
from modulon.sdk.modules import Obstacle

from .folder import working
from .incarnation import Incarnation
from .instance import identify

_log = structlog.get_logger(module="engine")


@dataclass(frozen=True, slots=True)
class Core:
    """Core, started."""

    config: Config
    instance: str
    resources: Resources
    bus: Bus
    reconciler: Reconciler


@dataclass(frozen=True, slots=True)
class _Found:
    """The modules that were found, and which of them can run."""

    modules: Sequence[Discovered]
    resolution: Resolution


class Boot:
    """Starts core in order and stops it in reverse.

    The route index is read as written; with `dev` it is made from the code itself.
    """

    def __init__(self, config: Config, boundary: Boundary | None = None, metrics: Metrics | None = None) -> None:
        self._config = config
        self._metrics = metrics or Metrics()
        self._boundary = boundary or InProcess()
        self._stack = AsyncExitStack()
        self._warming: asyncio.Task[None] | None = None
        self.core: Core | None = None

    async def start(self) -> Core:
        """Open, migrate, wire. What fails undoes what had begun."""
        try:
            self.core = await self._start()
        except BaseException:
            await self._stack.aclose()
            raise
        return self.core

    async def _start(self) -> Core:
        config = self._config
        await asyncio.to_thread(self._stack.enter_context, working(config))
        instance = identify(config)
        index, found = self._find()
        known = _in_order(found)
        master = MasterKey.load(config)
        await migrate(config.database, migrations_of(known))
        engine = await open_database(config.database, strict=config.dev or None)
        self._stack.push_async_callback(engine.close)
        await confirm(master, engine.bind(Principal(kind="system", name="boot")))
        switches = await read_switches(engine)
        registry = Registry(index, known, found.resolution.obstacles)
        secrets = SecretBox(master)
        authority = Authority(engine, secrets)
        http = EgressClient()
        node = Incarnation(engine, config.run_dir)
        for part in (node, http, authority):
            await part.start()
            self._stack.push_async_callback(_closer(part))
        bus = Bus(
            engine, lambda module, workspace: ModuleContext(resources, module, _module_principal(module, workspace))
        )
        reconciler = Reconciler(engine, registry, bus, node.incarnation, switches, self._metrics.of)
        manager = ModuleManager(config, engine, secrets, registry, reconciler)
        log = EventsManager(engine, registry.consumers)
        resources = Resources(engine, authority, registry, http, secrets, node, manager, log, self._boundary)
        registry.context = lambda module: ModuleContext(resources, module, _module_principal(module, None))
        names = wanted(known, registry.able, switches)
        registry.put(*(registry.make(name, switches[name].generation if name in switches else 0) for name in names))
        bus.tail.listen(authority.heard)
        bus.tail.listen(reconciler.heard)
        self._stack.push_async_callback(registry.stop)
        return Core(config, instance, resources, bus, reconciler)

    def warm(self) -> None:
        """Load the modules and start their background work, after the server has begun to answer."""
        assert self.core is not None  # noqa: S101 - start() comes first
        self._warming = asyncio.create_task(self._warm(self.core))

    async def _warm(self, core: Core) -> None:
        self._stack.push_async_callback(core.bus.stop)
        retention = Retention(
            core.resources.engine,
            core.bus.tail.log,
            lambda: {name: one.types for name, one in core.resources.registry.consumers().items()},
            timedelta(days=self._config.event_keep_days),
        )
        await retention.start()
        self._stack.push_async_callback(retention.stop)
        self._stack.push_async_callback(core.reconciler.stop)
        await core.reconciler.start()

    def _find(self) -> tuple[Index, "_Found"]:
        """The modules, and their index. What we ship must fit together; of other modules, those that do not are left
        out and listed."""
        config = self._config
        if not config.dev:
            modules = resolve(discover())
            return read_index(modules), _Found(modules, Resolution(tuple(modules), {}))
        modules, obstacles = discover_each(config.modules_dir)
        if config.safe:
            obstacles |= {one.manifest.id: _left_out(one.manifest.id) for one in modules if "." in one.manifest.id}
        index, resolution = index_each(modules, obstacles)
        for name, obstacle in resolution.obstacles.items():
            _log.warning("a module cannot run", target=name, reason=obstacle.reason)
        return index, _Found(modules, resolution)

    async def warmed(self) -> None:
        """Wait until every module is loaded."""
        if self._warming is not None:
            await asyncio.shield(self._warming)

    async def drain(self) -> None:
        """Let modules bring to an end what goes on, while connections are still open."""
        if self.core is not None:
            await self.core.resources.registry.drain()

    async def stop(self) -> None:
        """Stop in reverse order."""
        if self._warming is not None:
            self._warming.cancel()
            await asyncio.gather(self._warming, return_exceptions=True)
        await self._stack.aclose()


def _left_out(module_id: str) -> Obstacle:
    reason = f"{module_id} is left out: the server was started with --safe, without plugins and extensions."
    return Obstacle("safe", reason, (module_id,))


def _in_order(found: _Found) -> list[Discovered]:
    """Every module once: those that can run in dependency order, then the others."""
    order = {module.manifest.id: module for module in found.resolution.order}
    others = {module.manifest.id: module for module in reversed(found.modules) if module.manifest.id not in order}
    return [*order.values(), *others.values()]


def _module_principal(module: str, workspace: UUID | None) -> Principal:
    return Principal(kind="module", workspace=workspace, name=module)


def _closer(part: Any) -> Callable[[], Awaitable[None]]:
    return getattr(part, "stop", None) or part.close


def context_as_system(core: Core, module: str, name: str) -> Context:
    """A context of *module* that acts as the system under *name*. Only core builds one; each use is logged."""
    from modulon.sdk.identity import SCOPES, SYSTEM_WORKSPACE

    _log.info("acting as the system", target=module, name=name)
    principal = Principal(kind="system", workspace=SYSTEM_WORKSPACE, scopes=frozenset(SCOPES), admin=True, name=name)
    return ModuleContext(core.resources, module, principal)
