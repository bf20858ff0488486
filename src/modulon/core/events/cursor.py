"""Where a consumer stands: its cursor, and the events behind it that are still to be handled.

Every statement names the holder, so that of two processes that believe to hold a consumer only one can commit.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from modulon.core.data.clock import database_now
from modulon.core.data.tables import dead_letters, event_cursors, event_deliveries
from modulon.sdk.errors import Conflict
from modulon.sdk.storage import BigInteger, Text, Time, Write, change, now, rows

from .log import Position, Record

LEASE_SECONDS: Final = 8
MAX_PARKED: Final = 1_000
_CORE: Final = "cursors belong to core"


class Overtaken(Conflict):
    """Another process holds this consumer now."""


@dataclass(frozen=True, slots=True)
class Parked:
    """An event at or before the cursor that is still to be handled."""

    xid: int
    seq: int
    key: str
    tries: int
    due_at: datetime
    error: str


def _bind(name: str, kind: type[Text] | type[BigInteger] | type[Time]) -> "sa.BindParameter[object]":
    return sa.bindparam(name, type_=kind)


_HELD: Final = (event_cursors.c.consumer == _bind("name", Text), event_cursors.c.holder == _bind("me", Text))

FIND: Final = rows(
    Position,
    sa.select(event_cursors.c.xid, event_cursors.c.seq).where(event_cursors.c.consumer == _bind("name", Text)),
    unguarded=_CORE,
)
CREATE: Final = change(sa.insert(event_cursors), unguarded=_CORE)
TAKE: Final = change(
    sa.update(event_cursors)
    .where(
        event_cursors.c.consumer == _bind("name", Text),
        sa.or_(event_cursors.c.holder == _bind("me", Text), event_cursors.c.held_until < database_now()),
    )
    .values(holder=_bind("me", Text), held_until=database_now(LEASE_SECONDS)),
    unguarded=_CORE,
)
RELEASE: Final = change(
    sa.update(event_cursors).where(*_HELD).values(holder="", held_until=database_now()), unguarded=_CORE
)
ADVANCE: Final = change(
    sa.update(event_cursors)
    .where(
        *_HELD, event_cursors.c.xid == _bind("old_xid", BigInteger), event_cursors.c.seq == _bind("old_seq", BigInteger)
    )
    .values(
        xid=_bind("new_xid", BigInteger),
        seq=_bind("new_seq", BigInteger),
        held_until=database_now(LEASE_SECONDS),
        updated_at=_bind("at", Time),
    ),
    unguarded=_CORE,
)
KEEP: Final = change(
    sa.update(event_cursors).where(*_HELD).values(held_until=database_now(LEASE_SECONDS)), unguarded=_CORE
)
MOVE: Final = change(
    sa.update(event_cursors)
    .where(event_cursors.c.consumer == _bind("name", Text))
    .values(xid=_bind("new_xid", BigInteger), seq=_bind("new_seq", BigInteger), updated_at=_bind("at", Time)),
    unguarded=_CORE,
)

_DELIVERY: Final = (
    event_deliveries.c.consumer == _bind("name", Text),
    event_deliveries.c.seq == _bind("parked_seq", BigInteger),
)
PARKED: Final = rows(
    Parked,
    sa.select(
        event_deliveries.c.xid,
        event_deliveries.c.seq,
        event_deliveries.c.key,
        event_deliveries.c.tries,
        event_deliveries.c.due_at,
        event_deliveries.c.error,
    )
    .where(event_deliveries.c.consumer == _bind("name", Text))
    .order_by(event_deliveries.c.xid, event_deliveries.c.seq),
    unguarded=_CORE,
)
PARK: Final = change(sa.insert(event_deliveries), unguarded=_CORE)
UNPARK: Final = change(sa.delete(event_deliveries).where(*_DELIVERY), unguarded=_CORE)
POSTPONE: Final = change(
    sa.update(event_deliveries)
    .where(*_DELIVERY)
    .values(tries=_bind("next_tries", BigInteger), due_at=_bind("next_due_at", Time), error=_bind("why", Text)),
    unguarded=_CORE,
)
BURY: Final = change(sa.insert(dead_letters), unguarded=_CORE)
EXHUME: Final = change(
    sa.delete(dead_letters).where(
        dead_letters.c.consumer == _bind("name", Text), dead_letters.c.seq == _bind("dead_seq", BigInteger)
    ),
    unguarded=_CORE,
)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Writes about one consumer, held by one process (*me*)."""

    name: str
    me: str

    def advance(self, tx: Write, old: Position, new: Position) -> None:
        """Move from *old* to *new* and renew the lease; `Overtaken` if it is not ours or not there any more."""
        tx.run(
            ADVANCE,
            {
                "name": self.name,
                "me": self.me,
                "old_xid": old.xid,
                "old_seq": old.seq,
                "new_xid": new.xid,
                "new_seq": new.seq,
                "at": now(),
            },
            expect=1,
            otherwise=Overtaken(),
        )

    def keep(self, tx: Write) -> None:
        """Renew the lease; `Overtaken` if it is not ours any more."""
        tx.run(KEEP, {"name": self.name, "me": self.me}, expect=1, otherwise=Overtaken())

    def park(self, tx: Write, record: Record, tries: int, due_at: datetime, error: str) -> Parked:
        """Set *record* aside, to be handled at *due_at*."""
        parked = Parked(record.xid, record.seq, record.key, tries, due_at, error)
        values = {"xid": parked.xid, "seq": parked.seq, "key": parked.key, "tries": tries, "due_at": due_at}
        tx.run(PARK, {"consumer": self.name, **values, "error": error})
        return parked

    def unpark(self, tx: Write, parked: Parked) -> None:
        """The parked event was handled; `Overtaken` if somebody else did it."""
        tx.run(UNPARK, {"name": self.name, "parked_seq": parked.seq}, expect=1, otherwise=Overtaken())

    def postpone(self, tx: Write, parked: Parked, tries: int, due_at: datetime, error: str) -> Parked:
        """The parked event failed again: try it at *due_at*."""
        values = {"next_tries": tries, "next_due_at": due_at, "why": error}
        tx.run(POSTPONE, {"name": self.name, "parked_seq": parked.seq, **values}, expect=1, otherwise=Overtaken())
        return Parked(parked.xid, parked.seq, parked.key, tries, due_at, error)

    def bury(self, tx: Write, seq: int, tries: int, error: str) -> None:
        """Give up on an event: it becomes a dead letter."""
        values = {"consumer": self.name, "seq": seq, "tries": tries, "error": error, "created_at": now()}
        tx.run(BURY, values)
