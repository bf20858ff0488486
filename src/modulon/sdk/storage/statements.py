"""Statements: SQLAlchemy Core constructs, checked when made and compiled once per dialect.

A statement is made at import time, in `store.py`, with `rows(...)` for reads and `change(...)` for writes:

    LIST = rows(Conversation, sa.select(...).limit(sa.bindparam("limit")), guard=own(conversations))
    RENAME = change(sa.update(...).where(...), guard=access(conversations, Role.editor))

Making one fails if it touches owned rows without a guard on their owner. `unguarded="why"` is the one way around,
for rows nobody owns and for core-like work whose own condition is stronger; a test lists every use.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.sql import Executable
from sqlalchemy.sql.dml import Delete, Insert, Update
from sqlalchemy.sql.selectable import Select
from sqlalchemy.sql.util import find_tables

from .policy import Guard, condition
from .tables import owner_of, root_of

T = TypeVar("T")


class UnguardedStatement(TypeError):
    """A statement touches owned rows without a guard on their owner."""


@dataclass(eq=False)
class Statement(Generic[T]):
    """One checked statement. Made by `rows` and `change` only.

    *record* is the type rows are returned as: a frozen record with one field per selected column, in order, or a
    plain type for a single column. *compiled* is the database's cache, one entry per dialect.
    """

    construct: Executable
    record: type[T] | None
    guards: tuple[Guard, ...]
    unguarded: str
    inserts_owned: bool = False
    inserts_child_of: sa.Table | None = None
    compiled: dict[str, object] = field(default_factory=dict[str, object], repr=False)

    @cached_property
    def guarded_roots(self) -> frozenset[sa.Table]:
        """The owned tables on whose rows this statement checks the principal's rights."""
        return frozenset(root_of(guard.table) for guard in self.guards)


def rows(
    record: type[T],
    construct: Select[*tuple[Any, ...]] | sa.CompoundSelect[*tuple[Any, ...]],
    *,
    guard: Guard | None = None,
    unguarded: str = "",
) -> Statement[T]:
    """A read whose rows come back as *record*. The guard's condition is added to its WHERE."""
    guarded = _guarded(construct, guard)
    _check(guarded, guard, unguarded)
    return Statement(guarded, record, (guard,) if guard else (), unguarded)


def change(construct: Insert | Update | Delete, *, guard: Guard | None = None, unguarded: str = "") -> Statement[None]:
    """A write without result rows.

    Inserts into an owned table get `workspace_id` and `owner_id` from the principal. Inserts into a child table
    need, in the same unit of work, a guarded statement on the owner that expects its row.
    """
    if isinstance(construct, Insert):
        return _insertion(construct, unguarded)
    guarded = _guarded(construct, guard)
    _check(guarded, guard, unguarded)
    return Statement(guarded, None, (guard,) if guard else (), unguarded)


def _insertion(construct: Insert, unguarded: str) -> Statement[None]:
    table = cast("sa.Table", construct.table)
    kind = owner_of(table).kind
    if kind == "plain" and not unguarded:
        raise UnguardedStatement(f"an insert into {table.name}, which nobody owns, must say `unguarded=` and why")
    return Statement(
        construct,
        None,
        (),
        unguarded,
        inserts_owned=kind == "owned" and not unguarded,
        inserts_child_of=root_of(table) if kind == "child" and not unguarded else None,
    )


def _guarded(construct: Any, guard: Guard | None) -> Any:
    return construct if guard is None else construct.where(condition(guard))


def _check(construct: Executable, guard: Guard | None, unguarded: str) -> None:
    if bool(guard) == bool(unguarded):
        raise UnguardedStatement("a statement has either a guard or `unguarded=` with the reason")
    if guard is None:
        return
    root = root_of(guard.table)
    touched = find_tables(
        cast("sa.ClauseElement", construct), include_joins=True, include_selects=True, include_crud=True
    )
    for found in touched:
        table = cast("sa.Table", found)
        if isinstance(found, sa.Table) and owner_of(table).kind != "plain" and root_of(table) is not root:
            raise UnguardedStatement(f"{table.name} is reached through a guard on {root.name}, which does not own it")
