"""Notices that the event loop does not turn, and says where it hangs.

A probe of `/live` gets no answer then, which is what it is for. A thread of its own looks: what blocks the loop cannot
tell of it. It counts its own turns, so that a machine that was asleep is not taken for a loop that was.
"""

import asyncio
import os
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Final

import structlog

TURN: Final = 1.0
"""Seconds between two looks."""

SAID_AFTER: Final = 5
GIVEN_UP_AFTER: Final = 30
"""Turns without a sign of the loop, until it is told of, and until the process ends if somebody starts it again."""

STUCK: Final = 70
"""The exit code of a process that gave itself up: EX_SOFTWARE."""

_log = structlog.get_logger(module="engine")


class Watchdog:
    """Watches the running loop from `start` to `stop`. With *give_up*, it is called once the loop is past hope."""

    def __init__(self, *, turn: float = TURN, give_up: Callable[[], None] | None = None) -> None:
        self._turn = turn
        self._give_up = give_up
        self._alive = threading.Event()
        self._ended = threading.Event()
        self._watched = 0
        self._handle: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin; called on the loop."""
        self._watched = threading.get_ident()
        self._beat(asyncio.get_running_loop())
        threading.Thread(target=self._watch, name="modulon-watchdog", daemon=True).start()

    def stop(self) -> None:
        """End; called on the loop."""
        self._ended.set()
        if self._handle is not None:
            self._handle.cancel()

    def _beat(self, loop: asyncio.AbstractEventLoop) -> None:
        self._alive.set()
        self._handle = loop.call_later(self._turn / 2, self._beat, loop)

    def _watch(self) -> None:
        missed = 0
        while not self._ended.wait(self._turn):
            if self._alive.is_set():
                self._alive.clear()
                if missed >= SAID_AFTER:
                    _log.warning("the event loop turns again", seconds=round(missed * self._turn))
                missed = 0
                continue
            missed += 1
            if missed == SAID_AFTER:
                _log.error("the event loop is blocked", seconds=round(missed * self._turn), where=self._where())
            if missed == GIVEN_UP_AFTER and self._give_up is not None:
                _log.error("the event loop is blocked and this process ends", where=self._where())
                self._give_up()

    def _where(self) -> str:
        """What the loop's thread is doing now."""
        frame = sys._current_frames().get(self._watched)  # pyright: ignore[reportPrivateUsage] - documented
        return "" if frame is None else "".join(traceback.format_stack(frame, limit=12))


def end_process() -> None:
    """End at once, as if killed: nothing on the loop could tidy up, and what was acknowledged is on disk."""
    os._exit(STUCK)
