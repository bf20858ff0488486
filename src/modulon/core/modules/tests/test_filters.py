"""A chain of filters: order, time limits, failing open and closed."""

import asyncio
from typing import cast

import pytest
import structlog

from modulon.core.modules.filters import FilterFailed, run_chain
from modulon.sdk import Context, Filter, FilterPoint, Invalid

POINT = FilterPoint("test.words", str)


class _Ctx:
    module = "acme.test"
    log = structlog.get_logger()


CTX = cast("Context", _Ctx())


def appending(word: str, priority: int) -> Filter[str]:
    async def append(ctx: Context, value: str) -> str:
        return f"{value} {word}"

    return Filter(POINT, append, priority)


async def test_lower_priority_runs_first() -> None:
    chain = [(CTX, appending("second", 20)), (CTX, appending("first", 10))]
    assert await run_chain(POINT, "zero", chain) == "zero first second"


async def test_an_open_filter_that_hangs_is_skipped() -> None:
    async def hang(ctx: Context, value: str) -> str:
        await asyncio.Event().wait()
        return value

    chain = [(CTX, Filter(POINT, hang, 1, timeout=0.01)), (CTX, appending("on", 2))]
    assert await run_chain(POINT, "goes", chain) == "goes on"


async def test_a_closed_filter_that_fails_ends_the_action() -> None:
    async def fail(ctx: Context, value: str) -> str:
        raise RuntimeError("broken")

    with pytest.raises(FilterFailed):
        await run_chain(POINT, "x", [(CTX, Filter(POINT, fail, fail="closed"))])


async def test_a_problem_raised_on_purpose_always_ends_the_action() -> None:
    async def refuse(ctx: Context, value: str) -> str:
        raise Invalid("not this word")

    with pytest.raises(Invalid, match="not this word"):
        await run_chain(POINT, "x", [(CTX, Filter(POINT, refuse, fail="open"))])


async def test_a_result_of_another_type_counts_as_failure() -> None:
    async def confuse(ctx: Context, value: str) -> str:
        return cast("str", 7)

    assert await run_chain(POINT, "kept", [(CTX, Filter(POINT, confuse))]) == "kept"
