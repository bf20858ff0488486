"""What the run engine reads and writes as the module itself.

It acts for no one person, so its statements carry no guard; each write demands, in the same statement, that this
process still owns the run, which is the stronger condition. `FOR SHARE` keeps PostgreSQL from letting a take-over
in between; SQLite has one writer anyway.
"""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from modulon.modules.chat.backend.contract import RunState
from modulon.modules.chat.backend.models import conversations, message_parts, messages, run_events, run_steps, runs
from modulon.modules.chat.backend.schemas import PartRow
from modulon.sdk.storage import Integer, Json, LargeBinary, change, rows

from .binds import a_number, a_text, a_time, an_amount, an_id

_r: Final = runs.c
_e: Final = run_events.c
_s: Final = run_steps.c
_WHY: Final = "the run's owner is demanded in the statement"
_READS: Final = "the engine reads the runs it may work on; nothing of it is shown but through guarded statements"


@dataclass(frozen=True, slots=True)
class Assignment:
    """A run to work on, with all that is needed to begin. *first_index* is the index of the next part."""

    run_id: UUID
    conversation_id: UUID
    workspace_id: UUID
    message_id: UUID
    parent_id: UUID | None
    on_behalf_of: UUID
    trigger: str
    parent_run_id: UUID | None
    state: RunState
    model: str
    epoch: int
    first_index: int
    created_at: Any


@dataclass(frozen=True, slots=True)
class Held:
    """An unfinished run, who works on it, and whether it shall stop."""

    id: UUID
    owner: UUID
    stop: str


@dataclass(frozen=True, slots=True)
class Batch:
    """A row of the journal."""

    first: int
    seq: int
    epoch: int
    body: bytes


def _mine(statement: Any) -> Any:
    return statement.where(_r.id == an_id("run"), _r.owner == an_id("me"), _r.finished_at.is_(None))


UNFINISHED: Final = rows(
    Held, sa.select(_r.id, _r.owner, _r.stop).where(_r.finished_at.is_(None)).order_by(_r.id), unguarded=_READS
)
"""The oldest first: who asked first is answered first."""
MINE: Final = rows(UUID, sa.select(_r.id).where(_r.finished_at.is_(None), _r.owner == an_id("me")), unguarded=_READS)
TO_STOP: Final = rows(
    Held,
    sa.select(_r.id, _r.owner, _r.stop).where(_r.finished_at.is_(None), _r.owner == an_id("me"), _r.stop != ""),
    unguarded=_READS,
)


def _assignment() -> "sa.Select[*tuple[Any, ...]]":
    parts = sa.select(sa.func.coalesce(sa.func.max(message_parts.c.index) + 1, 0))
    return (
        sa.select(
            _r.id,
            _r.conversation_id,
            conversations.c.workspace_id,
            _r.message_id,
            messages.c.parent_id,
            _r.on_behalf_of,
            _r.trigger,
            _r.parent_run_id,
            _r.state,
            _r.model,
            _r.stream_epoch,
            parts.where(message_parts.c.message_id == _r.message_id).correlate(runs).scalar_subquery(),
            _r.created_at,
        )
        .join(conversations, conversations.c.id == _r.conversation_id)
        .join(messages, messages.c.id == _r.message_id)
        .where(_r.id == an_id("run"))
    )


ASSIGNMENT: Final = rows(Assignment, _assignment(), unguarded=_READS)
JOURNAL: Final = rows(
    Batch,
    sa.select(_e.first, _e.seq, _e.epoch, _e.body)
    .where(_e.run_id == an_id("run"), _e.seq > a_number("after"))
    .order_by(_e.seq)
    .limit(a_number("limit")),
    unguarded=_READS,
)
LAST_OF_EPOCH: Final = rows(
    int,
    sa.select(sa.func.coalesce(sa.func.max(_e.seq), 0)).where(_e.run_id == an_id("run"), _e.epoch <= a_number("epoch")),
    unguarded=_READS,
)
PARTS: Final = rows(
    PartRow,
    sa.select(message_parts.c.id, message_parts.c.index, message_parts.c.type, message_parts.c.content)
    .where(message_parts.c.message_id == an_id("message"))
    .order_by(message_parts.c.index),
    unguarded=_READS,
)

START: Final = change(
    _mine(sa.update(runs)).values(
        state=sa.literal("running"), started_at=sa.func.coalesce(_r.started_at, a_time("at"))
    ),
    unguarded=_WHY,
)
START_STEP: Final = change(
    sa.update(run_steps)
    .where(_s.run_id == an_id("run"), _s.n == 1)
    .values(state=sa.literal("started"), attempt=_s.attempt + 1, started_at=a_time("at")),
    unguarded="in one unit with a write that demands the run's owner",
)
TAKE_OVER: Final = change(
    sa.update(runs)
    .where(_r.id == an_id("run"), _r.owner == an_id("gone"), _r.finished_at.is_(None))
    .values(owner=an_id("me"), stream_epoch=_r.stream_epoch + 1),
    unguarded="only the incarnation that is gone may be replaced",
)
APPEND: Final = change(
    sa.insert(run_events).from_select(
        ["run_id", "seq", "first", "epoch", "body"],
        _mine(
            sa.select(
                _r.id,
                a_number("seq"),
                a_number("first"),
                a_number("epoch"),
                sa.bindparam("body", type_=LargeBinary),
            )
        ).with_for_update(read=True),
    ),
    unguarded=_WHY,
)
FINISH: Final = change(
    _mine(sa.update(runs)).values(
        state=a_text("to_state"),
        error=sa.bindparam("fault", type_=Json),
        input_tokens=a_number("read"),
        output_tokens=a_number("written"),
        cost=an_amount("spent"),
        currency=a_text("money"),
        finished_at=a_time("at"),
    ),
    unguarded=_WHY,
)
_IN_UNIT: Final = "in one unit with the end of the run, which demands its owner"


def _added(known: "sa.Column[Any]", more: "sa.BindParameter[Any]") -> "sa.ColumnElement[Any]":
    """The sum of both, or the one there is."""
    return sa.func.coalesce(known + more, more, known)


_ONE_CURRENCY: Final = sa.or_(
    messages.c.currency.is_(None), a_text("money").is_(None), messages.c.currency == a_text("money")
)
FINISH_MESSAGE: Final = change(
    sa.update(messages)
    .where(messages.c.id == an_id("message"))
    .values(
        status=a_text("to_status"),
        input_tokens=_added(messages.c.input_tokens, a_number("read")),
        output_tokens=_added(messages.c.output_tokens, a_number("written")),
        cost=sa.case((_ONE_CURRENCY, _added(messages.c.cost, an_amount("spent"))), else_=sa.null()),
        currency=sa.case((_ONE_CURRENCY, sa.func.coalesce(a_text("money"), messages.c.currency)), else_=sa.literal("")),
    ),
    unguarded=_IN_UNIT,
)
"""Adds what a run took to what earlier ones of the same answer did."""
FINISH_STEP: Final = change(
    sa.update(run_steps)
    .where(_s.run_id == an_id("run"), _s.n == 1)
    .values(state=a_text("to_state"), finished_at=a_time("at")),
    unguarded=_IN_UNIT,
)
_kept = run_events.alias("kept")
PRUNE: Final = change(
    sa.delete(run_events).where(
        _e.run_id.in_(
            # From the journal's side: it holds a few minutes, while there are ever more finished runs.
            sa.select(_kept.c.run_id)
            .join(runs, _r.id == _kept.c.run_id)
            .where(_r.finished_at < a_time("before"))
            .limit(sa.literal_column("500", Integer))
        )
    ),
    unguarded="the journal of a finished run repeats what its message holds",
)
