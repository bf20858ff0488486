"""What an administrator reads and writes of consumers: where they stand, what waits for them, what they gave up."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from modulon.core.data.tables import dead_letters, event_cursors, event_deliveries, events
from modulon.sdk.eventlog import Undelivered
from modulon.sdk.storage import BigInteger, Integer, Statement, Text, Time, change, rows

_WHY: Final = "the log belongs to core; the service asks for an administrator"
_EVERYONE: Final = ""
"""In the place of a consumer's name: all of them."""

_d, _l, _e = event_deliveries.c, dead_letters.c, events.c


class CursorRow(NamedTuple):
    """Where one consumer stands."""

    name: str
    xid: int
    seq: int
    updated_at: datetime
    waiting: int
    dead: int


class Letter(NamedTuple):
    """A dead letter with what is needed to deliver it again."""

    consumer: str
    seq: int
    xid: int
    key: str


class GivenUp(NamedTuple):
    """The dead letters of one consumer: the number of the first event, and how many there are."""

    consumer: str
    first: int
    letters: int


def _count(column: Any) -> Any:
    query = sa.select(sa.func.count()).where(column == event_cursors.c.consumer)
    return query.correlate(event_cursors).scalar_subquery()


def _of_consumer(column: Any) -> Any:
    name = sa.bindparam("consumer", type_=Text)
    return sa.or_(name == sa.literal(_EVERYONE, Text), column == name)


def of(consumer: str | None) -> str:
    """How a statement is told of one consumer, or of all."""
    return _EVERYONE if consumer is None else consumer


_limit: Final = sa.bindparam("limit", type_=Integer)

CURSORS: Final = rows(
    CursorRow,
    sa.select(
        event_cursors.c.consumer,
        event_cursors.c.xid,
        event_cursors.c.seq,
        event_cursors.c.updated_at,
        _count(_d.consumer),
        _count(_l.consumer),
    ).order_by(event_cursors.c.consumer),
    unguarded=_WHY,
)

_NO_TIME: Final = sa.null()

DEAD: Final = rows(
    Undelivered,
    sa.select(
        _l.consumer,
        _l.seq,
        sa.func.coalesce(_e.type, ""),
        sa.func.coalesce(_e.key, ""),
        _l.tries,
        _l.error,
        sa.cast(_NO_TIME, Time),
        _l.created_at,
    )
    .select_from(dead_letters.outerjoin(events, _e.seq == _l.seq))
    .where(_of_consumer(_l.consumer))
    .order_by(_l.created_at.desc(), _l.seq.desc(), _l.consumer)
    .limit(_limit),
    unguarded=_WHY,
)

WAITING: Final = rows(
    Undelivered,
    sa.select(
        _d.consumer,
        _d.seq,
        sa.func.coalesce(_e.type, ""),
        _d.key,
        _d.tries,
        _d.error,
        _d.due_at,
        sa.cast(_NO_TIME, Time),
    )
    .select_from(event_deliveries.outerjoin(events, _e.seq == _d.seq))
    .where(_of_consumer(_d.consumer))
    .order_by(_d.xid, _d.seq, _d.consumer)
    .limit(_limit),
    unguarded=_WHY,
)


def letters(xid: Any) -> Statement[Letter]:
    """The oldest dead letters whose event is kept; *xid* is how this database tells the writing transaction."""
    return rows(
        Letter,
        sa.select(_l.consumer, _l.seq, xid, _e.key)
        .select_from(dead_letters.join(events, _e.seq == _l.seq))
        .where(_of_consumer(_l.consumer))
        .order_by(_l.seq, _l.consumer)
        .limit(_limit),
        unguarded=_WHY,
    )


GIVEN_UP: Final = rows(
    GivenUp,
    sa.select(_l.consumer, sa.func.min(_l.seq), sa.func.count())
    .where(_of_consumer(_l.consumer), _l.created_at <= sa.bindparam("until", type_=Time))
    .group_by(_l.consumer),
    unguarded=_WHY,
)
DISCARD_UNTIL: Final = change(
    sa.delete(dead_letters).where(
        _l.consumer == sa.bindparam("consumer", type_=Text), _l.created_at <= sa.bindparam("until", type_=Time)
    ),
    unguarded=_WHY,
)

HURRY: Final = change(
    sa.update(event_deliveries)
    .where(_d.consumer == sa.bindparam("name", type_=Text), _d.seq == sa.bindparam("parked_seq", type_=BigInteger))
    .values(due_at=sa.bindparam("at", type_=Time)),
    unguarded=_WHY,
)


def after_all_of(table: sa.Table, later: Collection[Any]) -> Statement[None]:
    """Forget the rows of one consumer in *table* whose events come after a position (*later* says how)."""
    found = sa.exists(sa.select(_e.seq).where(_e.seq == table.c.seq, *later))
    return change(
        sa.delete(table).where(table.c.consumer == sa.bindparam("consumer", type_=Text), found), unguarded=_WHY
    )
