"""kill -9 at random moments, with people writing and reading: nothing acknowledged may be lost or doubled (R01).

    python -m tests.reliability.kill9 --kills 1000 --writers 50 --streams 50

Writers begin conversations, each message with an `Idempotency-Key`, and repeat a request that got no answer. Readers
follow slow answers through every kill and let an interrupted one continue. After each kill the server must be ready
within 5 s; at the end, which Ctrl-C brings about early, the database is read directly and compared with what was
acknowledged.
"""

import argparse
import asyncio
import contextlib
import random
import signal
import sqlite3
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.rig.conversing import Chatter, Refused, Told, set_up
from tests.rig.provider import answer_text, running_provider
from tests.rig.server import Server, running_server

READY_SECONDS = 5.0
WRITER_MODEL = "sim/sim-fast-n20"
READER_TOKENS = 60
READER_MODEL = f"sim/sim-fast-n{READER_TOKENS}-r40"
SETTLE_SECONDS = 30
"""Without one run ending for so long nobody works on those that are left."""

JOURNAL_SECONDS = 1.0
"""What a reader saw this long before a kill must be in the journal: 150 ms, and a busy machine's slack."""


@dataclass
class Report:
    """What happened, and what was wrong with it."""

    kills: int = 0
    acknowledged: dict[str, str] = field(default_factory=dict[str, str])
    """The text of each acknowledged message and its id."""
    tried: set[str] = field(default_factory=set[str])
    repeated: int = 0
    answers: Counter[str] = field(default_factory=Counter[str])
    continued: int = 0
    resets: int = 0
    slowest_start: float = 0.0
    lives: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])
    """When each process began to serve and when it was killed."""
    wrong: list[str] = field(default_factory=list[str])

    def lines(self) -> list[str]:
        """For a person to read."""
        return [
            f"kills {self.kills}, slowest start {self.slowest_start:.2f} s",
            f"messages acknowledged {len(self.acknowledged)}, requests repeated {self.repeated}",
            f"answers followed {sum(self.answers.values())}: {dict(self.answers)}",
            f"continued {self.continued}, readers reset {self.resets}",
            f"wrong: {len(self.wrong)}",
            *self.wrong[:20],
        ]


class Rig:
    """One run: a server that is killed, writers and readers."""

    def __init__(self, chatter: Chatter, server: Server, seed: int) -> None:
        self.report = Report()
        self._chatter = chatter
        self._server = server
        self._choose = random.Random(seed)
        self._over = False
        self._enough = False
        self._alive_since = time.monotonic()

    async def run(self, kills: int, writers: int, streams: int) -> Report:
        """Kill *kills* times under load, then let everybody finish."""
        people = [asyncio.create_task(self._write(number)) for number in range(writers)]
        people += [asyncio.create_task(self._read(number)) for number in range(streams)]
        for _ in range(kills):
            await asyncio.sleep(self._choose.uniform(0.1, 3.0))
            if self._enough:
                break
            await self._kill()
        self._over = True
        for result in await asyncio.gather(*people, return_exceptions=True):
            if isinstance(result, BaseException):
                self.report.wrong.append(f"somebody gave up: {result!r}")
        return self.report

    def end_early(self) -> None:
        """Kill no more; what happened so far is judged all the same."""
        self._enough = True

    async def _kill(self) -> None:
        self.report.lives.append((self._alive_since, time.monotonic()))
        await self._server.kill()
        begun = time.monotonic()
        await self._server.start()
        self._alive_since = time.monotonic()
        took = self._alive_since - begun
        self.report.kills += 1
        self.report.slowest_start = max(self.report.slowest_start, took)
        if took > READY_SECONDS:
            self.report.wrong.append(f"ready only after {took:.1f} s")
        if self.report.kills % 100 == 0:
            print(f"{self.report.kills} kills, {len(self.report.wrong)} wrong", flush=True)

    async def _write(self, number: int) -> None:
        count = 0
        while not self._over:
            count += 1
            text = f"writer-{number}-message-{count}"
            accepted = await self._begin(text, WRITER_MODEL)
            self.report.acknowledged[text] = accepted["message"]["id"]
            # Like a person: the next message follows the answer. Else short lives leave ever more to be answered.
            await self._chatter.follow(accepted["run"]["id"], Told())

    async def _begin(self, text: str, model: str) -> dict[str, Any]:
        """Begin a conversation, with the same key until there is an answer."""
        self.report.tried.add(text)
        while True:
            try:
                return await self._chatter.begin(text, model, key=text)
            except (aiohttp.ClientError, OSError):
                self.report.repeated += 1
            except Refused as refused:
                if refused.status < 500:
                    raise
            await asyncio.sleep(0.05)

    async def _read(self, number: int) -> None:
        count = 0
        while not self._over:
            count += 1
            accepted = await self._begin(f"reader-{number}-message-{count}", READER_MODEL)
            self.report.acknowledged[f"reader-{number}-message-{count}"] = accepted["message"]["id"]
            await self._follow(accepted)

    async def _follow(self, accepted: dict[str, Any]) -> None:
        """Follow an answer to its end, letting it continue once if it was interrupted, and check it."""
        expected = answer_text(READER_TOKENS)
        conversation = accepted["conversation"]["id"]
        told = await self._chatter.follow(accepted["run"]["id"], Told())
        status = self._check(told, "", expected, "")
        message = await self._patiently("GET", f"/api/conversations/{conversation}/messages")
        kept = _text(message["items"][-1])
        if kept != told.text:
            self.report.wrong.append(f"the reader has {told.text!r}, the message {kept!r}")
        if status == "interrupted":
            on = await self._continue(accepted["run"]["id"])
            if on is None:
                return
            self.report.continued += 1
            more = await self._chatter.follow(on["run"]["id"], Told(dict(told.texts)))
            self._check(more, kept, expected, " continued")
            message = await self._patiently("GET", f"/api/conversations/{conversation}/messages")
            if _text(message["items"][-1]) != more.text:
                self.report.wrong.append("a continued answer is not what its reader has")

    async def _continue(self, run: str) -> dict[str, Any] | None:
        """Continue *run*; `None` if a repeated request finds that the first one was carried out."""
        try:
            return await self._patiently("POST", f"/api/runs/{run}/continue", key=f"continue-{run}")
        except Refused as refused:
            self.report.wrong.append(f"continue was refused: {refused}")
            return None

    def _check(self, told: Told, before: str, expected: str, kind: str) -> str:
        """The reader has *before* and the provider's *expected* text: all of it, or its beginning if interrupted."""
        assert told.ended is not None
        status = str(told.ended["message_status"])
        self.report.answers[status + kind] += 1
        self.report.resets += told.resets
        whole = before + expected
        fits = told.text.startswith(before) and whole.startswith(told.text)
        if not fits or (status == "complete" and told.text != whole):
            self.report.wrong.append(f"{status}{kind}: not the provider's text: {told.text!r}")
        for born, killed in self.report.lives:
            if len(told.text) < told.length_within(born, killed - JOURNAL_SECONDS):
                self.report.wrong.append(f"{status}{kind}: text seen long before a kill was lost")
                break
        return status

    async def _patiently(self, method: str, path: str, key: str = "") -> dict[str, Any]:
        while True:
            try:
                return await self._chatter.call(method, path, headers={"idempotency-key": key} if key else None)
            except (aiohttp.ClientError, OSError):
                await asyncio.sleep(0.05)


def _text(message: dict[str, Any]) -> str:
    return "".join(part.get("text", "") for part in message["parts"])


def examine(database: Path, report: Report) -> None:
    """Compare the database with what was acknowledged."""
    connection = sqlite3.connect(database)
    with contextlib.closing(connection):
        (integrity,) = connection.execute("PRAGMA integrity_check").fetchone()
        if integrity != "ok":
            report.wrong.append(f"integrity: {integrity}")
        stored = Counter(
            text
            for (text,) in connection.execute(
                "SELECT json_extract(p.content, '$.text') FROM message_parts p"
                " JOIN messages m ON m.id = p.message_id WHERE m.role = 'user'"
            )
        )
    report.wrong += [f"lost: {text}" for text in report.acknowledged if not stored[text]]
    report.wrong += [f"doubled: {text} x {count}" for text, count in stored.items() if count > 1]
    report.wrong += [f"never sent: {text}" for text in stored if text not in report.tried]
    if left := unfinished(database):
        report.wrong.append(f"{left} runs were left without an end")


async def settle(database: Path) -> None:
    """Wait until no run is under way any more: after many short lives a backlog is left to be answered."""
    left, patience = -1, SETTLE_SECONDS
    while (now_left := unfinished(database)) and patience > 0:
        patience = SETTLE_SECONDS if now_left != left else patience - 1
        left = now_left
        await asyncio.sleep(1)


def unfinished(database: Path) -> int:
    """How many runs have no end yet, by the database itself."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM runs WHERE finished_at IS NULL").fetchone()[0])


async def kill_repeatedly(folder: Path, *, kills: int, writers: int, streams: int, seed: int) -> Report:
    """The whole test on a fresh installation in *folder*."""
    async with running_provider() as provider, running_server(folder) as server, set_up(server, provider.url) as one:
        rig = Rig(one, server, seed)
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, rig.end_early)
        report = await rig.run(kills, writers, streams)
        await settle(server.data_dir / "modulon.db")
        await server.stop()
        examine(server.data_dir / "modulon.db", report)
        return report


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--streams", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = asyncio.run(
            kill_repeatedly(
                Path(folder), kills=given.kills, writers=given.writers, streams=given.streams, seed=given.seed
            )
        )
    print("\n".join(report.lines()))
    raise SystemExit(1 if report.wrong else 0)


if __name__ == "__main__":
    main()
