"""R23: SIGTERM with streams open. What was acknowledged stays, streams can be resumed, the server ends in time."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.rig.conversing import Told, set_up
from tests.rig.provider import answer_text, running_provider
from tests.rig.server import running_server
from tests.rig.waiting import until

STREAMS = 50
HUNDRED = [pytest.param(10, id=f"ten, {turn}", marks=pytest.mark.nightly) for turn in range(10)]
"""A hundred restarts; ten at a time stay below the limit of one test."""
ROUNDS = [pytest.param(3, id="three"), *HUNDRED]


@pytest.mark.parametrize("rounds", ROUNDS)
async def test_r23_a_rolling_restart_loses_nothing(tmp_path: Path, rounds: int) -> None:
    """Short answers finish while the server drains; long ones are interrupted, keep their text and continue. It
    takes as long as a graceful stop does."""
    short, long = 60, 4000
    async with running_provider() as provider, running_server(tmp_path) as server, set_up(server, provider.url) as one:
        for _ in range(rounds):
            models = [f"sim/sim-fast-n{short}-r40", f"sim/sim-fast-n{long}-r40"] * (STREAMS // 2)
            begun = await asyncio.gather(*(one.begin("Count", model) for model in models))
            readers = [asyncio.create_task(one.follow(b["run"]["id"], Told())) for b in begun]
            tolds = [Told() for _ in begun]
            first = [asyncio.create_task(one.follow(b["run"]["id"], t)) for b, t in zip(begun, tolds, strict=True)]
            await until(lambda tolds=tolds: all(len(told.text) > 20 for told in tolds))
            stopping = time.monotonic()
            await server.stop()
            assert time.monotonic() - stopping < 30
            await server.start()
            for told, model in zip(await asyncio.gather(*readers, *first), models * 2, strict=True):
                assert told.ended is not None
                if f"n{short}-" in model:
                    assert told.ended["message_status"] == "complete"
                    assert told.text == answer_text(short)
                else:
                    assert told.ended["message_status"] == "interrupted"
                    assert answer_text(long).startswith(told.text)
            for accepted, model in zip(begun, models, strict=True):
                message = await one.last_message(accepted["conversation"]["id"])
                assert message["status"] == ("complete" if f"n{short}-" in model else "interrupted")
