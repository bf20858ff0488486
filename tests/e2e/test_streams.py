"""Streams of a whole server over real connections: cut, moved to another worker, killed, stopped."""

import asyncio
import random
import time
from pathlib import Path

import aiohttp
import pytest

from tests.rig.conversing import Chatter, Told, set_up
from tests.rig.provider import Provider, answer_text
from tests.rig.server import Server, running_server
from tests.rig.waiting import until


async def read_for(chatter: Chatter, run: str, told: Told, seconds: float) -> None:
    """Read *run* until the connection is cut after *seconds*."""
    try:
        async with asyncio.timeout(seconds):
            await chatter.follow_once(run, told)
    except TimeoutError:
        pass


class CutOff(Exception):
    """The network is gone."""


class Cut(Told):
    """A reader whose connection ends with the token that makes its text longer than *limit*."""

    limit = 0

    def take(self, block: bytes) -> None:
        super().take(block)
        if len(self.text) > self.limit and not self.ended:
            raise CutOff


async def test_r07_a_reader_cut_again_and_again_has_the_exact_text(server: Server, provider: Provider) -> None:
    """R07: 1,000 tokens at 400/s, four readers whose network is cut at random moments."""
    choose = random.Random(7)
    async with set_up(server, provider.url) as one:
        accepted = await one.begin("Count", "sim/sim-fast-n1000-r400")
        run = accepted["run"]["id"]

        async def reader() -> Told:
            told = Told()
            while not told.ended:
                await read_for(one, run, told, choose.uniform(0.01, 0.2))
            return told

        for told in await asyncio.gather(*(reader() for _ in range(4))):
            assert told.text == answer_text(1000)
            assert told.resets == 0
        message = await one.last_message(accepted["conversation"]["id"])
        assert message["parts"][0]["text"] == answer_text(1000)
        assert message["status"] == "complete"


@pytest.mark.nightly
async def test_r07_a_thousand_cuts_at_random_tokens_lose_nothing(server: Server, provider: Provider) -> None:
    """R07: readers whose connection breaks at a random token and who come back, a thousand times in all. Whoever
    comes back gets what was missed in one piece, so it takes several answers."""
    choose, tokens, cuts = random.Random(1007), 1000, 0
    async with set_up(server, provider.url) as one:
        while cuts < 1000:
            accepted = await one.begin("Count", f"sim/sim-fast-n{tokens}-r200")
            readers = [cut_again_and_again(one, accepted["run"]["id"], choose) for _ in range(20)]
            for told, cut in await asyncio.gather(*readers):
                assert told.text == answer_text(tokens)
                assert told.resets == 0
                cuts += cut
            message = await one.last_message(accepted["conversation"]["id"])
            assert message["parts"][0]["text"] == answer_text(tokens)


async def cut_again_and_again(chatter: Chatter, run: str, choose: random.Random) -> tuple[Told, int]:
    """What a reader has in the end, and how often it was cut off."""
    told, cuts = Cut(), 0
    while not told.ended:
        told.limit = len(told.text) + choose.randint(0, 60)
        try:
            await chatter.follow_once(run, told)
        except CutOff:
            cuts += 1
    return told, cuts


async def test_a_reload_and_a_second_tab_see_the_same(server: Server, provider: Provider) -> None:
    async with set_up(server, provider.url) as one:
        accepted = await one.begin("Count", "sim/sim-fast-n200-r200")
        run = accepted["run"]["id"]
        first = Told()
        await read_for(one, run, first, 0.4)
        assert first.text
        reloaded, second = await asyncio.gather(one.follow(run, Told()), one.follow(run, Told()))
        resumed = await one.follow(run, first)
        assert reloaded.text == second.text == resumed.text == answer_text(200)


async def test_stop_reaches_the_provider_within_a_tenth_of_a_second(server: Server, provider: Provider) -> None:
    async with set_up(server, provider.url) as one:
        accepted = await one.begin("Count", "sim/sim-fast-n1000-r50")
        told = Told()
        following = asyncio.create_task(one.follow(accepted["run"]["id"], told))
        await until(lambda: bool(told.text))
        begun = time.monotonic()
        stopping = asyncio.create_task(one.call("POST", f"/api/runs/{accepted['run']['id']}/stop"))
        await until(lambda: provider.stats.abandoned == 1)
        assert time.monotonic() - begun < 0.5, "100 ms, and what a busy machine adds"
        assert (await stopping)["state"] == "cancelled"
        await following
        assert told.ended is not None
        assert told.ended["message_status"] == "cancelled"
        message = await one.last_message(accepted["conversation"]["id"])
        assert message["parts"][0]["text"] == told.text


async def test_a_killed_server_takes_back_what_it_never_made_durable(server: Server, provider: Provider) -> None:
    """The reader was ahead of the journal: it ends with exactly what is stored, labelled, and can continue."""
    async with set_up(server, provider.url) as one:
        accepted = await one.begin("Count", "sim/sim-fast-n1000-r100")
        run = accepted["run"]["id"]
        told = Told()
        following = asyncio.create_task(one.follow(run, told))
        await until(lambda: len(told.text) > 100)
        await server.kill()
        await server.start()
        await following
        assert told.ended is not None
        assert told.ended["message_status"] == "interrupted"
        assert told.ended["error"]["code"] == "chat.server_stopped"
        message = await one.last_message(accepted["conversation"]["id"])
        assert message["status"] == "interrupted"
        assert message["parts"][0]["text"] == told.text
        assert answer_text(1000).startswith(told.text)

        on = await one.call("POST", f"/api/runs/{run}/continue")
        assert on["run"]["parent_run_id"] == run
        more = Told(dict(told.texts))
        following = asyncio.create_task(one.follow(on["run"]["id"], more))
        await until(lambda: len(more.text) > len(told.text))
        await one.call("POST", f"/api/runs/{on['run']['id']}/stop")
        await following
        assert more.text.startswith(told.text)


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_reader_may_move_between_workers(tmp_path: Path, provider: Provider, seed: int) -> None:
    """Each connection lands on whichever of two workers takes it; the run is in one of them."""
    choose = random.Random(seed)
    async with running_server(tmp_path, "--workers", "2") as server, set_up(server, provider.url) as one:
        accepted = await one.begin("Count", "sim/sim-fast-n300-r100")
        told = Told()
        while not told.ended:
            connector = aiohttp.TCPConnector(force_close=True)
            async with aiohttp.ClientSession(connector=connector) as session:
                fresh = Chatter(server, session, one.headers)
                await read_for(fresh, accepted["run"]["id"], told, choose.uniform(0.1, 0.4))
        assert told.text == answer_text(300)
        assert told.resets == 0
