"""The one handle on which everything hangs that a module has in this process; closing it removes all of it."""

import asyncio
import threading
import time
import traceback
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import structlog

from modulon.sdk.context import Context
from modulon.sdk.errors import Unavailable
from modulon.sdk.module import HookName
from modulon.sdk.modules import ModuleStateName
from modulon.sdk.routes import Route

from .discover import Discovered
from .index import IndexedModule
from .load import Loaded, load

HOOK_SECONDS: Final = 30.0
"""How long a hook may take."""

RETRY_SECONDS: Final = 5.0
"""How long a module that did not start is left alone before a request tries it again."""

_LOADING: Final = threading.RLock()
"""Code is imported on the loop's thread and on others."""

_log = structlog.get_logger(module="core.modules")


class ModuleFailed(Unavailable):
    """The module's code could not be loaded, or its start failed."""

    code = "modules.failed"
    title = "This part does not work at the moment"
    detail = (
        "The module that answers here did not start. Nothing was changed; an administrator finds why under Modules."
    )


class Handle:
    """One generation of one module: its code once loaded, what the gateway keeps of it, and who still uses it.

    *ready* brings up what it requires; it is awaited before the module's own code is loaded.
    """

    def __init__(
        self,
        discovered: Discovered,
        entry: IndexedModule,
        generation: int = 0,
        *,
        ready: Callable[[], Awaitable[None]],
        context: Callable[[], Context],
        loaded: Loaded | None = None,
    ) -> None:
        self.discovered: Final = discovered
        self.entry: Final = entry
        self.generation: Final = generation
        self.loaded = loaded
        self.load_seconds = 0.0
        self.error = ""
        self.update_error = ""
        """Why newer code did not take this one's place."""
        self.subapp: Any = None
        self.streams: Final[dict[tuple[str, str], Route]] = {}
        self.building: Final = asyncio.Lock()
        self.forgets: Final[list[Callable[[], None]]] = []
        """What else is to be undone once nobody uses the module's code any more."""
        self._ready = ready
        self._context = context
        self._starting: asyncio.Task[Loaded] | None = None
        self._failed_at = 0.0
        self._users: Final[dict[int, asyncio.Task[Any]]] = {}
        self._idle: Final = asyncio.Event()
        self._idle.set()
        self._closed = False

    @property
    def id(self) -> str:
        """The module's id."""
        return self.discovered.manifest.id

    @property
    def state(self) -> ModuleStateName:
        """How it is in this process."""
        if self._closed:
            return "draining" if self._users else "disabled"
        if self.error:
            return "failed"
        return "running" if self._starting and self._starting.done() else "starting"

    async def ensure(self) -> Loaded:
        """The module, loaded and started. Raises `ModuleFailed`; what it failed of stands in `error`."""
        task = self._starting
        if self._closed and task is None:
            raise ModuleFailed(params={"module": self.id})
        if task is None or (task.done() and (task.cancelled() or self._may_retry(task))):
            task = self._starting = asyncio.create_task(self._start(), name=f"start {self.id}")
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            raise
        except ModuleFailed:
            raise
        except Exception as error:
            raise ModuleFailed(params={"module": self.id}) from error

    def take(self) -> Loaded:
        """The module's code, imported now if need be."""
        with _LOADING:
            if self.loaded is None:
                began = time.perf_counter()
                self.loaded = load(self.discovered)
                self.load_seconds = time.perf_counter() - began
            return self.loaded

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Count the current task among those that closing waits for."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - requests are tasks
        self._users[id(task)] = task
        self._idle.clear()
        try:
            yield
        finally:
            self._users.pop(id(task), None)
            if not self._users:
                self._idle.set()

    async def hook(self, name: HookName, *arguments: Any) -> None:
        """Run the module's hooks of that name. What they raise goes on."""
        loaded = self.take()
        for function in loaded.module.hooks.get(name, ()):
            async with asyncio.timeout(HOOK_SECONDS):
                await function(self._context(), *arguments)

    async def drain(self) -> None:
        """Let what goes on come to an end: the process was asked to stop."""
        await self._end("on_drain")

    async def close(self, *, patience: float) -> None:
        """Let requests and streams end, for *patience* seconds at most, then stop. New ones must not come any more."""
        self._closed = True
        await self._started()
        await self._end("on_drain")
        try:
            async with asyncio.timeout(patience):
                await self._idle.wait()
        except TimeoutError:
            _log.warning("requests were broken off", target=self.id, count=len(self._users))
            for task in list(self._users.values()):
                task.cancel()
        await self._end("on_stop")
        self.subapp = None
        self.streams.clear()
        for forget in self.forgets:
            forget()

    async def stop(self) -> None:
        """Stop at the end of the process, or without any patience."""
        self._closed = True
        await self._started()
        await self._end("on_stop")

    async def _started(self) -> None:
        """A start that is under way comes to its end first: what it begins can be ended only then."""
        task = self._starting
        if task is not None and not task.done():
            await asyncio.wait([task], timeout=HOOK_SECONDS)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def _may_retry(self, task: "asyncio.Task[Loaded]") -> bool:
        failed = task.exception() is not None and not self._closed
        return failed and time.monotonic() - self._failed_at >= RETRY_SECONDS

    async def _start(self) -> Loaded:
        try:
            await self._ready()
            # Importing can take a quarter of a second: not on the event loop.
            loaded = await asyncio.to_thread(self.take)
            await self.hook("on_start")
        except Exception as error:
            self._failed_at = time.monotonic()
            self.error = "".join(traceback.format_exception(error)).strip()
            raise
        self.error = ""
        return loaded

    async def _end(self, name: HookName) -> None:
        """Run hooks of the end, if it ever began; one that fails keeps the others from nothing."""
        task = self._starting
        if task is None or not task.done() or task.cancelled() or task.exception() is not None:
            return
        for function in task.result().module.hooks.get(name, ()):
            try:
                async with asyncio.timeout(HOOK_SECONDS):
                    await function(self._context())
            except Exception:
                _log.exception("hook failed", target=self.id, hook=name)
