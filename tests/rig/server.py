"""A whole Modulon server in a process of its own: started, killed and started again like the real thing."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec

from modulon.core.modules import index
from modulon.core.modules.discover import discover

READY = re.compile(r"ready at (http://\S+)")
SETUP_LINK = re.compile(r"(http://\S+/setup#token=(\S+))")
START_TIMEOUT = 30.0
STOP_TIMEOUT = 35.0
"""Seconds; a little over the server's own limit for a graceful stop."""
PASSWORD = "correct horse battery staple"


class ServerFailed(RuntimeError):
    """The server or a command did not do what it should; the message holds what it printed."""


class Server:
    """One installation: a data folder, and the process that serves it while it runs."""

    def __init__(self, folder: Path, *, environment: dict[str, str], arguments: tuple[str, ...] = ()) -> None:
        self.data_dir = folder / "data"
        self.log = folder / "server.log"
        self.url = ""
        """Base address, the same after every restart."""
        self.setup_link = ""
        self.setup_token = ""
        self._arguments = arguments
        self._environment = _environment(folder, environment)
        self._process: Process | None = None
        self._reading: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        return self._running.pid

    @property
    def _running(self) -> Process:
        if self._process is None:
            raise ServerFailed("the server is not running")
        return self._process

    async def start(self) -> None:
        """Start and wait until it serves. The first start takes a free port, later ones the same."""
        port = self.url.rpartition(":")[2] or "0"
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "modulon", "serve", "--port", port, *self._arguments),
                env=self._environment,
                stdin=DEVNULL,
                stdout=PIPE,
                stderr=log,
                start_new_session=True,  # so that `kill` reaches its workers too
            )
        ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._reading = asyncio.create_task(self._read_output(self._process, ready))
        try:
            async with asyncio.timeout(START_TIMEOUT):
                self.url = await ready
        except ServerFailed:
            await self._gone()
            raise
        except TimeoutError:
            await self.kill()
            raise ServerFailed(f"not ready after {START_TIMEOUT:.0f} s:\n{self.log.read_text()}") from None

    async def _read_output(self, process: Process, ready: asyncio.Future[str]) -> None:
        """Keep what the server prints, and notice when it says that it is ready."""
        assert process.stdout is not None
        with self.log.open("ab") as log:
            async for line in process.stdout:
                log.write(line)
                log.flush()
                self._notice(line.decode(errors="replace"), ready)
        if not ready.done():
            ready.set_exception(ServerFailed(f"it stopped while starting:\n{self.log.read_text()}"))

    def _notice(self, line: str, ready: asyncio.Future[str]) -> None:
        if (match := READY.search(line)) and not ready.done():
            ready.set_result(match[1])
        if match := SETUP_LINK.search(line):
            self.setup_link, self.setup_token = match.groups()

    async def kill(self) -> None:
        """kill -9: nothing of the server gets to tidy up."""
        os.killpg(self._running.pid, signal.SIGKILL)
        await self._gone()

    async def stop(self) -> int:
        """Ask it to stop and wait; returns the exit code."""
        self._running.terminate()
        try:
            async with asyncio.timeout(STOP_TIMEOUT):
                return await self._gone()
        except TimeoutError:
            await self.kill()
            raise ServerFailed(f"still running {STOP_TIMEOUT:.0f} s after SIGTERM:\n{self.log.read_text()}") from None

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def close(self) -> None:
        """End the process if it still runs; for the end of a test, whatever its state."""
        if self._process is not None and self._process.returncode is None:
            await self.stop()

    async def _gone(self) -> int:
        code = await self._running.wait()
        if self._reading is not None:
            await self._reading
        self._process = self._reading = None
        return code

    async def command(self, *arguments: str, stdin: str = "") -> str:
        """Run `modulon …` on this installation and return what it printed. Works while the server runs."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "modulon", *arguments), env=self._environment, stdin=PIPE, stdout=PIPE, stderr=PIPE
        )
        output, errors = await process.communicate(stdin.encode())
        if process.returncode != 0:
            raise ServerFailed(f"modulon {' '.join(arguments)}: {errors.decode()}{output.decode()}")
        return output.decode()

    async def create_user(self, email: str, *, admin: bool = False, password: str = PASSWORD) -> None:
        role = ("--admin",) if admin else ()
        await self.command("user", "create", "--email", email, *role, "--password-stdin", stdin=password)

    async def create_key(self, email: str, *scopes: str, name: str = "test") -> str:
        """Make an API key of the user and return it; by default for inference only."""
        wanted = [word for scope in scopes or ("inference",) for word in ("--scope", scope)]
        printed = await self.command("key", "create", "--user", email, "--name", name, *wanted, "--json")
        return str(_json(printed)["key"])

    async def add_provider(self, name: str, url: str, *, key: str = "") -> dict[str, Any]:
        """Add an OpenAI-compatible provider; returns what the command printed."""
        secret = ("--key-stdin",) if key else ()
        place = ("--kind", "openai", "--name", name, "--base-url", url)
        return _json(await self.command("provider", "add", *place, *secret, "--json", stdin=key))


def _json(printed: str) -> dict[str, Any]:
    return msgspec.json.decode(printed, type=dict[str, Any])


def _environment(folder: Path, extra: dict[str, str]) -> dict[str, str]:
    """This process's environment without its own Modulon settings; every path lies in *folder*."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MODULON_")}
    own = {
        "MODULON_DATA_DIR": str(folder / "data"),
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_DATA_HOME": str(folder / "share"),
        "PYTHONUNBUFFERED": "1",
    }
    return {**inherited, **own, **extra}


def freshen_route_index() -> None:
    """Make the index that a server reads at its start, unless it fits: tests may be run without `make`."""
    try:
        index.read_index(discover())
    except index.StaleIndex:
        index.main()


@asynccontextmanager
async def running_server(
    folder: Path, *arguments: str, environment: dict[str, str] | None = None
) -> AsyncIterator[Server]:
    """Start a server whose files lie in *folder*; *arguments* go to `modulon serve`."""
    freshen_route_index()
    server = Server(folder, environment=environment or {}, arguments=arguments)
    await server.start()
    try:
        yield server
    finally:
        await server.close()
