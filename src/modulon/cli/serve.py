"""`modulon serve`."""

import asyncio
import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import structlog
import typer
import uvicorn

from modulon.core.app import Application
from modulon.core.config import Config, load_config
from modulon.core.engine import garbage
from modulon.core.engine.supervisor import Supervisor, listen, worker_command
from modulon.core.engine.watchdog import Watchdog, end_process
from modulon.core.gateway.protocol import Protocol
from modulon.core.telemetry.logs import configure_logs

_NEXT_PORTS = 20
_log = structlog.get_logger(module="engine")


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port; the next free one if it is taken.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Folder that holds everything.")] = None,
    workers: Annotated[int | None, typer.Option(help="Web processes.")] = None,
    modules_dir: Annotated[Path | None, typer.Option(help="Folder with more modules; needs --dev.")] = None,
    dev: Annotated[bool | None, typer.Option("--dev", help="For work on Modulon itself.")] = None,
    safe: Annotated[bool | None, typer.Option("--safe", help="Start without plugins and extensions.")] = None,
    new_instance: Annotated[bool | None, typer.Option("--new-instance", help="Begin anew in an empty folder.")] = None,
    fd: Annotated[int, typer.Option(hidden=True)] = -1,
) -> None:
    """Start the server."""
    config = load_config(
        host=host,
        port=port,
        data_dir=data_dir,
        workers=workers,
        modules_dir=modules_dir,
        dev=dev,
        safe=safe,
        new_instance=new_instance,
    )
    configure_logs(config.log_level, pretty=sys.stderr.isatty())
    if fd >= 0:
        _run(config, socket.socket(fileno=fd), announce=os.environ.get("MODULON_WORKER") == "0")
        return
    sock = _listen_near(config)
    if config.workers > 1:
        os.environ.setdefault("MODULON_PARENT", str(os.getpid()))
        raise SystemExit(Supervisor(worker_command(sys.argv[2:]), config.workers, sock).run())
    _run(config, sock, announce=True)


def _listen_near(config: Config) -> socket.socket:
    """Listen on the configured port or one of the next ones, saying so."""
    for port in range(config.port, config.port + _NEXT_PORTS):
        try:
            sock = listen(config.host, port)
        except OSError as error:
            if config.port == 0 or port == config.port + _NEXT_PORTS - 1:
                raise OSError(f"cannot listen on {config.host}:{port}: {error.strerror}") from error
            continue
        if port != config.port:
            typer.echo(f"Port {config.port} is taken; using {port}.", err=True)
        return sock
    raise OSError(f"no free port near {config.port}")


class _Server(uvicorn.Server):
    """uvicorn, but health is answered while the application starts, which may take long when it migrates, and the
    application hears of the end before open connections are waited for."""

    def __init__(self, config: uvicorn.Config, application: Application, *, supervised: bool) -> None:
        super().__init__(config)
        self._application = application
        # A worker that hangs is one that others hide from every probe: only the supervisor can replace it.
        self._watchdog = Watchdog(give_up=end_process if supervised else None)
        self._starting: asyncio.Task[None] | None = None
        self.failure: BaseException | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._watchdog.start()
        await super().startup(sockets)
        self._starting = asyncio.create_task(self._start())

    async def _start(self) -> None:
        try:
            await self._application.start()
        except Exception as error:
            self.failure, self.should_exit = error, True
            return
        # When every module is loaded, what lives is there to stay.
        await self._application.boot.warmed()
        garbage.settle()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        if self._starting is not None:
            self._starting.cancel()
            await asyncio.wait([self._starting])
        await self._application.drain()
        await super().shutdown(sockets)
        await self._application.stop()
        self._watchdog.stop()


def _run(config: Config, sock: socket.socket, *, announce: bool) -> None:
    garbage.relax()
    # A busy event loop would keep the writer thread waiting for the interpreter for 5 ms at a time.
    sys.setswitchinterval(0.0005)
    address, port = sock.getsockname()[:2]
    shown = f"[{address}]" if ":" in address else address
    base = f"http://{'127.0.0.1' if shown == '0.0.0.0' else shown}:{port}"  # noqa: S104 - only shown

    def say(token: str | None) -> None:
        if not announce:
            return
        typer.echo(f"Modulon is ready at {base}")
        if token:
            typer.echo(f"Set it up here, within 60 minutes: {base}/setup#token={token}")
        sys.stdout.flush()

    application = Application(config, announce=say)
    server = _Server(
        uvicorn.Config(
            application,
            loop="uvloop",
            http=Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=10,
            timeout_keep_alive=75,
        ),
        application,
        supervised="MODULON_WORKER" in os.environ,
    )
    server.run(sockets=[sock])
    if server.failure is not None:
        _log.debug("the start failed", exc_info=server.failure)
        typer.echo(f"{server.failure}\nModulon did not start.", err=True)
        raise SystemExit(3)
