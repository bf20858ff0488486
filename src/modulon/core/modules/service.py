"""The contract's `Modules`: what an administrator sees of the modules, and the switches."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from modulon.core.config import Config
from modulon.core.data.engine import Engine
from modulon.core.data.migrations import MigrationRefused, migrate
from modulon.core.settings import SettingsService
from modulon.sdk.identity import Principal
from modulon.sdk.manifest import Identification, Manifest, ManifestError
from modulon.sdk.modules import ModuleStateName, ModuleSwitched, ModuleView, ObservedModule, Obstacle
from modulon.sdk.secrets import Secrets
from modulon.sdk.settings import SettingsStore
from modulon.sdk.storage import Statement, now

from .discover import Discovered, read
from .errors import (
    ModuleBlocked,
    ModuleNeeded,
    ModuleNeeds,
    ModuleOfTheCore,
    ModulesDenied,
    ModuleUnknown,
    SettingsMissing,
    UpdateRefused,
    UpdateWithServer,
)
from .index import manifest_of
from .reconcile import Reconciler, read_switches, wanted
from .registry import Registry
from .resolve import behind, resolve_each
from .store import RENEW, STATES, SWITCH, StateRow, Switch

_WORST_FIRST: Final[tuple[ModuleStateName, ...]] = ("failed", "draining", "starting", "running")
"""Of several processes, the state that one had better know of counts."""


class ModuleManager:
    """Shared by all requests of this process; `bound` gives what one principal may do."""

    def __init__(
        self, config: Config, engine: Engine, secrets: Secrets, registry: Registry, reconciler: Reconciler
    ) -> None:
        self.config = config
        self.engine = engine
        self.secrets = secrets
        self.registry = registry
        self.reconciler = reconciler

    def bound(self, principal: Principal) -> "ModulesService":
        """The modules as *principal* may see and switch them."""
        return ModulesService(self, principal)


class ModulesService:
    """The contract's `Modules` for one *principal*."""

    def __init__(self, manager: ModuleManager, principal: Principal) -> None:
        self._registry = manager.registry
        self._reconciler = manager.reconciler
        self._config = manager.config
        self._engine = manager.engine
        self._secrets = manager.secrets
        self._principal = principal

    async def all(self) -> Sequence[ModuleView]:
        """Every module that was found, in dependency order, those that cannot run last."""
        self._admit()
        registry = self._registry
        switches = await read_switches(self._engine)
        async with self._engine.bind(self._principal).read() as db:
            states = await db.all(STATES)
        names = wanted(registry.known.values(), registry.able, switches)
        found = [
            self._view(module, switches, names, [row for row in states if row.module == module.manifest.id])
            for module in registry.known.values()
        ]
        # Without a manifest that can be read, or with another one's id, all that is known of it is its folder.
        nameless = [folder for folder in registry.obstacles if folder not in registry.known]
        return [*found, *(_of_folder(Path(folder), registry.obstacles[folder]) for folder in nameless)]

    async def one(self, module_id: str) -> ModuleView:
        """One of them."""
        for view in await self.all():
            if view.manifest.id == module_id:
                return view
        raise ModuleUnknown

    async def enable(self, module_id: str, *, with_required: bool = False) -> Sequence[str]:
        """Let it run, and with *with_required* all it needs."""
        switches = await self._switches(module_id)
        registry = self._registry
        obstacle = registry.obstacles.get(module_id)
        if obstacle is not None:
            raise ModuleBlocked(params={"module": module_id, "reason": obstacle.reason})
        off = [name for name in self._behind(module_id) if not _enabled(switches, name)]
        missing = [name for name in off if name != module_id]
        if missing and not with_required:
            raise ModuleNeeds(params={"module": module_id, "required": ", ".join(missing)})
        await self._write(SWITCH, off, enabled=True, hook="on_enable")
        return off

    async def disable(self, module_id: str, *, with_dependents: bool = False) -> Sequence[str]:
        """Stop it, and with *with_dependents* all that need it."""
        switches = await self._switches(module_id)
        registry = self._registry
        serving = wanted(registry.known.values(), registry.able, switches)
        needed_by = [name for name in self._ahead(module_id) if name in serving and name != module_id]
        for name in (module_id, *needed_by):
            if registry.known[name].is_core:
                raise ModuleOfTheCore(params={"module": name})
        if needed_by and not with_dependents:
            raise ModuleNeeded(params={"module": module_id, "dependents": ", ".join(needed_by)})
        on = [name for name in (module_id, *needed_by) if _enabled(switches, name)]
        await self._write(SWITCH, on, enabled=False, hook="on_disable")
        return on

    async def update(self, module_id: str) -> None:
        """Take its code anew from its folder."""
        switches = await self._switches(module_id)
        known = self._registry.known[module_id]
        if not self._config.dev:
            raise UpdateWithServer(params={"module": module_id})
        try:
            found = await asyncio.to_thread(read, known.folder, known.package.rpartition(".")[0])
            beside = [found if module is known else module for module in self._registry.known.values()]
            obstacle = resolve_each(beside, self._registry.hindered(but=module_id)).obstacles.get(module_id)
            if obstacle is not None:
                raise ManifestError(obstacle.reason)
            if found.migrations is not None:
                await migrate(self._config.database, migrations_of(beside))
        except (ManifestError, MigrationRefused) as error:
            raise UpdateRefused(params={"module": module_id, "reason": str(error)}) from error
        await self._write(
            RENEW, [module_id], enabled=_enabled(switches, module_id), updated_from=known.manifest.module.version
        )

    def settings(self, module_id: str) -> SettingsStore:
        """The settings of a module, as the principal may see and set them."""
        if not self._registry.serves(module_id):
            raise ModuleUnknown
        model = self._registry.load(module_id).module.settings_model
        if model is None:
            raise SettingsMissing(params={"module": module_id})
        return SettingsService(self._engine, self._secrets, module_id, self._principal, model)

    async def settled(self, *module_ids: str) -> None:
        """Wait until this process has done what it has heard of."""
        await self._reconciler.settled(*module_ids)

    def _admit(self) -> None:
        if not (self._principal.admin or self._principal.kind == "system"):
            raise ModulesDenied

    async def _switches(self, module_id: str) -> dict[str, Switch]:
        self._admit()
        if module_id not in self._registry.known:
            raise ModuleUnknown
        return await read_switches(self._engine)

    async def _write(
        self, statement: Statement[Any], names: Sequence[str], *, enabled: bool, hook: str = "", updated_from: str = ""
    ) -> None:
        if not names:
            return
        values = {"enabled": enabled, "generation": int(statement is RENEW), "hook": hook, "updated_from": updated_from}
        async with self._engine.bind(self._principal).write() as tx:
            for name in names:
                who = {"changed_by": self._principal.user, "changed_at": now()}
                tx.run(statement, {"id": name, **values, **who})
                tx.emit(ModuleSwitched(module_id=name, enabled=enabled), key=name)
        self._reconciler.wake()

    def _behind(self, module_id: str) -> list[str]:
        """What *module_id* needs, near and far, and itself, in dependency order."""
        needed = {module_id}
        for module in reversed(self._registry.known.values()):
            if module.manifest.id in needed:
                needed |= module.manifest.requires.keys()
        return [name for name in self._registry.known if name in needed]

    def _ahead(self, module_id: str) -> list[str]:
        """What needs *module_id*, near and far, and itself, in dependency order."""
        needing = {module_id}
        for module in self._registry.known.values():
            if needing & module.manifest.requires.keys():
                needing.add(module.manifest.id)
        return [name for name in self._registry.known if name in needing]

    def _view(
        self, module: Discovered, switches: dict[str, Switch], names: Collection[str], states: Sequence[StateRow]
    ) -> ModuleView:
        name = module.manifest.id
        registry = self._registry
        entry = registry.entries.get(name)
        switch = switches.get(name)
        enabled = module.is_core or _enabled(switches, name)
        obstacle = registry.obstacles.get(name) or self._behind_a_disabled_one(module, switches, names, enabled=enabled)
        return ModuleView(
            manifest=manifest_of(entry) if entry is not None and registry.serves(name) else module.manifest,
            enabled=enabled,
            generation=0 if switch is None else switch.generation,
            state=_state(enabled, obstacle, states),
            obstacle=obstacle,
            shipped=module.shipped,
            switchable=not module.is_core,
            required_by=tuple(registry.required_by(name)),
            observed=tuple(_observed(row) for row in states),
            listeners=entry.listeners if entry else (),
            routes=len(entry.routes) if entry else 0,
            scopes=entry.scopes if entry else (),
            changed_by=switch.changed_by if switch else None,
            changed_at=switch.changed_at if switch else None,
        )

    def _behind_a_disabled_one(
        self, module: Discovered, switches: dict[str, Switch], names: Collection[str], *, enabled: bool
    ) -> Obstacle | None:
        """What keeps an enabled module from running: one that it requires and that is disabled."""
        name = module.manifest.id
        if not enabled or name in names:
            return None
        for required in module.manifest.requires:
            if not _enabled(switches, required):
                return Obstacle("dependency", f"{name} requires {required}, which is disabled", (name, required))
            if required not in names:
                cause = self._behind_a_disabled_one(
                    self._registry.known[required], switches, names, enabled=True
                ) or self._registry.obstacles.get(required)
                if cause is not None:
                    return behind(name, required, cause)
        return None


def _of_folder(folder: Path, obstacle: Obstacle) -> ModuleView:
    about = Identification.model_construct(
        id=folder.name, name=folder.name, version="0.0.0", description=str(folder), author="", type="extension"
    )
    return ModuleView(
        manifest=Manifest.model_construct(module=about),
        enabled=False,
        generation=0,
        state="blocked",
        obstacle=obstacle,
        shipped=False,
        switchable=False,
        required_by=(),
        observed=(),
        listeners=(),
        routes=0,
        scopes=(),
        changed_by=None,
        changed_at=None,
    )


def migrations_of(modules: Iterable[Discovered]) -> dict[str, Path]:
    """The folders of the modules that have migrations, in dependency order."""
    return {module.manifest.id: module.migrations for module in modules if module.migrations}


def _enabled(switches: dict[str, Switch], name: str) -> bool:
    return name not in switches or switches[name].enabled


def _state(enabled: bool, obstacle: Obstacle | None, states: Sequence[StateRow]) -> ModuleStateName:
    if obstacle is not None:
        return "blocked"
    living = {row.state for row in states}
    for state in _WORST_FIRST:
        if state in living and (enabled or state == "draining"):
            return state
    return "starting" if enabled else "disabled"


def _observed(row: StateRow) -> ObservedModule:
    return ObservedModule(
        node=row.node,
        pid=row.pid,
        state=row.state,
        generation=row.generation,
        version=row.version,
        load_seconds=row.load_us / 1_000_000,
        requests=row.requests,
        errors=row.errors,
        p95_seconds=row.p95_us / 1_000_000,
        error=row.error,
        updated_at=row.updated_at,
    )
