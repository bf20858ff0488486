"""HTTP for the event log."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Annotated
from uuid import UUID

from fastapi import Path, Query
from pydantic import AwareDatetime, StringConstraints

from modulon.sdk import Context, Module, NotFound
from modulon.sdk.eventlog import EventFilter, LoggedEvent, ReplayPlan, Undelivered

from .errors import ConsumerMissing
from .schemas import (
    LARGEST_SEQ,
    Changed,
    ConsumerList,
    ConsumerName,
    ConsumerRead,
    Discarded,
    EventList,
    EventRead,
    EventTypes,
    LetterList,
    LetterRead,
    Letters,
    Replay,
    ReplayRead,
    Seq,
)

Cursor = Annotated[str | None, Query(max_length=40)]
Limit = Annotated[int, Query(ge=1, le=200)]
Many = Annotated[int, Query(ge=1, le=1000)]
TypeName = Annotated[str, StringConstraints(max_length=120, pattern=r"^[a-z0-9_.]+(\.\*)?$")]
TypeNames = Annotated[list[TypeName], Query(max_length=20, description="Types; `chat.*` for all that begin so.")]
Key = Annotated[str | None, Query(max_length=500, pattern=r"^[^\x00]+$")]
Number = Annotated[int, Path(ge=0, le=LARGEST_SEQ)]


def register(module: Module) -> None:
    """Add the routes."""
    module.get("/events", policy="admin")(list_events)
    module.get("/events/types", policy="admin")(list_types)
    module.get("/events/consumers", policy="admin")(list_consumers)
    module.get("/events/consumers/{consumer}/replay", policy="admin")(read_replay)
    module.post("/events/consumers/{consumer}/replay", policy="admin")(replay)
    module.get("/events/letters", policy="admin")(list_letters)
    module.get("/events/waiting", policy="admin")(list_waiting)
    module.post("/events/letters/retry", policy="admin")(retry)
    module.post("/events/letters/discard", policy="admin")(discard)
    module.get("/events/{seq}", policy="admin")(read_event)


async def list_events(
    ctx: Context,
    type: TypeNames = [],  # noqa: B006 - the name in the address; FastAPI copies defaults
    without: TypeNames = [],  # noqa: B006
    key: Key = None,
    workspace: UUID | None = None,
    actor: UUID | None = None,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
    cursor: Cursor = None,
    after: Cursor = None,
    limit: Limit = 100,
) -> EventList:
    """Events, newest first. Older ones follow with `cursor`; `after` gives only those that came later."""
    chosen = EventFilter(tuple(type), tuple(without), key, workspace, actor, since, until)
    page = await ctx.events.page(chosen, before=cursor, after=after, limit=limit)
    names = await _names(ctx, page.items)
    return EventList(items=[_read(one, names) for one in page.items], next=page.next, end=page.end)


async def list_types(ctx: Context) -> EventTypes:
    """The types that stand in the log."""
    return EventTypes(items=list(await ctx.events.types()))


async def read_event(ctx: Context, seq: Number) -> EventRead:
    """One event with its payload."""
    found = await ctx.events.one(seq)
    return _read(found, await _names(ctx, [found]))


async def list_consumers(ctx: Context) -> ConsumerList:
    """Every consumer: how far it has come, and what it could not handle."""
    return ConsumerList(
        items=[
            ConsumerRead(
                name=one.name,
                module=one.module,
                types=list(one.types),
                serves=one.serves,
                seq=one.seq,
                lag=one.lag,
                waiting=one.waiting,
                dead=one.dead,
                updated_at=one.updated_at,
            )
            for one in await ctx.events.consumers()
        ]
    )


async def read_replay(ctx: Context, consumer: ConsumerName, seq: Annotated[Seq, Query()]) -> ReplayRead:
    """What would be delivered again to a consumer from event *seq* on. Nothing is changed."""
    return _plan(await ctx.events.plan(consumer, seq))


async def replay(ctx: Context, consumer: ConsumerName, body: Replay) -> ReplayRead:
    """Deliver everything from event *seq* on again to a consumer. What it could not handle from there on is delivered
    with the rest."""
    return _plan(await ctx.events.replay(consumer, body.seq))


async def list_letters(ctx: Context, consumer: ConsumerName | None = None, limit: Many = 200) -> LetterList:
    """Dead letters: events that consumers gave up, newest first."""
    return LetterList(items=[_letter(one) for one in await ctx.events.dead(consumer, limit=limit)])


async def list_waiting(ctx: Context, consumer: ConsumerName | None = None, limit: Many = 200) -> LetterList:
    """Events that are tried again by themselves, in the order of the log."""
    return LetterList(items=[_letter(one) for one in await ctx.events.waiting(consumer, limit=limit)])


async def retry(ctx: Context, body: Letters) -> Changed:
    """Try dead letters once more, or one that waits for another try at once. Of many, the oldest 500 at a time."""
    if body.seq is None:
        return Changed(count=await ctx.events.retry_all(body.consumer))
    await ctx.events.retry(_named(body), body.seq)
    return Changed(count=1)


async def discard(ctx: Context, body: Discarded) -> Changed:
    """Forget dead letters. The events stay in the log; that they were not handled is forgotten for good."""
    if body.seq is None:
        return Changed(count=await ctx.events.discard_all(body.consumer, until=body.until))
    await ctx.events.discard(_named(body), body.seq)
    return Changed(count=1)


def _named(body: Letters) -> str:
    if body.consumer is None:
        raise ConsumerMissing(at="/consumer")
    return body.consumer


async def _names(ctx: Context, found: Iterable[LoggedEvent]) -> dict[UUID | None, str]:
    """What those who acted are called; those who are gone have no name."""
    names: dict[UUID | None, str] = {}
    for person in {one.actor for one in found if one.actor is not None}:
        with suppress(NotFound):
            names[person] = (await ctx.identity.user(person)).name
    return names


def _read(one: LoggedEvent, names: dict[UUID | None, str]) -> EventRead:
    return EventRead(
        seq=one.seq,
        position=one.position,
        type=one.type,
        version=one.version,
        key=one.key,
        payload=one.payload,
        actor=one.actor,
        actor_name=names.get(one.actor),
        workspace=one.workspace,
        trace=one.trace,
        created_at=one.created_at,
    )


def _plan(plan: ReplayPlan) -> ReplayRead:
    return ReplayRead(consumer=plan.consumer, first=plan.first, last=plan.last, events=plan.events)


def _letter(one: Undelivered) -> LetterRead:
    return LetterRead(
        consumer=one.consumer,
        seq=one.seq,
        type=one.type,
        key=one.key,
        tries=one.tries,
        error=one.error,
        due_at=one.due_at,
        given_up_at=one.at,
    )
