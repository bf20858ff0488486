"""Conversations: lists, one, changes."""

from dataclasses import dataclass, fields
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from modulon.modules.chat.backend.models import conversations, messages, runs
from modulon.modules.chat.backend.schemas import ConversationRead, Shelf
from modulon.sdk import Role
from modulon.sdk.storage import Boolean, Integer, Statement, access, change, own, rows

from .binds import a_number, a_text, a_time, an_id

NOWHERE: Final = UUID(int=0)
_c: Final = conversations.c


def _active_run() -> "sa.ScalarSelect[Any]":
    """The newest unfinished run of the conversation in the enclosing query."""
    return (
        sa.select(runs.c.id)
        .where(runs.c.conversation_id == _c.id, runs.c.finished_at.is_(None))
        .order_by(runs.c.id.desc())
        .limit(1)
        .correlate(conversations)
        .scalar_subquery()
    )


ALIVE: Final = _c.deleted_at.is_(None)
"""What every statement demands of a conversation, but those of the bin."""

_COLUMNS: Final = (
    _c.id,
    _c.title,
    _c.model,
    _c.active_message_id,
    _active_run(),
    _c.created_at,
    _c.updated_at,
    _c.title_by,
    _c.folder_id,
    _c.pinned,
    _c.archived,
    _c.deleted_at,
)


@dataclass(frozen=True, slots=True)
class Listed(ConversationRead):
    """One line of a list; *activity* is its place."""

    activity: UUID = NOWHERE

    def read(self) -> ConversationRead:
        """As it is shown."""
        return ConversationRead(**{name: getattr(self, name) for name in _SHOWN})


_SHOWN: Final = tuple(field.name for field in fields(ConversationRead))

_list = (
    sa.select(*_COLUMNS, _c.activity)
    .where(_c.activity < an_id("before"))
    .order_by(_c.activity.desc())
    .limit(a_number("limit"))
)
_alive = _list.where(ALIVE)
_in_sight = _alive.where(_c.archived.is_(False))


def _listed(statement: "sa.Select[*tuple[Any, ...]]") -> "Statement[Listed]":
    return rows(Listed, statement, guard=own(conversations))


LISTS: "Final[dict[Shelf, Statement[Listed]]]" = {
    "all": _listed(_in_sight),
    "loose": _listed(_in_sight.where(_c.folder_id.is_(None), _c.pinned.is_(False))),
    "pinned": _listed(_in_sight.where(_c.pinned)),
    "archived": _listed(_alive.where(_c.archived)),
    "deleted": _listed(_list.where(_c.deleted_at.is_not(None))),
}
IN_FOLDER: Final = _listed(_in_sight.where(_c.folder_id == an_id("folder")))
SEARCH: Final = _listed(_in_sight.where(_c.title_key.like(a_text("pattern"), escape="\\")))
READ: Final = rows(
    ConversationRead, sa.select(*_COLUMNS).where(_c.id == an_id("id"), ALIVE), guard=access(conversations, Role.viewer)
)

CREATE: Final = change(sa.insert(conversations))
"""Give every column but the owner's by name."""

RENAME: Final = change(
    sa.update(conversations)
    .where(_c.id == an_id("id"), ALIVE)
    .values(
        title=a_text("new_title"), title_key=a_text("new_key"), title_by=sa.literal("person"), searchable=sa.false()
    ),
    guard=access(conversations, Role.editor),
)
SHOW_BRANCH: Final = change(
    sa.update(conversations)
    .where(
        _c.id == an_id("id"),
        ALIVE,
        sa.exists().where(messages.c.id == an_id("leaf"), messages.c.conversation_id == _c.id).correlate(conversations),
    )
    .values(active_message_id=an_id("leaf")),
    guard=access(conversations, Role.editor),
)
TITLE: Final = change(
    sa.update(conversations)
    .where(_c.id == an_id("id"), ALIVE, _c.title_by == "words")
    .values(
        title=a_text("new_title"), title_key=a_text("new_key"), title_by=sa.literal("model"), searchable=sa.false()
    ),
    guard=access(conversations, Role.editor),
)
"""A model's title, in place of first words only: never over a person's."""

_one = sa.update(conversations).where(_c.id == an_id("id"), ALIVE)
_editor = access(conversations, Role.editor)
PIN: Final = change(_one.values(pinned=sa.bindparam("on", type_=Boolean)), guard=_editor)
ARCHIVE: Final = change(_one.values(archived=sa.bindparam("on", type_=Boolean)), guard=_editor)
MOVE: Final = change(_one.values(folder_id=an_id("folder")), guard=_editor)
"""In one unit with a guarded statement on the folder, which demands that it is the same person's."""

EMPTY_FOLDER: Final = change(
    sa.update(conversations).where(_c.folder_id == an_id("folder")).values(folder_id=sa.null()),
    guard=own(conversations),
)

_manager = access(conversations, Role.manager)
DELETE: Final = change(_one.values(deleted_at=a_time("at")), guard=_manager)
_deleted = (_c.id == an_id("id"), _c.deleted_at.is_not(None))
RESTORE: Final = change(sa.update(conversations).where(*_deleted).values(deleted_at=sa.null()), guard=_manager)
DELETE_FOR_EVER: Final = change(sa.delete(conversations).where(*_deleted), guard=_manager)
PURGE: Final = change(
    sa.delete(conversations).where(
        _c.id.in_(sa.select(_c.id).where(_c.deleted_at < a_time("before")).limit(sa.literal_column("200", Integer)))
    ),
    unguarded="its owner deleted it so long ago that it can no longer be taken back",
)
DELETE_OF_WORKSPACE: Final = change(
    sa.delete(conversations).where(_c.workspace_id == an_id("workspace")),
    unguarded="the workspace is gone, and with it everybody's right to reach them",
)
DELETE_OF_PERSON: Final = change(
    sa.delete(conversations).where(_c.owner_id == an_id("person")),
    unguarded="the account is gone: nobody else reaches what was its own",
)


def _touch() -> sa.Update:
    """Make room for *added* messages, show the branch that ends in *answer*, move to the top of the list."""
    untitled = _c.title == ""
    return (
        sa.update(conversations)
        .where(_c.id == an_id("id"), ALIVE)
        .values(
            message_count=_c.message_count + a_number("added"),
            active_message_id=an_id("answer"),
            activity=an_id("newest"),
            model=a_text("asked"),
            title=sa.case((untitled, a_text("new_title")), else_=_c.title),
            title_key=sa.case((untitled, a_text("new_key")), else_=_c.title_key),
            searchable=sa.and_(_c.searchable, sa.not_(untitled)),
            updated_at=a_time("at"),
        )
    )


TOUCH: Final = change(_touch(), guard=access(conversations, Role.editor))

TOUCH_UNDER: Final = change(
    _touch().where(
        sa.exists()
        .where(
            messages.c.id == an_id("parent"),
            messages.c.conversation_id == _c.id,
            messages.c.role == "assistant",
            messages.c.status != "streaming",
        )
        .correlate(conversations)
    ),
    guard=access(conversations, Role.editor),
)
"""`TOUCH`, if *parent* is a finished answer of this very conversation."""
