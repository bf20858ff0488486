"""R24: a loop that does not turn is noticed, told of with the place where it hangs, and given up if that is wanted."""

import asyncio
import threading

import structlog

from modulon.core.engine.watchdog import GIVEN_UP_AFTER, SAID_AFTER, Watchdog
from tests.rig.waiting import until

TURN = 0.005


def hang(until_then: threading.Event) -> None:
    """Keep the loop from turning."""
    assert until_then.wait(20)


async def test_r24_a_blocked_loop_is_told_of_and_given_up() -> None:
    given_up = threading.Event()
    with structlog.testing.capture_logs() as logs:
        watchdog = Watchdog(turn=TURN, give_up=given_up.set)
        watchdog.start()
        hang(given_up)
        await until(lambda: len(logs) == 3)
        watchdog.stop()
    told, ended, again = logs
    assert told["event"] == "the event loop is blocked"
    assert "in hang" in told["where"]
    assert "in hang" in ended["where"]
    assert again["event"] == "the event loop turns again"
    assert again["seconds"] >= (GIVEN_UP_AFTER - SAID_AFTER) * TURN - 1


async def test_r24_a_busy_loop_is_left_alone() -> None:
    with structlog.testing.capture_logs() as logs:
        watchdog = Watchdog(turn=TURN, give_up=lambda: logs.append({"event": "given up"}))
        watchdog.start()
        for _ in range(100):
            await asyncio.sleep(TURN / 2)
        watchdog.stop()
    assert logs == []


async def test_r24_without_anybody_to_start_it_again_it_stays() -> None:
    """A process of its own may come back; ending it is for whoever probes it to decide."""
    released = threading.Event()
    with structlog.testing.capture_logs() as logs:
        watchdog = Watchdog(turn=TURN)
        watchdog.start()
        timer = threading.Timer(TURN * GIVEN_UP_AFTER * 3, released.set)
        timer.start()
        hang(released)
        await until(lambda: len(logs) == 2)
        watchdog.stop()
        timer.join()
    assert [one["event"] for one in logs] == ["the event loop is blocked", "the event loop turns again"]
