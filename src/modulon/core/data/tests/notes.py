"""A small module's tables and statements, as these tests use them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from modulon.sdk.events import Event
from modulon.sdk.identity import Principal, Role
from modulon.sdk.ids import new_id
from modulon.sdk.storage import Id, Integer, Json, Tables, Text, access, change, own, rows

MIGRATIONS = Path(__file__).parent / "notes_migrations"

tables = Tables()
notes = tables.owned("notes", sa.Column("title", Text, nullable=False), sa.Column("slug", Text), shared=True)
diaries = tables.owned("diaries")
pages = tables.child(
    "note_pages",
    sa.Column("id", Id, primary_key=True),
    sa.Column("note_id", Id),
    sa.Column("body", Json),
    of=notes,
    by="note_id",
)
lines = tables.child(
    "note_lines",
    sa.Column("id", Id, primary_key=True),
    sa.Column("page_id", Id),
    sa.Column("text", Text),
    of=pages,
    by="page_id",
)
counters = tables.plain("counters", sa.Column("name", Text, primary_key=True), sa.Column("value", Integer))


@dataclass(frozen=True)
class Note:
    id: UUID
    title: str


class NoteRenamed(Event, frozen=True):
    """A note got another title."""

    type = "notes.renamed"
    notify = True
    note_id: UUID
    title: str


class NoteRead(Event, frozen=True):
    """Somebody read a note."""

    type = "notes.read"
    note_id: UUID


ID = sa.bindparam("id", type_=Id)
ADD = change(sa.insert(notes))
ADD_PAGE = change(sa.insert(pages))
ADD_LINE = change(sa.insert(lines))
ADD_DIARY = change(sa.insert(diaries))
RENAME = change(
    sa.update(notes).where(notes.c.id == ID).values(title=sa.bindparam("title", type_=Text)),
    guard=access(notes, Role.editor),
)
DELETE = change(sa.delete(notes).where(notes.c.id == ID), guard=own(notes))
MINE = rows(Note, sa.select(notes.c.id, notes.c.title).order_by(notes.c.id), guard=own(notes))
VISIBLE = rows(Note, sa.select(notes.c.id, notes.c.title).order_by(notes.c.id), guard=access(notes, Role.viewer))
GET = rows(Note, sa.select(notes.c.id, notes.c.title).where(notes.c.id == ID), guard=access(notes, Role.viewer))
VISIBLE_DIARIES = rows(UUID, sa.select(diaries.c.id).order_by(diaries.c.id), guard=access(diaries, Role.viewer))
PAGES = rows(
    UUID, sa.select(pages.c.id).where(pages.c.note_id == ID).order_by(pages.c.id), guard=access(pages, Role.viewer)
)
LINES = rows(str, sa.select(lines.c.text).order_by(lines.c.id), guard=access(lines, Role.viewer))
TITLES = rows(str, sa.select(notes.c.title).order_by(notes.c.title), unguarded="a test looks at everything")
COUNT = change(
    sa.update(counters)
    .where(counters.c.name == sa.bindparam("counter", type_=Text))
    .values(value=counters.c.value + 1),
    unguarded="counters are nobody's",
)
ADD_COUNTER = change(sa.insert(counters), unguarded="counters are nobody's")
COUNTED = rows(
    int,
    sa.select(counters.c.value).where(counters.c.name == sa.bindparam("counter", type_=Text)),
    unguarded="counters are nobody's",
)


def person(workspace: UUID | None = None, **options: Any) -> Principal:
    """A new user, in *workspace* or one of their own."""
    user = new_id()
    return Principal(kind="user", subject=user, user=user, workspace=workspace or new_id(), **options)
