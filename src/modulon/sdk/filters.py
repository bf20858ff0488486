"""Filters: an ordered chain around an action of another module.

A module that offers a point names it and its value type in `contract.py`:

    REQUEST = FilterPoint("chat.request", ModelRequest)

and runs it with `await ctx.filter(REQUEST, request)`. Another one joins with `@module.filter(REQUEST, priority=10)`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

if TYPE_CHECKING:
    from .context import Context

T = TypeVar("T")
FilterFunction = Callable[["Context", T], Awaitable[T]]


@dataclass(frozen=True, slots=True)
class FilterPoint(Generic[T]):
    """A named place where values of type *value* pass through a chain of filters."""

    name: str
    value: type[T]


@dataclass(frozen=True, slots=True)
class Filter(Generic[T]):
    """One link. Lower *priority* runs first. Beyond *timeout* seconds or on an error, `open` goes on with the value
    as it was, `closed` fails the action."""

    point: FilterPoint[T]
    function: FilterFunction[T]
    priority: int = 100
    timeout: float = 1.0
    fail: Literal["open", "closed"] = "open"
