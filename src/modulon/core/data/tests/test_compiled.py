"""Statements compiled once; and SQLAlchemy's private attributes, which an update may take away."""

from typing import Any
from uuid import UUID

import msgspec
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

from modulon.core.data.compiled import POSTGRES, SQLITE, Compiled, compiled
from modulon.core.data.tests.notes import ADD, GET, RENAME, Note, notes
from modulon.sdk.ids import new_id
from modulon.sdk.storage import BigInteger, Boolean, Id, Integer, Tables, Text, Time, change, own, rows

BOTH = pytest.mark.parametrize("dialect", [SQLITE, POSTGRES], ids=["sqlite", "postgres"])
GUARD = {"p_user": None, "p_workspace": None, "p_everyone": None}

tables = Tables()
things = tables.plain(
    "things",
    sa.Column("id", Integer, primary_key=True),
    sa.Column("name", Text, default="unnamed"),
    sa.Column("size", Integer, default=lambda: 7, onupdate=lambda: 8),
    sa.Column("done", Boolean),
    sa.Column("at", Time),
)
WHY = "things are nobody's"


@BOTH
def test_the_private_attributes_of_sqlalchemy_are_still_there(dialect: Dialect) -> None:
    statement: Any = sa.select(notes.c.id).where(notes.c.id == sa.bindparam("id", type_=Id), notes.c.title.in_(["a"]))
    compiler = statement.compile(dialect=dialect)
    assert isinstance(compiler, SQLCompiler)
    assert "id" in compiler._bind_processors or dialect is POSTGRES
    assert compiler._result_columns[0].keyname == "id"
    assert compiler._result_columns[0].type._cached_result_processor(SQLITE, 1700) is not None
    assert compiler.post_compile_params
    state = compiler._process_parameters_for_postcompile(dict(compiler.construct_params(_check=False)))
    assert state.positiontup is not None
    assert "title_1_1" in state.positiontup
    assert "title_1_1" in state.parameters
    assert list(compiler.positiontup or ()) != []
    update: Any = sa.update(things)
    assert (update._values, update._multi_values) == (None, ())
    assert change(sa.insert(things), unguarded=WHY).construct.select is None  # type: ignore[attr-defined]


@BOTH
def test_a_statement_is_compiled_once(dialect: Dialect) -> None:
    assert compiled(GET, dialect) is compiled(GET, dialect)
    assert compiled(ADD, dialect, ["id"]) is compiled(ADD, dialect, ["id"])
    assert compiled(ADD, dialect, ["id"]) is not compiled(ADD, dialect, ["id", "title"])


def test_each_dialect_has_its_own_text() -> None:
    assert "?" in compiled(RENAME, SQLITE).sql
    assert "$1" in compiled(RENAME, POSTGRES).sql


@BOTH
def test_values_written_into_a_statement_need_not_be_given(dialect: Dialect) -> None:
    statement = rows(
        int,
        sa.select(things.c.id).where(things.c.name == "a", things.c.size.in_([1, 2])).limit(5),
        unguarded=WHY,
    )
    assert sorted(compiled(statement, dialect).bind({}, {}), key=str)[:3] == [1, 2, 5] or dialect is SQLITE


@BOTH
def test_missing_and_unknown_parameters_are_mistakes(dialect: Dialect) -> None:
    form = compiled(RENAME, dialect)
    with pytest.raises(TypeError, match="title"):
        form.bind({"id": new_id()}, GUARD)
    with pytest.raises(TypeError, match=r"unknown.*titel"):
        form.bind({"id": new_id(), "titel": "x"}, GUARD)


@BOTH
def test_a_list_as_a_parameter_is_refused_with_advice(dialect: Dialect) -> None:
    statement = rows(
        int, sa.select(things.c.id).where(things.c.id.in_(sa.bindparam("ids", expanding=True))), unguarded=WHY
    )
    with pytest.raises(TypeError, match="join or select"):
        compiled(statement, dialect)


@BOTH
def test_an_owned_insert_from_a_select_is_refused(dialect: Dialect) -> None:
    statement = change(sa.insert(notes).from_select(["id"], sa.select(notes.c.id)))
    with pytest.raises(TypeError, match="owner"):
        compiled(statement, dialect)


@BOTH
def test_a_default_in_the_statement_may_be_overridden(dialect: Dialect) -> None:
    statement = rows(
        int, sa.select(things.c.id).where(things.c.size == sa.bindparam("size", 3, type_=Integer)), unguarded=WHY
    )
    form = compiled(statement, dialect)
    assert (form.bind({}, {}), form.bind({"size": 4}, {})) == ((3,), (4,))


@BOTH
def test_columns_defaults_are_filled_in(dialect: Dialect) -> None:
    def values(form: Compiled, params: dict[str, Any]) -> set[Any]:
        return set(form.bind(params, {}))

    insert = change(sa.insert(things), unguarded=WHY)
    assert values(compiled(insert, dialect, ["id"]), {"id": 1}) == {1, "unnamed", 7}
    assert values(compiled(insert, dialect, ["id", "size"]), {"id": 1, "size": 2}) == {1, "unnamed", 2}
    update = change(sa.update(things).where(things.c.id == sa.bindparam("which", type_=Integer)), unguarded=WHY)
    assert values(compiled(update, dialect, ["which", "name"]), {"which": 1, "name": "n"}) == {1, "n", 8}


@BOTH
def test_records_and_plain_values(dialect: Dialect) -> None:
    class Pair(msgspec.Struct, frozen=True):
        id: int

    plain = compiled(rows(int, sa.select(things.c.id), unguarded=WHY), dialect)
    assert plain.decode([(1,), (2,)]) == [1, 2]
    record = compiled(rows(Pair, sa.select(things.c.id), unguarded=WHY), dialect)
    assert record.decode([(1,)]) == [Pair(1)]
    several = compiled(rows(tuple, sa.select(things.c.id, things.c.name), unguarded=WHY), dialect)
    assert several.decode([]) == []


def test_only_the_values_that_need_it_are_converted() -> None:
    note_id = new_id()
    statement = rows(Note, sa.select(notes.c.id, notes.c.title), guard=own(notes))
    assert compiled(statement, SQLITE).decode([(note_id.bytes, "x")]) == [Note(note_id, "x")]
    single = rows(UUID, sa.select(notes.c.id), guard=own(notes))
    assert compiled(single, SQLITE).decode([(note_id.bytes,)]) == [note_id]
    flag = rows(bool, sa.select(things.c.done), unguarded=WHY)
    assert compiled(flag, SQLITE).decode([(1,), (0,)]) == [True, False]


def test_sequence_columns_are_left_to_the_database() -> None:
    log = sa.table("log", sa.column("seq", BigInteger))
    assert "RETURNING" not in compiled(change(sa.insert(things), unguarded=WHY), POSTGRES, ["name"]).sql
    assert log.name == "log"
