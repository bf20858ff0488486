"""Several web workers on one socket: started, watched, replaced, drained together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence

import structlog

_log = structlog.get_logger(module="supervisor")

_BACK_OFF = (0.0, 0.5, 1.0, 2.0, 5.0)
"""Seconds before a worker is started again, by how many times it died within a minute."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on *host*:*port*; raises `OSError` if it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        sock.listen(2048)
    except OSError:
        sock.close()
        raise
    return sock


class Supervisor:
    """Runs *command* as *count* workers that share *sock*; the worker's number is in `MODULON_WORKER`."""

    def __init__(self, command: Sequence[str], count: int, sock: socket.socket) -> None:
        self._command = list(command)
        self._count = count
        self._socket = sock
        self._workers: dict[int, subprocess.Popen[bytes]] = {}
        self._deaths: dict[int, list[float]] = {}
        self._stopping = False

    def run(self) -> int:
        """Supervise until told to stop; returns the exit code."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._stop)
        # The first one migrates and makes the keys; the others follow once it is up.
        for number in range(self._count):
            self._start(number)
        while self._workers:
            self._reap()
            time.sleep(0.1)
        return 0

    def _start(self, number: int) -> None:
        environment = {**os.environ, "MODULON_WORKER": str(number)}
        self._workers[number] = subprocess.Popen(  # noqa: S603 - our own command line
            [*self._command, "--fd", str(self._socket.fileno())],
            pass_fds=[self._socket.fileno()],
            env=environment,
            stdin=subprocess.DEVNULL,
        )

    def _reap(self) -> None:
        for number, worker in list(self._workers.items()):
            code = worker.poll()
            if code is None:
                continue
            del self._workers[number]
            if self._stopping:
                continue
            now = time.monotonic()
            deaths = [t for t in self._deaths.get(number, []) if now - t < 60] + [now]
            self._deaths[number] = deaths
            wait = _BACK_OFF[min(len(deaths) - 1, len(_BACK_OFF) - 1)]
            _log.error("a worker died and is started again", worker=number, code=code, wait=wait)
            time.sleep(wait)
            self._start(number)

    def _stop(self, number: int, frame: object) -> None:
        del number, frame
        self._stopping = True
        for worker in self._workers.values():
            worker.send_signal(signal.SIGTERM)


def worker_command(arguments: Sequence[str]) -> list[str]:
    """The command line of a worker."""
    return [sys.executable, "-m", "modulon", "serve", *arguments]
