"""Reading the event log in an order that skips nothing.

On SQLite there is one writer, so `seq` is the order of commits. On PostgreSQL a sequence number is taken before the
commit: a transaction with a lower number may commit after one with a higher, and a cursor over `seq` would pass it
by. There the order is `(xid, seq)`, read only below the oldest transaction still running.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from modulon.core.data.engine import Engine
from modulon.core.data.tables import events
from modulon.sdk.identity import Principal
from modulon.sdk.storage import BigInteger, Id, Integer, Statement, rows

READER: Final = Principal(kind="system", name="event log")
PAGE: Final = 200
_CORE: Final = "the log belongs to core; consumers act as their module, browsers get their workspace's alone"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in the log. *xid* is the writing transaction on PostgreSQL and 0 on SQLite."""

    xid: int
    seq: int

    def __str__(self) -> str:
        return f"{self.xid}.{self.seq}"

    @classmethod
    def parse(cls, text: str) -> "Position":
        """The position *text* names; `ValueError` if it names none."""
        xid, _, seq = text.partition(".")
        return cls(int(xid), int(seq))


START: Final = Position(0, 0)


@dataclass(frozen=True, slots=True)
class Record:
    """One event as it stands in the log."""

    xid: int
    seq: int
    type: str
    version: int
    key: str
    payload: Any
    actor: UUID | None
    workspace: UUID | None
    trace: str
    created_at: datetime

    @property
    def position(self) -> Position:
        return Position(self.xid, self.seq)


class EventLog:
    """The log of one database."""

    def __init__(self, engine: Engine) -> None:
        self._database = engine.bind(READER)
        self._order = _PostgresOrder() if engine.dialect.name == "postgresql" else _SqliteOrder()
        self._after = self._select()
        self._one = self._statement(self._base().where(events.c.seq == sa.bindparam("seq", type_=BigInteger)))
        at_or_after = self._base().where(events.c.seq >= sa.bindparam("seq", type_=BigInteger))
        self._at_or_after = self._statement(at_or_after.order_by(events.c.seq).limit(1))
        self._of_workspace: dict[tuple[frozenset[str], frozenset[str]], Statement[Record]] = {}

    async def after(self, position: Position, statement: Statement[Record] | None = None) -> list[Record]:
        """The next events after *position*, at most `PAGE`; *statement* comes from `of_types`."""
        async with self._database.read() as db:
            return await db.all(statement or self._after, {"xid": position.xid, "seq": position.seq, "limit": PAGE})

    def of_types(self, types: Collection[str]) -> Statement[Record]:
        """A statement for `after` that gives only events of *types*."""
        return self._select(events.c.type.in_(sorted(types)))

    async def of_workspace(
        self, position: Position, workspace: UUID, types: frozenset[str], everywhere: frozenset[str] = frozenset()
    ) -> list[Record]:
        """The next events of *types* in one workspace, and those of the types *everywhere* in any."""
        statement = self._of_workspace.get((types, everywhere))
        if statement is None:
            here = sa.or_(
                sa.and_(events.c.type.in_(sorted(types)), events.c.workspace_id == sa.bindparam("workspace", type_=Id)),
                events.c.type.in_(sorted(everywhere)),
            )
            statement = self._of_workspace[types, everywhere] = self._select(here)
        params = {"xid": position.xid, "seq": position.seq, "limit": PAGE, "workspace": workspace}
        async with self._database.read() as db:
            return await db.all(statement, params)

    @property
    def earlier(self) -> tuple[Any, ...]:
        """The condition that an event stands before the position given by `before_xid` and `before_seq`."""
        return self._order.earlier

    @property
    def horizon(self) -> Position:
        """A position after every other."""
        return self._order.horizon

    async def one(self, seq: int) -> Record | None:
        """The event with this sequence number, if it is still kept."""
        async with self._database.read() as db:
            return await db.first(self._one, {"seq": seq})

    async def at_or_after(self, seq: int) -> Record | None:
        """The event with this sequence number or, where that is not kept, the next one."""
        async with self._database.read() as db:
            return await db.first(self._at_or_after, {"seq": seq})

    async def newest(
        self, conditions: Iterable[sa.ColumnElement[bool]], after: Position, before: Position | None, limit: int
    ) -> list[Record]:
        """The newest events between two positions that meet all *conditions*, the newest first."""
        params = {"xid": after.xid, "seq": after.seq, "limit": limit}
        query = self._base().where(*self.later, *conditions)
        if before is not None:
            query = query.where(*self._order.earlier)
            params |= {"before_xid": before.xid, "before_seq": before.seq}
        query = query.order_by(*self._order.newest_first).limit(sa.bindparam("limit", type_=Integer))
        async with self._database.read() as db:
            return await db.all(self._statement(query), params)

    async def count(self, position: Position, types: Collection[str], limit: int) -> int:
        """How many events of *types* follow *position*; none beyond *limit* are counted."""
        found = sa.select(events.c.seq).where(*self.later, events.c.type.in_(sorted(types)))
        found = found.limit(sa.bindparam("limit", type_=Integer))
        statement = rows(int, sa.select(sa.func.count()).select_from(found.subquery()), unguarded=_CORE)
        async with self._database.read() as db:
            return await db.one(statement, {"xid": position.xid, "seq": position.seq, "limit": limit})

    async def types(self) -> list[str]:
        """Every type that stands in the log, found by leaps through the index."""
        async with self._database.read() as db:
            return await db.all(_TYPES)

    @property
    def later(self) -> tuple[sa.ColumnElement[bool], ...]:
        """What holds of an event that can be read and comes after the position `xid`, `seq`."""
        return self._order.readable

    @property
    def xid(self) -> Any:
        """The writing transaction, as positions have it."""
        return self._order.xid

    async def end(self) -> Position:
        """The last position that can be read now."""
        return await self._edge(self._order.last)

    async def beginning(self) -> Position:
        """The position of the oldest event kept; `START` if there is none."""
        return await self._edge(self._order.oldest)

    async def pending(self) -> bool:
        """Whether events were committed that cannot be read yet, because an older transaction is still running."""
        if self._order.pending is None:
            return False
        async with self._database.read() as db:
            return bool(await db.one(self._order.pending))

    async def _edge(self, statement: Statement[Position]) -> Position:
        async with self._database.read() as db:
            return await db.first(statement) or START

    def _base(self) -> sa.Select[*tuple[Any, ...]]:
        columns = [getattr(events.c, name) for name in ("type", "version", "key", "payload")]
        rest = [getattr(events.c, name) for name in ("actor_id", "workspace_id", "trace", "created_at")]
        return sa.select(self._order.xid, events.c.seq, *columns, *rest)

    def _select(self, *conditions: sa.ColumnElement[bool]) -> Statement[Record]:
        query = self._base().where(*self._order.readable, *conditions).order_by(*self._order.by)
        return self._statement(query.limit(sa.bindparam("limit", type_=Integer)))

    @staticmethod
    def _statement(query: sa.Select[*tuple[Any, ...]]) -> Statement[Record]:
        return rows(Record, query, unguarded=_CORE)


def _positions(xid: Any, by: Iterable[Any], *conditions: Any) -> Statement[Position]:
    return rows(Position, sa.select(xid, events.c.seq).where(*conditions).order_by(*by).limit(1), unguarded=_CORE)


def _every_type() -> Statement[str]:
    first = sa.select(sa.func.min(events.c.type).label("type")).cte("types", recursive=True)
    further = sa.select(events.c.type).where(events.c.type > first.c.type).order_by(events.c.type).limit(1)
    found = first.union_all(sa.select(further.scalar_subquery()).where(first.c.type.is_not(None)))
    return rows(str, sa.select(found.c.type).where(found.c.type.is_not(None)), unguarded=_CORE)


_TYPES: Final = _every_type()


class _SqliteOrder:
    """Order by `seq`; everything committed can be read."""

    xid: Final[Any] = sa.literal_column("0", BigInteger)
    by: Final[tuple[Any, ...]] = (events.c.seq,)
    # The position's xid is always 0 here; it is compared so that one set of parameters serves both engines.
    readable: Final[tuple[Any, ...]] = (
        events.c.seq > sa.bindparam("seq", type_=BigInteger),
        sa.bindparam("xid", type_=BigInteger) == sa.literal_column("0"),
    )
    earlier: Final[tuple[Any, ...]] = (
        events.c.seq < sa.bindparam("before_seq", type_=BigInteger),
        sa.bindparam("before_xid", type_=BigInteger) == sa.literal_column("0"),
    )
    newest_first: Final[tuple[Any, ...]] = (events.c.seq.desc(),)
    horizon: Final = Position(0, 2**62)
    last: Final = _positions(xid, newest_first)
    oldest: Final = _positions(xid, (events.c.seq,))
    pending: Final[Statement[bool] | None] = None


class _PostgresOrder:
    """Order by `(xid, seq)`; only below the oldest running transaction is the order final."""

    _XMIN: Final = "pg_snapshot_xmin(pg_current_snapshot())"
    _FINAL: Final = sa.text(f"events.xid < {_XMIN}")
    _ORDER: Final = sa.literal_column("events.xid", BigInteger)

    xid: Final[Any] = sa.literal_column("CAST(CAST(events.xid AS text) AS bigint)", BigInteger)
    by: Final[tuple[Any, ...]] = (_ORDER, events.c.seq)
    readable: Final[tuple[Any, ...]] = (
        sa.text("(events.xid, events.seq) > (CAST(CAST(:xid AS text) AS xid8), :seq)").bindparams(
            sa.bindparam("xid", type_=BigInteger), sa.bindparam("seq", type_=BigInteger)
        ),
        _FINAL,
    )
    earlier: Final[tuple[Any, ...]] = (
        sa.text("(events.xid, events.seq) < (CAST(CAST(:before_xid AS text) AS xid8), :before_seq)").bindparams(
            sa.bindparam("before_xid", type_=BigInteger), sa.bindparam("before_seq", type_=BigInteger)
        ),
    )
    newest_first: Final[tuple[Any, ...]] = (_ORDER.desc(), events.c.seq.desc())
    horizon: Final = Position(2**62, 0)
    last: Final = _positions(xid, newest_first, _FINAL)
    oldest: Final = _positions(xid, by)
    pending: Final[Statement[bool] | None] = rows(
        bool,
        sa.select(sa.exists(sa.select(events.c.seq).where(sa.text(f"events.xid >= {_XMIN}")))),
        unguarded=_CORE,
    )
