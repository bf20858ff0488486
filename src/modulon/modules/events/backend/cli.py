"""`modulon event`."""

import json
from dataclasses import asdict
from typing import Annotated, Any

import typer

from modulon.sdk.cli import run
from modulon.sdk.eventlog import EventFilter, LoggedEvent, Undelivered

event = typer.Typer(no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Consumer = Annotated[str, typer.Argument(help="The consumer, as `modulon event consumers` names it.")]
Number = Annotated[int, typer.Argument(help="The event's number.", min=0)]
MaybeNumber = Annotated[int | None, typer.Argument(help="The event's number; without it, all dead letters.", min=0)]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@event.callback()
def _group() -> None:
    """The event log, and what could not be delivered."""


@event.command("list")
def list_events(
    kind: Annotated[list[str], typer.Option("--type", help="Only this type; chat.* for all that begin so.")] = [],  # noqa: B006
    key: Annotated[str | None, typer.Option(help="Only events of this key.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many.")] = 20,
    as_json: Json = False,
) -> None:
    """List the newest events, the newest last."""
    page = run("events", lambda ctx: ctx.events.page(EventFilter(types=tuple(kind), key=key), limit=limit))
    for one in reversed(page.items):
        typer.echo(json.dumps(_plain(one)) if as_json else _line(one))


@event.command("show")
def show(seq: Number) -> None:
    """Show one event with its payload, as JSON. It may hold what is private to its users."""
    typer.echo(json.dumps(_plain(run("events", lambda ctx: ctx.events.one(seq))), indent=2, ensure_ascii=False))


@event.command("consumers")
def consumers(as_json: Json = False) -> None:
    """List every consumer: how far it has come, what waits, and what it gave up."""
    found = run("events", lambda ctx: ctx.events.consumers())
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], default=str))
        return
    width = max((len(one.name) for one in found), default=0)
    for one in found:
        typer.echo(
            f"{one.name:<{width}}  at {one.seq}, {one.lag} to come, {one.waiting} tried again, {one.dead} given up"
        )


@event.command("letters")
def letters(
    consumer: Annotated[str | None, typer.Option(help="Only those of this consumer.")] = None, as_json: Json = False
) -> None:
    """List dead letters: what consumers gave up, the newest first."""
    found = run("events", lambda ctx: ctx.events.dead(consumer, limit=1000))
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], default=str))
        return
    typer.echo("\n".join(_letter(one) for one in found) or "There are no dead letters.")


@event.command("replay")
def replay(
    consumer: Consumer,
    seq: Annotated[int, typer.Option("--from", help="The first event to deliver again.", min=0)],
    yes: Yes = False,
) -> None:
    """Deliver everything from an event on again. A server that runs does it at once, others when they start."""
    plan = run("events", lambda ctx: ctx.events.plan(consumer, seq))
    if not yes:
        typer.confirm(f"Deliver {plan.events} events from {plan.first} on to {consumer} again?", abort=True)
    plan = run("events", lambda ctx: ctx.events.replay(consumer, seq))
    typer.echo(f"{plan.events} events from {plan.first} on are delivered to {consumer} again.")


@event.command("retry")
def retry(consumer: Consumer, seq: MaybeNumber = None) -> None:
    """Try dead letters once more, or at once what waits for another try. Of many, the oldest 500 at a time."""
    if seq is None:
        count = run("events", lambda ctx: ctx.events.retry_all(consumer))
        typer.echo(f"{count} dead letters are tried once more.")
    else:
        run("events", lambda ctx: ctx.events.retry(consumer, seq))
        typer.echo(f"Event {seq} is tried once more.")


@event.command("discard")
def discard(consumer: Consumer, seq: MaybeNumber = None, yes: Yes = False) -> None:
    """Forget dead letters. The events stay in the log; this cannot be undone."""
    what = "all dead letters" if seq is None else f"the dead letter {seq}"
    if not yes:
        typer.confirm(f"Discard {what} of {consumer}? This cannot be undone.", abort=True)
    if seq is None:
        count = run("events", lambda ctx: ctx.events.discard_all(consumer))
        typer.echo(f"{count} dead letters are discarded.")
    else:
        run("events", lambda ctx: ctx.events.discard(consumer, seq))
        typer.echo(f"The dead letter {seq} is discarded.")


def _line(one: LoggedEvent) -> str:
    return f"{one.seq}  {one.created_at:%Y-%m-%d %H:%M:%S}  {one.type}  {one.key}"


def _letter(one: Undelivered) -> str:
    return f"{one.consumer}  {one.seq}  {one.type or '(not kept)'}  {one.tries} tries: {one.error}"


def _plain(one: LoggedEvent) -> dict[str, Any]:
    return {
        "seq": one.seq,
        "type": one.type,
        "version": one.version,
        "key": one.key,
        "payload": one.payload,
        "actor": str(one.actor) if one.actor else None,
        "workspace": str(one.workspace) if one.workspace else None,
        "trace": one.trace,
        "created_at": one.created_at.isoformat(),
    }
