"""Makes what this process has of the modules what was asked for: without a restart, without a failed request.

Desired state is rows that every process reads; an event wakes it, a slow look is there should one be missed. For each
module that changed: prepare the new, let it serve in one step, bring the old to an end. What each process has reached
it writes down beside its incarnation.
"""

import asyncio
import time
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, cast
from uuid import UUID

import structlog

from modulon.core.data.engine import Engine
from modulon.core.events.bus import Bus
from modulon.core.events.log import Record
from modulon.core.telemetry.metrics import Figures
from modulon.sdk.errors import Conflict, Problem
from modulon.sdk.identity import Principal
from modulon.sdk.module import HookName
from modulon.sdk.modules import ModuleStateName, ModuleSwitched, Obstacle
from modulon.sdk.settings import SettingsChanged
from modulon.sdk.storage import now

from .discover import Discovered, read
from .handle import Handle, ModuleFailed
from .index import entry_of
from .load import load_anew
from .registry import Registry
from .store import CLAIM, REPORT, SWITCHES, Switch

SLOW_LOOK_SECONDS: Final = 10.0
DISABLE_PATIENCE_SECONDS: Final = 10.0
"""How long requests to a module that is being disabled may still take."""

UPDATE_PATIENCE_SECONDS: Final = 600.0
"""How long requests and streams may go on with the old code of a module that was updated."""

HOST: Final = Principal(kind="system", name="modules")

_log = structlog.get_logger(module="core.modules")


class _Claimed(Conflict):
    """Another process runs the hook."""


async def read_switches(engine: Engine) -> dict[str, Switch]:
    """What was asked for, of the modules that were ever switched."""
    async with engine.bind(HOST).read() as db:
        return {switch.id: switch for switch in await db.all(SWITCHES)}


def wanted(known: Iterable[Discovered], able: Iterable[str], switches: Mapping[str, Switch]) -> list[str]:
    """The ids of the modules that should serve, in dependency order: enabled, *able* to, and all they require too."""
    found: list[str] = []
    for module in known:
        name = module.manifest.id
        enabled = module.is_core or name not in switches or switches[name].enabled
        if enabled and name in able and all(required in found for required in module.manifest.requires):
            found.append(name)
    return found


class Reconciler:
    """Follows the desired state for one process, known by its *incarnation*; *switches* are what it started from.
    *figures* tells what was seen of a module."""

    def __init__(
        self,
        engine: Engine,
        registry: Registry,
        bus: Bus,
        incarnation: UUID,
        switches: Mapping[str, Switch],
        figures: Callable[[str], Figures],
    ) -> None:
        self._figures = figures
        self._db = engine.bind(HOST)
        self._engine = engine
        self._registry = registry
        self._bus = bus
        self._incarnation = incarnation
        self._seen = {switch.id: switch.generation for switch in switches.values()}
        self._hooked: set[Switch] = set()
        self._set: set[str] = set()
        self._told: dict[str, int] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self._attached: set[str] = set()
        self._woken = asyncio.Event()
        self._settled = asyncio.Event()
        self._following: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start every module that serves, then follow what is asked for."""
        for handle in self._registry.handles:
            await self._begin(handle)
        await self._bus.start()
        await self._report(*self._registry.handles)
        self._settled.set()
        self._following = asyncio.create_task(self._follow(), name="modules")
        self._woken.set()  # something may have been asked for since the start

    async def stop(self) -> None:
        """Follow no more; what still closes is ended with the process."""
        tasks = [*self._closing, *([self._following] if self._following is not None else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def heard(self, records: Sequence[Record]) -> None:
        """Look, if these events say that something was asked for or set."""
        self._set |= {record.key for record in records if record.type == SettingsChanged.type}
        if self._set or any(record.type == ModuleSwitched.type for record in records):
            self.wake()

    def wake(self) -> None:
        """Look now; `settled` waits for that look."""
        self._settled.clear()
        self._woken.set()

    async def settled(self) -> None:
        """Wait until what was heard of is done."""
        await self._settled.wait()

    async def _follow(self) -> None:
        while True:
            try:
                async with asyncio.timeout(SLOW_LOOK_SECONDS):
                    await self._woken.wait()
            except TimeoutError:
                pass
            self._woken.clear()
            try:
                await self._look()
                await self._tell_settings()
                await self._report_figures()
            except Problem:
                _log.warning("the modules could not be looked at", exc_info=True)
            except Exception:
                # Whatever it was: the next look finds what is left to do.
                _log.exception("looking at the modules failed")
            if not self._woken.is_set():
                self._settled.set()

    async def _look(self) -> None:
        """One pass: end what should not serve, dependants first; then bring up and renew what should."""
        registry = self._registry
        switches = await read_switches(self._engine)
        await self._mend(switches)
        names = wanted(registry.known.values(), registry.able, switches)
        for name in reversed(registry.ids):
            if name not in names:
                await self._disable(registry.remove(name), switches.get(name))
        for name in names:
            await self._bring(name, switches.get(name))
        for switch in switches.values():
            # Asked for while no process ran, or by one that ended before it came to this.
            if switch.hook and switch.id in registry.entries and switch not in self._hooked:
                serves = registry.serves(switch.id)
                await self._hook(registry.handle(switch.id) if serves else registry.make(switch.id), switch)

    async def _tell_settings(self) -> None:
        """Let modules read settings again that were changed."""
        changed, self._set = self._set, set()
        for name in changed & self._attached:
            handle = self._registry.handle(name)
            try:
                await handle.hook("on_settings")
            except Exception:
                _log.exception("a hook failed", target=name, hook="on_settings")

    async def _bring(self, name: str, switch: Switch | None) -> None:
        """Have the module serve with the code that was asked for."""
        generation = switch.generation if switch else 0
        if not self._registry.serves(name):
            await self._enable(name, generation, switch)
        elif generation != self._seen.get(name, 0):
            await self._update(name, generation, switch)
        elif name not in self._attached:
            await self._again(self._registry.handle(name))

    async def _mend(self, switches: Mapping[str, Switch]) -> None:
        """Look anew at modules that could not run so far, if that was asked for, and at those that waited for them."""
        registry = self._registry
        for switch in switches.values():
            if switch.id in registry.obstacles and switch.generation != self._seen.get(switch.id, 0):
                self._seen[switch.id] = switch.generation
                await self._learn(switch.id, switch.generation)
        for name in [name for name in registry.known if name not in registry.entries]:
            if name not in registry.obstacles:
                await self._learn(name, self._seen.get(name, 0))

    async def _learn(self, name: str, generation: int) -> None:
        """Load a module that was not in memory, so that it can serve; or know why not."""
        try:
            handle = await self._prepare(self._registry.known[name], generation)
        except Exception as error:
            reason = "".join(traceback.format_exception(error)).strip()
            self._registry.hinder(name, Obstacle("import", reason, (name,)))
        else:
            self._registry.learn(handle)

    async def _enable(self, name: str, generation: int, switch: Switch | None) -> None:
        registry = self._registry
        if generation != self._seen.get(name, 0):
            # It was updated while it did not serve.
            self._seen[name] = generation
            await self._learn(name, generation)
            if name in registry.obstacles:
                return
        handle = registry.make(name, generation)
        await self._begin(handle)
        registry.put(handle)
        await self._bus.attach()
        await self._hook(handle, switch)
        await self._report(handle)
        _log.info("enabled", target=name, state=handle.state)

    async def _disable(self, handle: Handle, switch: Switch | None) -> None:
        await self._report(handle, state="draining")
        await self._leave(handle)
        await self._hook(handle, switch)
        await handle.close(patience=DISABLE_PATIENCE_SECONDS)
        self._registry.forget(handle)
        await self._report(handle)
        _log.info("disabled", target=handle.id)

    async def _update(self, name: str, generation: int, switch: Switch | None) -> None:
        """Prepare the new code beside the old; only once it runs do requests go there."""
        self._seen[name] = generation
        old = self._registry.handle(name)
        try:
            new = await self._prepare(old.discovered, generation)
            await new.ensure()
        except Exception as error:
            _log.warning("an update failed; the old code goes on", target=name, exc_info=True)
            await self._report(old, error="".join(traceback.format_exception(error)).strip())
            return
        await self._leave(old)
        self._registry.put(new)
        self._subscribe(new)
        await self._bus.attach()
        await self._hook(new, switch)
        await self._report(new)
        # Not waited for: streams may take long, and one of the requests may be the one that waits for this.
        closing = asyncio.create_task(self._close(old), name=f"close {name}")
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)
        _log.info("updated", target=name, version=new.discovered.manifest.module.version)

    async def _close(self, old: Handle) -> None:
        """Bring the old code of a module that was updated to its end."""
        await old.close(patience=UPDATE_PATIENCE_SECONDS)
        self._registry.forget(old)

    async def _prepare(self, old: Discovered, generation: int) -> Handle:
        """The module as its folder has it now, in a handle that nobody finds yet."""
        discovered = await asyncio.to_thread(read, old.folder, old.package.rpartition(".")[0])
        began = time.perf_counter()
        loaded = await asyncio.to_thread(load_anew, discovered)
        seconds = time.perf_counter() - began
        handle = self._registry.handle_of(discovered, entry_of(loaded), generation, loaded)
        handle.load_seconds = seconds
        return handle

    async def _again(self, handle: Handle) -> None:
        """Try a module that did not start once more; a request may have started it meanwhile."""
        await self._begin(handle)
        if handle.state == "running":
            await self._bus.attach()
            await self._report(handle)

    async def _begin(self, handle: Handle) -> None:
        """Start the module; one that does not start says so to whoever asks for it, and is tried again."""
        try:
            await handle.ensure()
        except ModuleFailed:
            _log.warning("a module did not start", target=handle.id, exc_info=True)
            return
        self._subscribe(handle)

    def _subscribe(self, handle: Handle) -> None:
        if handle.id in self._attached:
            return
        self._attached.add(handle.id)
        for listener in handle.take().module.listeners:
            self._bus.subscribe(f"{handle.id}.{listener.name}", listener.event, listener.handler)

    async def _leave(self, handle: Handle) -> None:
        """The module hears of events no more; what happens meanwhile waits for it in the log."""
        self._attached.discard(handle.id)
        await self._bus.detach(handle.id)

    async def _hook(self, handle: Handle, switch: Switch | None) -> None:
        """Run the hook that was asked for, if it is still to be run and this process is the first to take it."""
        if switch is None or not switch.hook:
            return
        self._hooked.add(switch)
        values = {"module": handle.id, "mine": switch.generation, "is_enabled": switch.enabled, "claimed": switch.hook}
        try:
            async with self._db.write() as tx:
                tx.run(CLAIM, values, expect=1, otherwise=_Claimed())
        except _Claimed:
            return
        name, _, argument = switch.hook.partition(" ")
        try:
            await handle.hook(cast("HookName", name), *([argument] if argument else []))
        except Exception as error:
            _log.warning("a hook failed", target=handle.id, hook=name, exc_info=True)
            handle.error = "".join(traceback.format_exception(error)).strip()

    async def _report_figures(self) -> None:
        """Write down what was seen since the last time; nothing if nothing was."""
        seen = [one for one in self._registry.handles if self._figures(one.id).requests != self._told.get(one.id)]
        if seen:
            await self._report(*seen)

    async def _report(self, *handles: Handle, state: ModuleStateName | None = None, error: str | None = None) -> None:
        """Write down what this process has."""
        async with self._db.write() as tx:
            for handle in handles:
                figures = self._figures(handle.id)
                self._told[handle.id] = figures.requests
                tx.run(
                    REPORT,
                    {
                        "incarnation": self._incarnation,
                        "module": handle.id,
                        "state": state or handle.state,
                        "generation": handle.generation,
                        "version": handle.discovered.manifest.module.version,
                        "load_us": round(handle.load_seconds * 1_000_000),
                        "requests": figures.requests,
                        "errors": figures.errors,
                        "p95_us": round(figures.p95 * 1_000_000),
                        "error": handle.error if error is None else error,
                        "updated_at": now(),
                    },
                )
