"""Statements are checked when they are made: no owned row without a guard on its owner."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from modulon.sdk.identity import Role
from modulon.sdk.storage import Id, Tables, Text, UnguardedStatement, access, change, own, owner_of, rows
from modulon.sdk.storage.policy import condition
from modulon.sdk.storage.tables import root_of

tables = Tables("m_acme_notes__")
notes = tables.owned("notes", sa.Column("title", Text))
pages = tables.child("pages", sa.Column("id", Id), sa.Column("note_id", Id), of=notes, by="note_id")
lines = tables.child("lines", sa.Column("id", Id), sa.Column("page_id", Id), of=pages, by="page_id")
others = tables.owned("others", shared=True)
plain = tables.plain("cursors", sa.Column("name", Text))


def test_tables_know_their_owner() -> None:
    assert notes.name == "m_acme_notes__notes"
    assert [column.name for column in notes.c] == ["id", "workspace_id", "owner_id", "title"]
    assert (owner_of(notes).kind, owner_of(pages).parent, owner_of(plain).kind) == ("owned", notes, "plain")
    assert (root_of(lines), root_of(notes), root_of(plain)) == (notes, notes, plain)
    assert owner_of(sa.Table("elsewhere", sa.MetaData())).kind == "plain"


def test_a_statement_has_a_guard_or_a_reason() -> None:
    query = sa.select(notes.c.id)
    with pytest.raises(UnguardedStatement):
        rows(UUID, query)
    with pytest.raises(UnguardedStatement):
        rows(UUID, query, guard=own(notes), unguarded="both")
    assert rows(UUID, query, unguarded="why").guarded_roots == frozenset()
    assert rows(UUID, sa.select(lines.c.id), guard=access(lines, Role.viewer)).guarded_roots == {notes}


@pytest.mark.parametrize(
    "query",
    [
        sa.select(notes.c.id).join(others, others.c.id == notes.c.id),
        sa.select(notes.c.id).where(notes.c.id.in_(sa.select(others.c.id))),
        sa.select(notes.c.id, sa.select(sa.func.count()).select_from(others).scalar_subquery()),
    ],
)
def test_a_guard_on_one_owner_does_not_reach_anothers_rows(query: sa.Select[UUID]) -> None:
    with pytest.raises(UnguardedStatement, match="others"):
        rows(UUID, query, guard=own(notes))


def test_children_are_reached_through_their_owner() -> None:
    for child in (pages, lines):
        rows(UUID, sa.select(child.c.id).join(notes, sa.true()), guard=access(child, Role.viewer))
        change(sa.delete(child), guard=own(child))


def test_inserts_say_whose_rows_they_add() -> None:
    assert change(sa.insert(notes)).inserts_owned
    assert change(sa.insert(lines)).inserts_child_of is notes
    assert change(sa.insert(lines), unguarded="checked elsewhere").inserts_child_of is None
    with pytest.raises(UnguardedStatement, match="nobody owns"):
        change(sa.insert(plain))


def test_a_plain_table_has_no_guard() -> None:
    with pytest.raises(TypeError, match="has no owner"):
        condition(own(plain))


def test_only_shared_tables_follow_the_grants_of_their_workspace() -> None:
    private, shared = (str(condition(access(table, Role.viewer))) for table in (notes, others))
    assert "m_acme_notes__others.workspace_id = grants.resource_id" in shared
    assert "m_acme_notes__notes.workspace_id = grants.resource_id" not in private
