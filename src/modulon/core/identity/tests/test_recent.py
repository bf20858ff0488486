"""Values a second old."""

import asyncio

import pytest

from modulon.core.identity.recent import Recent


class Source:
    """Answers with how often it was asked, once it is let."""

    def __init__(self) -> None:
        self.asked = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def load(self, key: str) -> str:
        self.asked += 1
        answer = f"{key} {self.asked}"
        await self.gate.wait()
        if key == "broken":
            raise LookupError(key)
        return answer


async def test_a_value_is_loaded_once_while_it_is_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    source, clock = Source(), [100.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    recent = Recent(source.load)
    assert [await recent.get("a"), await recent.get("a")] == ["a 1", "a 1"]
    clock[0] += 0.99
    assert await recent.get("a") == "a 1"
    clock[0] += 0.02
    assert await recent.get("a") == "a 2"


async def test_callers_at_the_same_time_share_one_load() -> None:
    source = Source()
    recent = Recent(source.load)
    assert set(await asyncio.gather(*(recent.get("a") for _ in range(50)))) == {"a 1"}


async def test_a_caller_that_goes_away_takes_nobody_along() -> None:
    source = Source()
    source.gate.clear()
    recent = Recent(source.load)
    first, second = asyncio.create_task(recent.get("a")), asyncio.create_task(recent.get("a"))
    await asyncio.sleep(0)
    first.cancel()
    source.gate.set()
    assert await second == "a 1"
    assert first.cancelled()


@pytest.mark.parametrize("how", ["forget", "clear"])
async def test_a_load_that_began_before_a_change_is_not_kept(how: str) -> None:
    source = Source()
    source.gate.clear()
    recent = Recent(source.load)
    old = asyncio.create_task(recent.get("a"))
    await asyncio.sleep(0)
    recent.forget("a") if how == "forget" else recent.clear()
    new = asyncio.create_task(recent.get("a"))
    await asyncio.sleep(0)
    source.gate.set()
    assert (await old, await new) == ("a 1", "a 2")
    assert await recent.get("a") == "a 2"


async def test_a_failure_is_told_and_not_kept() -> None:
    source = Source()
    recent = Recent(source.load)
    for _ in range(2):
        with pytest.raises(LookupError):
            await recent.get("broken")
    assert source.asked == 2


async def test_the_oldest_make_room() -> None:
    source = Source()
    recent = Recent(source.load, size=2)
    for key in ("a", "b", "c"):
        await recent.get(key)
    assert await recent.get("c") == "c 3"
    assert await recent.get("a") == "a 4"
