"""Ordered start and stop of everything long-lived."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog

from modulon.core.config import Config
from modulon.core.data.database import open_database
from modulon.core.data.migrations import migrate
from modulon.core.egress.client import EgressClient
from modulon.core.events.bus import Bus
from modulon.core.identity.authority import Authority
from modulon.core.modules.boundary import Boundary, InProcess
from modulon.core.modules.context import ModuleContext, Resources
from modulon.core.modules.discover import discover
from modulon.core.modules.index import Index, build_index, read_index
from modulon.core.modules.registry import Registry
from modulon.core.modules.resolve import resolve
from modulon.core.secrets.box import SecretBox
from modulon.core.secrets.known import confirm
from modulon.core.secrets.master import MasterKey
from modulon.sdk.context import Context
from modulon.sdk.identity import Principal

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


class Boot:
    """Starts core in order and stops it in reverse.

    The route index is read as written; with `dev` it is made from the code itself.
    """

    def __init__(self, config: Config, boundary: Boundary | None = None) -> None:
        self._config = config
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
        discovered = resolve(discover(config.modules_dir if config.dev else None))
        index: Index = build_index(discovered) if config.dev else read_index(discovered)
        master = MasterKey.load(config)
        await migrate(config.database, {m.manifest.id: m.migrations for m in discovered if m.migrations})
        engine = await open_database(config.database, strict=config.dev or None)
        self._stack.push_async_callback(engine.close)
        await confirm(master, engine.bind(Principal(kind="system", name="boot")))
        registry = Registry(index, {module.manifest.id: module for module in discovered})
        secrets = SecretBox(master)
        authority = Authority(engine, secrets)
        http = EgressClient()
        node = Incarnation(engine, config.run_dir)
        for part in (node, http, authority):
            await part.start()
            self._stack.push_async_callback(_closer(part))
        resources = Resources(engine, authority, registry, http, secrets, node, self._boundary)
        registry.context = lambda module: ModuleContext(resources, module, _module_principal(module, None))
        bus = Bus(
            engine, lambda module, workspace: ModuleContext(resources, module, _module_principal(module, workspace))
        )
        bus.tail.listen(authority.heard)
        self._stack.push_async_callback(registry.stop)
        return Core(config, instance, resources, bus)

    def warm(self) -> None:
        """Load the modules and start their background work, after the server has begun to answer."""
        assert self.core is not None  # noqa: S101 - start() comes first
        self._warming = asyncio.create_task(self._warm(self.core))

    async def _warm(self, core: Core) -> None:
        registry = core.resources.registry
        for module_id in registry.ids:
            try:
                loaded = await registry.ensure(module_id)
            except Exception:
                _log.exception("a module did not start", target=module_id)
                continue
            for listener in loaded.module.listeners:
                core.bus.subscribe(f"{module_id}.{listener.name}", listener.event, listener.handler)
        await core.bus.start()
        self._stack.push_async_callback(core.bus.stop)

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
