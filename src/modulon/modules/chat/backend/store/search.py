"""Finding words in titles and messages, and keeping what is found there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from modulon.modules.chat.backend.models import conversations, message_parts, messages, search_entries
from modulon.modules.chat.backend.schemas import Role
from modulon.sdk.storage import Boolean, Id, Text, change, own, rows
from modulon.sdk.storage.search import hits

from .binds import a_number, a_text, an_id

_c: Final = conversations.c
_m: Final = messages.c
_e: Final = search_entries.c
_p: Final = message_parts.c


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A hit with one of its message's texts; a title has neither. *owned* is whose it is, to look into its words."""

    entry: int
    conversation_id: UUID
    title: str
    pinned: bool
    archived: bool
    folder_id: UUID | None
    updated_at: datetime
    message_id: UUID | None
    role: Role | None
    created_at: datetime | None
    content: dict[str, str] | None


def _found() -> "sa.Select[*tuple[Any, ...]]":
    found = hits(search_entries)
    wanted, anywhere = sa.bindparam("archived", type_=Boolean), an_id("folder").is_(None)
    return (
        sa.select(
            _e.id,
            _c.id,
            _c.title,
            _c.pinned,
            _c.archived,
            _c.folder_id,
            _c.updated_at,
            _m.id,
            _m.role,
            _m.created_at,
            _p.content,
        )
        .select_from(found)
        .join(search_entries, _e.id == found.c.id)
        .join(conversations, _c.id == _e.conversation_id)
        .outerjoin(messages, _m.id == _e.message_id)
        .outerjoin(message_parts, sa.and_(_p.message_id == _m.id, _p.type == "text"))
        .where(_c.deleted_at.is_(None), _c.archived == wanted, sa.or_(anywhere, _c.folder_id == an_id("folder")))
        .order_by(_e.id.desc(), _p.index)
    )


FOUND: Final = rows(FoundRow, _found(), guard=own(conversations))


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a window of hits reached: its least entry and how many there were."""

    least: int | None
    count: int


_window = hits(search_entries)
REACH: Final = rows(
    Reach,
    sa.select(sa.func.min(_window.c.id), sa.func.count(_window.c.id)),
    unguarded="numbers of entries of the scope that was asked for; nothing of a row is shown",
)

_WHY: Final = "the index is kept by the module for everybody; it is read through the guard on conversations"


@dataclass(frozen=True, slots=True)
class Unread:
    """A message whose words are not in the index yet, with one of its texts."""

    message_id: UUID
    conversation_id: UUID
    owner_id: UUID
    workspace_id: UUID
    content: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class UnreadTitle:
    """A title that is not in the index as it is now."""

    conversation_id: UUID
    owner_id: UUID
    workspace_id: UUID
    title: str


_next = (
    sa.select(_m.id)
    .where(sa.not_(_m.searchable), _m.status != "streaming")
    .order_by(_m.id)
    .limit(a_number("limit"))
    .subquery("next")
)
UNREAD: Final = rows(
    Unread,
    sa.select(_m.id, _m.conversation_id, _c.owner_id, _c.workspace_id, _p.content)
    .select_from(_next)
    .join(messages, _m.id == _next.c.id)
    .join(conversations, _c.id == _m.conversation_id)
    .outerjoin(message_parts, sa.and_(_p.message_id == _m.id, _p.type == "text"))
    .order_by(_m.id, _p.index),
    unguarded=_WHY,
)
UNREAD_TITLES: Final = rows(
    UnreadTitle,
    sa.select(_c.id, _c.owner_id, _c.workspace_id, _c.title)
    .where(sa.not_(_c.searchable))
    .order_by(_c.id)
    .limit(a_number("limit")),
    unguarded=_WHY,
)
READ: Final = change(
    sa.update(messages)
    .where(_m.id == an_id("message"), sa.not_(_m.searchable), _m.status != "streaming")
    .values(searchable=sa.true()),
    unguarded=_WHY,
)
READ_TITLE: Final = change(
    sa.update(conversations)
    .where(_c.id == an_id("conversation"), sa.not_(_c.searchable), _c.title == a_text("as_read"))
    .values(searchable=sa.true()),
    unguarded=_WHY,
)
FORGET: Final = change(
    sa.delete(search_entries).where(_e.message_id == an_id("message"), _e.conversation_id == an_id("conversation")),
    unguarded=_WHY,
)
FORGET_TITLE: Final = change(
    sa.delete(search_entries).where(_e.conversation_id == an_id("conversation"), _e.message_id.is_(None)),
    unguarded=_WHY,
)
ADD: Final = change(
    sa.insert(search_entries).values(
        conversation_id=sa.bindparam("conversation", type_=Id),
        message_id=sa.bindparam("message", type_=Id),
        words=sa.bindparam("words", type_=Text),
    ),
    unguarded=_WHY,
)
