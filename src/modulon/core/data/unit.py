"""A unit of work as data: ordered operations, the row counts they expect, and what they announce.

`UnitBuilder` gathers statements, checks the rules about owners and ends with a `Unit`, which holds only SQL text and
plain parameters: a writer thread runs it, and a writer process could.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.dml import Insert

from modulon.sdk.errors import Conflict, NotFound, Problem
from modulon.sdk.events import Event
from modulon.sdk.storage import Statement, UnguardedStatement, change, now
from modulon.sdk.storage.database import Params

from . import tables
from .actor import Actor
from .compiled import Compiled, compiled
from .errors import AlreadyAnswered, OperationRefused

APPEND_EVENT: Final = change(sa.insert(tables.events), unguarded="the log belongs to core; the unit fills in the actor")
KEEP_ANSWER: Final = change(
    sa.insert(tables.idempotency), unguarded="the key's user is the one the request was authenticated as"
)

_Runs = list[tuple[Any, ...]]


@dataclass(slots=True)
class Operation:
    """SQL text, run once for each of *runs*, which are the driver's parameters.

    *expect* is the number of rows each run must change, if that matters.
    """

    sql: str
    runs: list[tuple[Any, ...]]
    expect: int | None = None


@dataclass(slots=True)
class Unit:
    """Operations that happen all or not at all. *events* are the types it adds to the log."""

    operations: list[Operation]
    events: frozenset[str] = frozenset()


@dataclass(slots=True)
class UnitBuilder:
    """Gathers one unit for one actor."""

    dialect: Dialect
    actor: Actor
    operations: list[Operation] = field(default_factory=list[Operation])
    events: set[str] = field(default_factory=set[str])
    _problems: dict[int, Problem] = field(default_factory=dict[int, Problem])
    _checked: set[sa.Table] = field(default_factory=set[sa.Table])
    _added_to: dict[sa.Table, sa.Table] = field(default_factory=dict[sa.Table, sa.Table])
    _reach: dict[str, Any] | None = None

    def run(
        self,
        statement: Statement[None],
        params: Params | Sequence[Params] = (),
        expect: int | None = None,
        otherwise: Problem | None = None,
    ) -> None:
        """Add *statement*, once for each of a sequence of parameters; *expect* is the count for each."""
        if statement.record is not None:
            raise TypeError("a statement made with `rows` is read with `all`, `first` or `one`")
        self._note(statement, expect)
        for form, runs in self._forms(statement, params):
            if otherwise is not None:
                self._problems[len(self.operations)] = otherwise
            self.operations.append(Operation(form.sql, runs, expect))

    def emit(self, event: Event, key: str, on_behalf_of: UUID | None = None) -> None:
        """Add *event* to the log. Only code of ours may name another actor than its principal."""
        kind = type(event)
        self.events.add(kind.type)
        values = {
            "type": kind.type,
            "version": kind.version,
            "key": key,
            "payload": event,
            "actor_id": (on_behalf_of if self.actor.trusted else None) or self.actor.subject,
            "workspace_id": self.actor.principal.workspace,
            "trace": self.actor.trace,
            "created_at": now(),
        }
        self.run(APPEND_EVENT, values)

    def answer(self, status: int, body: Mapping[str, Any]) -> None:
        """Keep the response, if the request came with an `Idempotency-Key`."""
        request = self.actor.idempotency
        if request is None:
            return
        values = {"user_id": request.user, "key": request.key, "digest": request.digest, "created_at": now()}
        self.run(KEEP_ANSWER, {**values, "status": status, "body": body}, otherwise=AlreadyAnswered())

    def query(self, statement: Statement[Any], params: Params) -> tuple[Compiled, tuple[Any, ...]]:
        """A read and its parameters; a guarded one counts as a check of its owner."""
        self._checked |= statement.guarded_roots
        form = compiled(statement, self.dialect)
        return form, form.bind(params, self._guard(statement))

    def finish(self) -> Unit:
        """The unit. Raises `UnguardedStatement` if rows were added to an owner nobody checked."""
        if not self.actor.trusted:
            for root, table in self._added_to.items():
                self._require_check(root, table)
        return Unit(self.operations, frozenset(self.events))

    def problem(self, refused: OperationRefused) -> Exception:
        """What the caller is told about a refused operation."""
        chosen = self._problems.get(refused.index)
        if chosen is not None:
            return chosen
        return NotFound() if refused.reason == "expected" else Conflict()

    def _note(self, statement: Statement[None], expect: int | None) -> None:
        if expect and statement.guards:
            self._checked |= statement.guarded_roots
        elif statement.inserts_owned:
            self._checked.add(_target(statement))
        elif statement.inserts_child_of is not None:
            self._added_to.setdefault(statement.inserts_child_of, _target(statement))

    def _require_check(self, root: sa.Table, table: sa.Table) -> None:
        if root not in self._checked:
            raise UnguardedStatement(
                f"rows were added to {table.name} without a guarded statement on {root.name} that expects its row,"
                " in the same unit of work"
            )

    def _forms(self, statement: Statement[Any], params: Params | Sequence[Params]) -> list[tuple[Compiled, _Runs]]:
        """The compiled statement with its runs. Parameters that set other columns make another text."""
        guard = self._guard(statement)
        found: list[tuple[Compiled, _Runs]] = []
        for one in _each(params):
            form = compiled(statement, self.dialect, one)
            if not found or found[-1][0] is not form:
                found.append((form, []))
            found[-1][1].append(form.bind(one, guard))
        return found

    def _guard(self, statement: Statement[Any]) -> dict[str, Any]:
        if statement.inserts_owned:
            return self.actor.ownership()
        if self._reach is None:
            self._reach = dict[str, Any](self.actor.reach())
        return self._reach


def _target(statement: Statement[None]) -> sa.Table:
    """The table an INSERT adds to."""
    return cast(sa.Table, cast(Insert, statement.construct).table)


def _each(params: Params | Sequence[Params]) -> Sequence[Params]:
    """The parameters of each run. Nothing at all means one run without parameters; an empty list means no run."""
    if isinstance(params, Mapping):
        return (params,)
    return ({},) if params == () else params
