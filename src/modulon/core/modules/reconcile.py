"""Makes what this process has of the modules what was asked for: without a restart, without a failed request.

Desired state is rows that every process reads; an event wakes it, a slow look is there should one be missed. For each
module that changed: prepare the new, let it serve in one step, bring the old to an end. What each process has reached
it writes down beside its incarnation.
"""

import asyncio
import time
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final
from uuid import UUID

import structlog

from modulon.core.data.engine import Engine
from modulon.core.events.bus import Bus
from modulon.core.events.log import Record
from modulon.core.telemetry.metrics import Figures
from modulon.sdk.errors import Conflict, Problem
from modulon.sdk.module import HookName
from modulon.sdk.modules import ModuleSwitched, Obstacle
from modulon.sdk.settings import SettingsChanged
from modulon.sdk.storage import Statement

from .discover import Discovered, read
from .handle import Handle, ModuleFailed
from .index import entry_of
from .load import load_anew
from .registry import Registry
from .states import States
from .store import CLAIM, CLAIM_UPDATE, HOST, SWITCHES, Switch

SLOW_LOOK_SECONDS: Final = 10.0
DISABLE_PATIENCE_SECONDS: Final = 10.0
"""How long requests to a module that is being disabled may still take."""

UPDATE_PATIENCE_SECONDS: Final = 600.0
"""How long requests and streams may go on with the old code of a module that was updated."""

SETTLED_SECONDS: Final = 30.0
"""How long somebody waits for a switch to be made."""

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
    *figures* tells what was seen of a module.

    Whatever fails on the way is taken up by the next look: what is under way stands in `_ending`, and each step can be
    taken again.
    """

    def __init__(
        self,
        engine: Engine,
        registry: Registry,
        bus: Bus,
        incarnation: UUID,
        switches: Mapping[str, Switch],
        figures: Callable[[str], Figures],
    ) -> None:
        self._db = engine.bind(HOST)
        self._engine = engine
        self._registry = registry
        self._bus = bus
        self._states = States(engine, registry, incarnation, figures)
        self._seen = {switch.id: switch.generation for switch in switches.values()}
        self._attached: set[str] = set()
        self._ending: dict[str, Handle] = {}
        self._closing: dict[asyncio.Task[None], Handle] = {}
        self._set: set[str] = set()
        self._woken = asyncio.Event()
        self._settled = asyncio.Event()
        self._up = False
        self._following: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start every module that serves, then follow what is asked for."""
        await self._try(self._bring_up)
        self._following = asyncio.create_task(self._follow(), name="modules")
        self._woken.set()  # something may have been asked for since the start

    async def stop(self) -> None:
        """Follow no more; what still closes is ended with the process."""
        if self._following is not None:
            self._following.cancel()
            await asyncio.gather(self._following, return_exceptions=True)
        closing = dict(self._closing)
        for task in closing:
            task.cancel()
        await asyncio.gather(*closing, return_exceptions=True)
        for handle in {*closing.values(), *self._ending.values()}:
            await handle.stop()

    def heard(self, records: Sequence[Record]) -> None:
        """Look, if these events say that something was asked for or set."""
        self._set |= {record.key for record in records if record.type == SettingsChanged.type}
        if self._set or any(record.type == ModuleSwitched.type for record in records):
            self.wake()

    def wake(self) -> None:
        """Look now; `settled` waits for that look."""
        self._settled.clear()
        self._woken.set()

    async def settled(self, *module_ids: str) -> None:
        """Wait until what was heard of is done, and what served of these modules has ended if they were disabled; for
        `SETTLED_SECONDS` at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SETTLED_SECONDS):
                await self._settled.wait()
                for name in module_ids:
                    await self._ended(name)

    async def _follow(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(SLOW_LOOK_SECONDS):
                    await self._woken.wait()
            self._woken.clear()
            if not self._up:
                await self._try(self._bring_up)
            for step in (self._look, self._tell_settings, self._states.tell):
                await self._try(step)
            if not self._woken.is_set():
                self._settled.set()

    async def _try(self, step: Callable[[], Awaitable[None]]) -> None:
        """Take a step; if it fails, the next look takes it again."""
        try:
            await step()
        except Problem:
            _log.warning("the modules could not be looked at", step=step.__name__, exc_info=True)
        except Exception:
            _log.exception("looking at the modules failed", step=step.__name__)

    async def _bring_up(self) -> None:
        """Start every module that serves, and begin to deliver events."""
        for handle in self._registry.handles:
            await self._begin(handle)
        await self._bus.start()
        self._up = True
        await self._states.write(*self._registry.handles)

    async def _look(self) -> None:
        """One pass: end what should not serve, dependants first; then bring up and renew what should."""
        registry = self._registry
        switches = await read_switches(self._engine)
        await self._mend(switches)
        names = wanted(registry.known.values(), registry.able, switches)
        for name in reversed(registry.ids):
            if name not in names:
                self._ending[name] = registry.remove(name)
        for name in list(self._ending):
            await self._disable(name, switches.get(name))
        for name in names:
            await self._bring(name, switches.get(name))
        await self._bus.attach()
        for switch in switches.values():
            # Asked for while no process ran, or by one that ended before it came to this.
            if switch.hook == "on_disable" and switch.id in registry.entries and not registry.serves(switch.id):
                await self._hook(registry.make(switch.id), switch)

    async def _tell_settings(self) -> None:
        """Let modules read settings again that were changed."""
        changed, self._set = self._set, set()
        for name in changed & self._attached:
            handle = self._registry.find(name)
            try:
                if handle is not None:
                    await handle.hook("on_settings")
            except Exception:
                _log.exception("a hook failed", target=name, hook="on_settings")

    async def _mend(self, switches: Mapping[str, Switch]) -> None:
        """Look anew at modules that could not run so far, if that was asked for, and at those that waited for them."""
        registry = self._registry
        for switch in switches.values():
            if switch.id in registry.obstacles and switch.generation != self._seen.get(switch.id, 0):
                await self._learn(switch.id, switch.generation)
        for name in [name for name in registry.known if name not in registry.entries]:
            if name not in registry.obstacles:
                await self._learn(name, self._seen.get(name, 0))

    async def _learn(self, name: str, generation: int) -> None:
        """Load a module that does not serve, so that it can; or know why not."""
        self._seen[name] = generation
        try:
            handle = await self._prepare(self._registry.known[name], generation)
        except Exception as error:
            self._registry.hinder(name, Obstacle("import", _traceback(error), (name,)))
        else:
            self._registry.learn(handle)
            self._registry.forget(handle)

    async def _bring(self, name: str, switch: Switch | None) -> None:
        """Have the module serve with the code that was asked for."""
        generation = switch.generation if switch else 0
        if not self._registry.serves(name):
            await self._enable(name, generation)
        elif generation != self._seen.get(name, 0):
            await self._update(name, generation)
        elif name not in self._attached:
            await self._again(self._registry.handle(name))
        handle = self._registry.find(name)
        if handle is not None and switch is not None:
            await self._hook(handle, switch)

    async def _enable(self, name: str, generation: int) -> None:
        registry = self._registry
        await self._ended(name)
        if generation != self._seen.get(name, 0):
            # It was updated while it did not serve.
            await self._learn(name, generation)
            if name in registry.obstacles:
                return
        handle = registry.make(name, generation)
        await self._begin(handle)
        registry.put(handle)
        await self._states.write(handle)
        _log.info("enabled", target=name, state=handle.state)

    async def _disable(self, name: str, switch: Switch | None) -> None:
        """Events first, then the hook, then the requests that are under way: nobody waits for these but who asks."""
        handle = self._ending[name]
        await self._states.write(handle, state="draining")
        await self._leave(name)
        if switch is not None:
            await self._hook(handle, switch)
        del self._ending[name]
        self._close(handle, DISABLE_PATIENCE_SECONDS)

    async def _update(self, name: str, generation: int) -> None:
        """Prepare the new code beside the old; only once it runs do requests go there."""
        old = self._registry.handle(name)
        try:
            new = await self._prepare(old.discovered, generation)
        except Exception as error:
            self._seen[name] = generation  # the same files say the same at every look
            await self._keep(old, error)
            return
        try:
            await new.ensure()
        except ModuleFailed as error:
            # What its start met may pass: it is tried again.
            self._registry.forget(new)
            self._close(new, 0)
            await self._keep(old, error)
            return
        self._seen[name] = generation
        await self._leave(name)
        self._registry.put(new)
        self._close(old, UPDATE_PATIENCE_SECONDS)
        self._subscribe(new)
        await self._states.write(new)
        _log.info("updated", target=name, version=new.discovered.manifest.module.version)

    async def _keep(self, old: Handle, error: Exception) -> None:
        """The new code does not run: the old goes on, and says why."""
        old.update_error = _traceback(error)
        _log.warning("an update failed; the old code goes on", target=old.id, error=repr(error))
        await self._states.write(old)

    def _close(self, handle: Handle, patience: float) -> None:
        """Bring a handle to its end, beside everything else: streams may take long, and one of the requests may be the
        one that waits for this."""

        async def close() -> None:
            await handle.close(patience=patience)
            self._registry.forget(handle)
            if not self._registry.serves(handle.id):
                await self._states.write(handle)
                _log.info("disabled", target=handle.id)

        task = asyncio.create_task(close(), name=f"close {handle.id}")
        self._closing[task] = handle
        task.add_done_callback(self._closing.pop)

    async def _ended(self, name: str) -> None:
        """Wait until nothing of the module is closing, unless it serves with other code already."""
        while not self._registry.serves(name):
            tasks = [task for task, handle in self._closing.items() if handle.id == name]
            if not tasks:
                return
            await asyncio.wait(tasks)

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
            await self._states.write(handle)

    async def _begin(self, handle: Handle) -> None:
        """Start the module; one that does not start says so to whoever asks for it, and is tried again."""
        try:
            await handle.ensure()
            self._subscribe(handle)
        except ModuleFailed:
            _log.warning("a module did not start", target=handle.id, exc_info=True)
        except Exception as error:
            handle.error = _traceback(error)
            _log.exception("a module could not be brought up", target=handle.id)

    def _subscribe(self, handle: Handle) -> None:
        """Let the module hear of events once the bus attaches it."""
        if handle.id in self._attached:
            return
        for listener in handle.take().module.listeners:
            self._bus.subscribe(f"{handle.id}.{listener.name}", listener.event, listener.handler)
        self._attached.add(handle.id)

    async def _leave(self, name: str) -> None:
        """The module hears of events no more; what happens meanwhile waits for it in the log."""
        self._attached.discard(name)
        await self._bus.detach(name)

    async def _hook(self, handle: Handle, switch: Switch) -> None:
        """Run what was asked for and is for one process of all, if this one is the first to take it."""
        if switch.updated_from and switch.generation == self._seen.get(handle.id, 0) and handle.state == "running":
            values = {"module": handle.id, "mine": switch.generation, "claimed": switch.updated_from}
            if await self._claims(CLAIM_UPDATE, values):
                await self._run(handle, "on_update", switch.updated_from)
        fits = handle.state == "running" if switch.enabled else not self._registry.serves(handle.id)
        if switch.hook and fits:
            values = {"module": handle.id, "is_enabled": switch.enabled, "claimed": switch.hook}
            if await self._claims(CLAIM, values):
                await self._run(handle, "on_enable" if switch.enabled else "on_disable")

    async def _claims(self, statement: Statement[Any], values: dict[str, Any]) -> bool:
        try:
            async with self._db.write() as tx:
                tx.run(statement, values, expect=1, otherwise=_Claimed())
        except _Claimed:
            return False
        return True

    async def _run(self, handle: Handle, hook: HookName, *arguments: str) -> None:
        try:
            await handle.hook(hook, *arguments)
        except Exception as error:
            _log.warning("a hook failed", target=handle.id, hook=hook, exc_info=True)
            handle.error = _traceback(error)


def _traceback(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)).strip()
