"""The event log as an administrator sees it: what happened, who was given it, and what could not be handled.

A *consumer* is one handler of one module, named `<module>.<handler>`; the log remembers how far each has come. An event
that a consumer fails to handle is tried again later (*waiting*), and in the end becomes a *dead letter*: the consumer
goes on without it, until somebody has it tried once more or discards it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal, Protocol
from uuid import UUID

from .events import Event


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """One event as it stands in the log. *actor* is the user who acted, or nothing for the
    server itself; *workspace* where, or nothing for the whole server."""

    seq: int
    position: str
    type: str
    version: int
    key: str
    payload: Any
    actor: UUID | None
    workspace: UUID | None
    trace: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events; what is left out does not narrow. *types* are names or, ending in `.*`, all that begin so;
    *without* are left out. *until* is not included."""

    types: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    key: str | None = None
    workspace: UUID | None = None
    actor: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events, newest first, and the position to go on from, if there are more. *end* is the newest position that can
    be read, whatever was asked for: what comes later comes after it."""

    items: Sequence[LoggedEvent]
    next: str | None
    end: str


@dataclass(frozen=True, slots=True)
class ConsumerView:
    """One consumer. *seq* is the last event it was given, *lag* the number of events of its types after that, counted
    up to a limit. *serves* is false if its module does not run: then events wait for it."""

    name: str
    module: str
    types: tuple[str, ...]
    serves: bool
    seq: int
    lag: int
    waiting: int
    dead: int
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Undelivered:
    """An event that a consumer could not handle so far. *due_at* is when it is tried again; a dead letter has none.
    *at* is when it was given up. *type* is empty if the event is not kept any more."""

    consumer: str
    seq: int
    type: str
    key: str
    tries: int
    error: str
    due_at: datetime | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ReplayPlan:
    """What a replay would do: *events* of the consumer's types, counted up to a limit, from *first* on."""

    consumer: str
    first: int
    last: int
    events: int


Change = Literal["replay", "retry", "discard"]


class DeliveriesChanged(Event, frozen=True):
    """Somebody had events delivered to a consumer again, or had dead letters discarded. *seq* is the first of *count*
    events; a replay has all that follow it. Whichever process holds the consumer looks again."""

    type: ClassVar[str] = "core.deliveries_changed"
    consumer: str
    change: Change
    seq: int
    count: int


class Events(Protocol):
    """The event log for administrators. Every call raises `Denied` for anyone else."""

    async def page(
        self, chosen: EventFilter, *, before: str | None = None, after: str | None = None, limit: int = 100
    ) -> EventPage:
        """Events newest first, between two positions. Raises `Invalid` for what is no position."""
        ...

    async def one(self, seq: int) -> LoggedEvent:
        """One of them; raises `NotFound`."""
        ...

    async def types(self) -> Sequence[str]:
        """The types that stand in the log."""
        ...

    async def consumers(self) -> Sequence[ConsumerView]:
        """Every consumer that has a place in the log."""
        ...

    async def dead(self, consumer: str | None = None, *, limit: int = 200) -> Sequence[Undelivered]:
        """Dead letters, newest first."""
        ...

    async def waiting(self, consumer: str | None = None, *, limit: int = 200) -> Sequence[Undelivered]:
        """What is tried again by itself, in the order of the log."""
        ...

    async def plan(self, consumer: str, seq: int) -> ReplayPlan:
        """What `replay` would do; raises as it does."""
        ...

    async def replay(self, consumer: str, seq: int) -> ReplayPlan:
        """Deliver everything from event *seq* on again. What waited or was given up from there on is delivered with the
        rest. Raises `NotFound` for an unknown consumer, `Invalid` for a number that is not in the log, or that the
        consumer has not come to."""
        ...

    async def retry(self, consumer: str, seq: int) -> None:
        """Try a dead letter once more, or at once what waits for another try. Raises `NotFound`."""
        ...

    async def retry_all(self, consumer: str | None = None) -> int:
        """Try dead letters once more, the oldest first, as many as are dealt with at a time; how many."""
        ...

    async def discard(self, consumer: str, seq: int) -> None:
        """Forget a dead letter; the event stays in the log. Raises `NotFound`."""
        ...

    async def discard_all(self, consumer: str | None = None, *, until: datetime | None = None) -> int:
        """Forget dead letters that were given up by *until*; how many."""
        ...
