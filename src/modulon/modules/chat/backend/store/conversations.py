"""Conversations: lists, one, changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from modulon.modules.chat.backend.models import conversations, messages, runs
from modulon.modules.chat.backend.schemas import ConversationRead
from modulon.sdk import Role
from modulon.sdk.storage import access, change, own, rows

from .binds import a_number, a_text, a_time, an_id

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


_COLUMNS: Final = (_c.id, _c.title, _c.model, _c.active_message_id, _active_run(), _c.created_at, _c.updated_at)


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list; *activity* is its place."""

    id: UUID
    title: str
    model: str
    active_message_id: UUID | None
    active_run_id: UUID | None
    created_at: datetime
    updated_at: datetime
    activity: UUID

    def read(self) -> ConversationRead:
        """As it is shown."""
        return ConversationRead(
            self.id,
            self.title,
            self.model,
            self.active_message_id,
            self.active_run_id,
            self.created_at,
            self.updated_at,
        )


_list = (
    sa.select(*_COLUMNS, _c.activity)
    .where(_c.activity < an_id("before"))
    .order_by(_c.activity.desc())
    .limit(a_number("limit"))
)

LIST: Final = rows(Listed, _list, guard=own(conversations))
SEARCH: Final = rows(Listed, _list.where(_c.title_key.like(a_text("pattern"), escape="\\")), guard=own(conversations))
READ: Final = rows(
    ConversationRead, sa.select(*_COLUMNS).where(_c.id == an_id("id")), guard=access(conversations, Role.viewer)
)

CREATE: Final = change(sa.insert(conversations))
"""Give every column but the owner's by name."""

RENAME: Final = change(
    sa.update(conversations)
    .where(_c.id == an_id("id"))
    .values(title=a_text("new_title"), title_key=a_text("new_key"), updated_at=a_time("at")),
    guard=access(conversations, Role.editor),
)
SHOW_BRANCH: Final = change(
    sa.update(conversations)
    .where(
        _c.id == an_id("id"),
        sa.exists().where(messages.c.id == an_id("leaf"), messages.c.conversation_id == _c.id).correlate(conversations),
    )
    .values(active_message_id=an_id("leaf")),
    guard=access(conversations, Role.editor),
)
DELETE: Final = change(sa.delete(conversations).where(_c.id == an_id("id")), guard=access(conversations, Role.manager))


def _touch() -> sa.Update:
    """Make room for *added* messages, show the branch that ends in *answer*, move to the top of the list."""
    untitled = _c.title == ""
    return (
        sa.update(conversations)
        .where(_c.id == an_id("id"))
        .values(
            message_count=_c.message_count + a_number("added"),
            active_message_id=an_id("answer"),
            activity=an_id("newest"),
            model=a_text("asked"),
            title=sa.case((untitled, a_text("new_title")), else_=_c.title),
            title_key=sa.case((untitled, a_text("new_key")), else_=_c.title_key),
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
