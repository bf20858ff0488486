"""Run a chain of filters around an action."""

import asyncio
from collections.abc import Sequence
from typing import Any, TypeVar

from modulon.sdk.context import Context
from modulon.sdk.errors import Problem, Unavailable
from modulon.sdk.filters import Filter, FilterPoint

T = TypeVar("T")


class FilterFailed(Unavailable):
    """A filter that must not be skipped failed or took too long."""

    code = "filters.failed"
    title = "A filter failed"
    detail = "A module that checks this action failed, so it was not carried out. Nothing was changed."


async def run_chain(point: FilterPoint[T], value: T, chain: Sequence[tuple[Context, Filter[Any]]]) -> T:
    """Pass *value* through *chain* in order of priority; each link acts in its own module's context.

    A link that fails or exceeds its time limit is skipped (`open`) or ends the action (`closed`). A `Problem` it
    raises on purpose always ends the action.
    """
    for ctx, link in sorted(chain, key=lambda item: item[1].priority):
        try:
            async with asyncio.timeout(link.timeout):
                result = await link.function(ctx, value)
            if not isinstance(result, point.value):
                raise TypeError(f"a filter of {point.name} returned {type(result).__name__}")
            value = result
        except Problem:
            raise
        except Exception as error:
            ctx.log.warning("filter failed", point=point.name, module=ctx.module, error=repr(error), fail=link.fail)
            if link.fail == "closed":
                raise FilterFailed(params={"module": ctx.module, "point": point.name}) from error
    return value
