"""Statements compiled once: a construct becomes SQL text, a function that orders its parameters and one that
turns rows into records.

SQLAlchemy compiles and converts types; running the result by `sqlite3` or asyncpg directly is what makes a unit of
five statements cost 0.1 ms in place of 1.4. A test pins the private attributes used here.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar, cast

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Insert, Update

from modulon.sdk.storage import Statement
from modulon.sdk.storage.policy import P_USER, P_WORKSPACE

from . import search  # noqa: F401  # pyright: ignore[reportUnusedImport] - how each dialect says `text_hits`

T = TypeVar("T")
Process = Callable[[Any], Any]
Row = Sequence[Any]

SQLITE: Final[Dialect] = sqlite_dialect(paramstyle="qmark")
POSTGRES: Final[Dialect] = asyncpg_dialect(paramstyle="numeric_dollar")

_NUMERIC: Final = 1700
"""PostgreSQL's number for `numeric`: of the kinds it may send for a Float, the one whose conversion suits all."""

P_EVERYONE: Final = "p_everyone"
GUARD_PARAMETERS: Final = frozenset({P_USER, P_WORKSPACE, P_EVERYONE})
OWNERSHIP: Final = ("workspace_id", "owner_id")


class Compiled:
    """One statement for one dialect.

    `sql` is the text; `bind` makes the driver's parameters from the caller's and the guard's; `decode` makes records.
    """

    __slots__ = ("_accepted", "_defaults", "_fixed", "_made", "_slots", "decode", "sql")

    def __init__(self, sql: str, slots: "_Slots", decode: Callable[[Iterable[Row]], list[Any]]) -> None:
        self.sql = sql
        self.decode = decode
        self._slots = tuple(slots.order)
        self._defaults = slots.defaults
        self._fixed = slots.fixed
        self._made = slots.made
        self._accepted = slots.accepted

    def bind(self, params: Mapping[str, Any], guard: Mapping[str, Any]) -> tuple[Any, ...]:
        """The driver's parameters. The guard's values win over everything a caller sends.

        Raises `TypeError` for a missing or an unknown parameter.
        """
        if not params.keys() <= self._accepted:
            raise TypeError(f"unknown parameters {sorted(params.keys() - self._accepted)} for: {self.sql}")
        values = {**self._defaults, **params, **self._fixed, **guard}
        for name, make in self._made:
            if name not in params:
                values[name] = make(None)
        try:
            return tuple([values[name] if process is None else process(values[name]) for name, process in self._slots])
        except KeyError as missing:
            raise TypeError(f"parameter {missing} is missing for: {self.sql}") from None


_Variants = dict[tuple[str, ...], Compiled]


@dataclasses.dataclass
class _Slots:
    """What fills each place holder: its name and type conversion, and the values known beforehand."""

    order: list[tuple[str, Process | None]]
    fixed: dict[str, Any]
    defaults: dict[str, Any]
    made: list[tuple[str, Callable[[Any], Any]]]
    accepted: frozenset[str]


def compiled(statement: Statement[Any], dialect: Dialect, names: Iterable[str] = ()) -> Compiled:
    """The compiled form of *statement*, from its cache if it was used before.

    *names* are the caller's parameters: an INSERT or UPDATE without `values()` sets the columns so named.
    """
    found = statement.compiled.get(dialect.name)
    if isinstance(found, Compiled):
        return found
    if found is None and not _open_ended(statement.construct):
        only = statement.compiled[dialect.name] = _compile(statement, dialect, ())
        return only
    variants = cast(_Variants, statement.compiled.setdefault(dialect.name, {}))
    columns = tuple(names)
    variant = variants.get(columns)
    if variant is None:
        variant = variants[columns] = _compile(statement, dialect, columns)
    return variant


def _open_ended(construct: Any) -> bool:
    """Whether the caller's parameters decide which columns are set."""
    if not isinstance(construct, Insert | Update):
        return False
    internals = cast(Any, construct)
    return not (internals._values or internals._multi_values or getattr(internals, "select", None) is not None)


def _compile(statement: Statement[Any], dialect: Dialect, columns: Iterable[str]) -> Compiled:
    keys = _column_keys(statement, columns)
    options: dict[str, Any] = {"column_keys": keys}
    if isinstance(statement.construct, Insert):
        options["for_executemany"] = True  # else SQLAlchemy adds RETURNING for a key the database makes
    compiler = cast(SQLCompiler, cast(Any, statement.construct).compile(dialect=dialect, **options))
    _refuse_expanding(compiler)
    text = _expanded(compiler)
    return Compiled(text.sql, _slots(compiler, text), _decoder(statement.record, compiler, dialect))


def _column_keys(statement: Statement[Any], columns: Iterable[str]) -> list[str] | None:
    construct = statement.construct
    keys = set(columns)
    if isinstance(construct, Update):
        # Names that are parameters of its WHERE are not columns to set.
        keys &= {column.key for column in cast(sa.Table, construct.table).c}
        keys -= _bound_names(construct)
    if statement.inserts_owned:
        if getattr(construct, "select", None) is not None:
            raise TypeError("an insert from a select cannot be given its owner: insert rows, or say `unguarded=`")
        keys |= set(OWNERSHIP)
    return sorted(keys) or None


def _bound_names(construct: Any) -> set[str]:
    return {element.key for element in sa.sql.visitors.iterate(construct) if isinstance(element, sa.BindParameter)}


def _refuse_expanding(compiler: SQLCompiler) -> None:
    for parameter in compiler.bind_names:
        if parameter.expanding and parameter.required:
            raise TypeError(
                f"`in_` with the parameter {parameter.key!r} has no fixed SQL text: join or select the rows instead,"
                " or write the values into the statement"
            )


@dataclasses.dataclass
class _Text:
    """SQL with lists written into the statement (`in_(["a", "b"])`) spelled out, and the values known so far."""

    sql: str
    order: Sequence[str]
    known: Mapping[str, Any]
    processors: Mapping[str, Process]


def _expanded(compiler: SQLCompiler) -> _Text:
    known = compiler.construct_params(_check=False)
    processors = cast(Mapping[str, Process], compiler._bind_processors)  # pyright: ignore[reportPrivateUsage]
    if not compiler.post_compile_params:
        return _Text(str(compiler), compiler.positiontup or (), known, processors)
    state = compiler._process_parameters_for_postcompile(dict(known))  # pyright: ignore[reportPrivateUsage]
    more = cast(Mapping[str, Process], state.processors)
    return _Text(state.statement, state.positiontup or (), state.parameters, {**processors, **more})


def _slots(compiler: SQLCompiler, text: _Text) -> _Slots:
    result = _Slots([], {}, {}, _made(compiler), frozenset())
    makes = {name for name, _ in result.made}
    for name in text.order:
        bind = compiler.binds.get(name)
        process = text.processors.get(name)
        if bind is None or (bind.unique and not bind.required and name not in makes):
            result.fixed[name] = text.known[name] if process is None else process(text.known[name])
            process = None
        elif not bind.required and name not in makes:
            result.defaults[name] = text.known[name]
        result.order.append((name, process))
    result.accepted = frozenset({name for name, _ in result.order} - result.fixed.keys() - GUARD_PARAMETERS)
    return result


def _made(compiler: SQLCompiler) -> list[tuple[str, Callable[[Any], Any]]]:
    """Columns whose value Python makes (`default=`, `onupdate=`) unless the caller sends one."""
    found: list[tuple[str, Callable[[Any], Any]]] = []
    for column in (*compiler.insert_prefetch, *compiler.update_prefetch):
        default = cast(Any, column.default if compiler.isinsert else column.onupdate)
        found.append((column.key, default.arg if default.is_callable else _constant(default.arg)))
    return found


def _constant(value: Any) -> Callable[[Any], Any]:
    return lambda _context: value


def _decoder(record: type[Any] | None, compiler: SQLCompiler, dialect: Dialect) -> Callable[[Iterable[Row]], list[Any]]:
    if record is None:
        return list
    columns = compiler._result_columns  # pyright: ignore[reportPrivateUsage]
    found = [column.type._cached_result_processor(dialect, _NUMERIC) for column in columns]  # pyright: ignore[reportPrivateUsage]
    steps = [(index, process) for index, process in enumerate(found) if process is not None]
    if len(columns) == 1 and not _is_record(record):
        return _scalars(steps[0][1] if steps else None)
    return _records(_row if record is tuple else record, steps)


def _row(*values: Any) -> tuple[Any, ...]:
    return values


def _is_record(record: type[Any]) -> bool:
    return (
        dataclasses.is_dataclass(record)
        or issubclass(record, msgspec.Struct)
        or record is tuple
        or hasattr(record, "_fields")
    )


def _scalars(process: Process | None) -> Callable[[Iterable[Row]], list[Any]]:
    if process is None:
        return lambda rows: [row[0] for row in rows]
    return lambda rows: [process(row[0]) for row in rows]


def _records(record: Callable[..., Any], steps: list[tuple[int, Process]]) -> Callable[[Iterable[Row]], list[Any]]:
    if not steps:
        return lambda rows: [record(*row) for row in rows]

    def decode(rows: Iterable[Row]) -> list[Any]:
        records: list[Any] = []
        for row in rows:
            values = list(row)
            for index, process in steps:
                values[index] = process(values[index])
            records.append(record(*values))
        return records

    return decode
