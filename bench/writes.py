"""How many durable writes a second the server accepts, beside SQLite alone with a commit for each."""

import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from bench.client import Connection, request_bytes
from bench.command import run_command
from bench.conversation import new_conversation
from bench.load import Action, Done, Tally
from bench.parts import Target, modulon, provider
from bench.rounds import Effort, in_turn
from bench.table import Line

CLIENTS = 64
SQLITE_SECONDS = 1.0


def repeat(request: bytes, status: int) -> Action:
    async def send(connection: Connection) -> Done:
        started = time.perf_counter()
        (await connection.ask(request)).expect(status)
        return Done((time.perf_counter() - started) * 1000)

    return send


def accept(target: Target) -> Action:
    """Open an empty conversation: one transaction, answered when it is on disk."""
    address = f"{target.url}/api/conversations"
    return repeat(request_bytes("POST", address, key=target.key, body={"title": "A conversation"}), 201)


def accept_message(target: Target) -> Action:
    """Open a conversation with a message; its answer is empty, so that runs cost little."""
    return repeat(new_conversation(target, "sim-empty"), 202)


def sqlite_alone() -> float:
    """Rows a second, each in a transaction of its own that is on disk before the next begins."""
    with tempfile.TemporaryDirectory(prefix="modulon-bench-") as folder:
        database = sqlite3.connect(Path(folder, "alone.db"), isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("CREATE TABLE conversation (id INTEGER PRIMARY KEY, title TEXT NOT NULL)")
        started, rows = time.perf_counter(), 0
        while time.perf_counter() - started < SQLITE_SECONDS:
            database.execute("INSERT INTO conversation (title) VALUES ('A conversation')")
            rows += 1
        elapsed = time.perf_counter() - started
        database.close()
        return rows / elapsed


async def measure(effort: Effort) -> list[Line]:
    alone = statistics.median(sqlite_alone() for _ in range(effort.rounds))
    async with provider() as upstream, modulon(upstream) as ours:
        empty = (await in_turn((ours,), accept, clients=CLIENTS, effort=effort))[ours.name]
        message = (await in_turn((ours,), accept_message, clients=CLIENTS, effort=effort))[ours.name]
    return [
        Line("conversations opened, 64 clients", "1/s", empty.median(lambda t: t.per_second), "≥ 5,000", alone),
        Line("conversation opened: CPU", "ms", empty.median(lambda t: t.cpu_ms)),
        Line("conversation opened: latency, p99", "ms", empty.median(lambda t: Tally.latency(t, 0.99))),
        Line("messages accepted, each with a run, 64 clients", "1/s", message.median(lambda t: t.per_second)),
        Line("message accepted and answered: CPU", "ms", message.median(lambda t: t.cpu_ms), "≤ 0.6"),
    ]


if __name__ == "__main__":
    run_command("Durable writes beside SQLite alone", measure)
