"""Bodies that are read some at a time say the same, or fail the same, as when read at once."""

import asyncio
import json
from typing import Any

import pytest

from modulon.core.gateway.bodies import PIECE, TooManyValues, read_json

MANY = 10**7
LONG = "x" * PIECE


async def turns_while(body: bytes) -> int:
    """How often another task has its turn while *body* is read."""
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(other())
    await read_json(body, MANY)
    task.cancel()
    return turns


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"a": [1, 2.5, None, True, "\u00e9\U0001f431"]},
        {"a": {"b": [{"c": LONG, "d": {"\u00e9": [LONG, [LONG]]}}] * 3}, "e": -1},
        [LONG, {"a": [[[[[[[[[LONG]]]]]]]]]}],
        LONG,
        [{"n": number} for number in range(50_000)],
        {"lone": "\ud800", "long": LONG},
        {"not a number": float("inf"), "long": LONG},
    ],
    ids=["empty", "small", "nested", "deep", "text", "many", "half a sign", "infinite"],
)
async def test_it_is_what_was_sent(value: Any) -> None:
    for spaces in (None, 1):
        body = json.dumps(value, indent=spaces).encode()
        assert await read_json(body, MANY) == value
        assert await read_json(b" \n" + body + b"\n", MANY) == value
    assert await read_json(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"), MANY) == value


async def test_the_last_of_two_of_a_name_counts() -> None:
    assert await read_json(b'{"a": 1, "long": "%b", "a": 2}' % LONG.encode(), MANY) == {"a": 2, "long": LONG}


@pytest.mark.parametrize("end", [b"", b"}}", b',"a"}', b"\xff}", b',"a":01}'])
async def test_what_is_no_json_is_said_to_be_none(end: bytes) -> None:
    body = b'{"long": "%b"' % LONG.encode() + end
    with pytest.raises(ValueError, match=r".") as known:
        json.loads(body)
    with pytest.raises(type(known.value)) as found:
        await read_json(body, MANY)
    assert str(found.value) == str(known.value)


async def test_brackets_alone_end_soon() -> None:
    with pytest.raises((RecursionError, ValueError)):
        await read_json(b"[" * (4 * PIECE), MANY)


async def test_values_count_at_all_depths() -> None:
    small = json.dumps({"a": [1, 2, {"b": 3}]}).encode()
    large = json.dumps({"a": [1, 2, {"b": LONG}]}).encode()
    for body in (small, large):
        assert await read_json(body, 5)
        with pytest.raises(TooManyValues):
            await read_json(body, 4)


async def test_others_have_their_turn_after_each_piece() -> None:
    pieces = 40
    items = json.dumps([{"n": number, "text": "x" * 1000} for number in range(pieces * PIECE // 1000)])
    assert await turns_while(b'{"conversations": [{"messages": %b}]}' % items.encode()) >= pieces
