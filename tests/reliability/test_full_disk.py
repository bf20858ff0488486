"""R24, R04: a data folder without room left: what is there can be read, what would be lost is refused."""

import asyncio
import os
from pathlib import Path

import aiohttp

from tests.rig.conversing import Chatter, Refused, Told, set_up
from tests.rig.provider import Provider, answer_text
from tests.rig.server import Server, running_server

RESUMES_WITHIN = 5.0
"""Seconds from the moment there is room again."""


def fill(folder: Path) -> Path:
    """Write until nothing more fits."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        size = 1024 * 1024
        while size:
            try:
                os.write(file.fileno(), bytes(size))
            except OSError:
                size //= 2
    return ballast


async def ready(server: Server) -> tuple[int, dict[str, object]]:
    async with aiohttp.ClientSession() as session, session.get(f"{server.url}/ready") as response:
        return response.status, await response.json()


async def name_many(one: Chatter, prefix: str, kept: set[str], refused: set[str]) -> None:
    """Begin conversations until one is refused, or there are 300."""
    for number in range(300):
        title = f"{prefix} {number} " + "x" * 150
        try:
            await one.call("POST", "/api/conversations", {"title": title})
            kept.add(title)
        except Refused as problem:
            if problem.status != 507 or "no space left" not in str(problem):
                raise
            refused.add(title)
            return


async def titles(one: Chatter) -> set[str]:
    found: set[str] = set()
    cursor = ""
    while True:
        page = await one.call("GET", f"/api/conversations?limit=100&cursor={cursor}")
        found |= {item["title"] for item in page["items"]}
        if not (cursor := page["next"] or ""):
            return found


async def test_r24_r04_a_full_disk_refuses_writes_and_nothing_else(
    tmp_path: Path, small: Path, provider: Provider
) -> None:
    kept: set[str] = set()
    refused: set[str] = set()
    asked: set[str] = set()
    environment = {"MODULON_DATA_DIR": str(small)}
    async with running_server(tmp_path, environment=environment) as server, set_up(server, provider.url) as one:
        told = await one.begin("Hello", "sim/sim-fast-n20")
        await one.follow(told["run"]["id"], Told())
        for turn in range(3):
            await name_many(one, f"before {turn}", kept, refused)
            ballast = fill(small)
            while not any(title.startswith(f"full {turn}") for title in refused):
                await name_many(one, f"full {turn}", kept, refused)
            for _ in range(20):
                assert await titles(one) >= kept
                await ask_until_refused(one, asked)
            assert (await one.last_message(told["conversation"]["id"]))["parts"][0]["text"] == answer_text(20)
            assert await ready(server) == (200, {"status": "degraded", "problems": {"disk": "full"}})
            ballast.unlink()
            assert await ready(server) == (200, {"status": "ok"})
            title = f"after {turn}"
            await resumed(one, title)
            kept.add(title)
        await server.kill()
        await server.start()
        assert {title for title in await titles(one) if title in kept | refused} == kept
        for conversation in asked:
            await one.call("GET", f"/api/conversations/{conversation}")


async def ask_until_refused(one: Chatter, asked: set[str]) -> None:
    """Ask until it is refused. Some fit although the disk is full: SQLite writes its log anew from the start after a
    checkpoint, in room that the file has already; what was accepted is kept like everything else."""
    for _ in range(300):
        try:
            told = await one.begin("Hello", "sim/sim-fast-n20")
        except Refused as problem:
            if problem.status != 507:
                raise
            return
        asked.add(told["conversation"]["id"])
    raise AssertionError("a full disk took 300 messages")


async def resumed(one: Chatter, title: str) -> None:
    """A write within `RESUMES_WITHIN` seconds, by the same process."""

    async with asyncio.timeout(RESUMES_WITHIN):
        while True:
            try:
                await one.call("POST", "/api/conversations", {"title": title})
                return
            except Refused as problem:
                if problem.status != 507:
                    raise
                await asyncio.sleep(0.05)
