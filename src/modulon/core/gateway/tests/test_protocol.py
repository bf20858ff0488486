"""What one turn of the loop writes leaves in one piece; nothing is held back or lost at the end."""

import asyncio

from modulon.core.gateway.protocol import JoinedWrites


class Recorder(asyncio.Transport):
    """A transport that notes what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[bytes | str] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.told.append(bytes(data))

    def close(self) -> None:
        self.told.append("close")

    def abort(self) -> None:
        self.told.append("abort")


async def test_writes_of_one_turn_are_joined() -> None:
    below = Recorder()
    joined = JoinedWrites(below, asyncio.get_running_loop())
    joined.write(b"head ")
    joined.write(memoryview(b"body"))
    assert below.told == []
    await asyncio.sleep(0)
    joined.write(b"more")
    await asyncio.sleep(0)
    assert below.told == [b"head body", b"more"]


async def test_closing_sends_what_waits_and_aborting_does_not() -> None:
    closed, aborted = Recorder(), Recorder()
    for below, end in ((closed, JoinedWrites.close), (aborted, JoinedWrites.abort)):
        joined = JoinedWrites(below, asyncio.get_running_loop())
        joined.write(b"last words")
        end(joined)
    await asyncio.sleep(0)
    assert closed.told == [b"last words", "close"]
    assert aborted.told == ["abort"]
