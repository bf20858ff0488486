"""A conversation as a whole, and whether one from a file is here already."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from modulon.modules.chat.backend.models import conversations, message_parts, messages
from modulon.modules.chat.backend.schemas import MessageStatus, PartType, TitleBy
from modulon.modules.chat.backend.schemas import Role as Author
from modulon.sdk import Role
from modulon.sdk.storage import access, own, rows

from .binds import a_text, an_id

_c: Final = conversations.c
_m: Final = messages.c
_p: Final = message_parts.c


@dataclass(frozen=True, slots=True)
class Head:
    """A conversation without its messages, and the id it had where it came from."""

    id: UUID
    title: str
    title_by: TitleBy
    model: str
    folder_id: UUID | None
    pinned: bool
    archived: bool
    created_at: datetime
    updated_at: datetime
    active_message_id: UUID | None
    origin: str | None


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A message with one of its parts, if it has any."""

    id: UUID
    parent_id: UUID | None
    role: Author
    status: MessageStatus
    model: str
    input_tokens: int | None
    output_tokens: int | None
    cost: int | None
    currency: str | None
    created_at: datetime
    type: PartType | None
    content: dict[str, str] | None


_one = sa.and_(_c.id == an_id("id"), _c.deleted_at.is_(None))
HEAD: Final = rows(
    Head,
    sa.select(
        _c.id,
        _c.title,
        _c.title_by,
        _c.model,
        _c.folder_id,
        _c.pinned,
        _c.archived,
        _c.created_at,
        _c.updated_at,
        _c.active_message_id,
        _c.origin,
    ).where(_one),
    guard=access(conversations, Role.viewer),
)
TREE: Final = rows(
    TreeRow,
    sa.select(
        _m.id,
        _m.parent_id,
        _m.role,
        _m.status,
        _m.model,
        _m.input_tokens,
        _m.output_tokens,
        _m.cost,
        _m.currency,
        _m.created_at,
        _p.type,
        _p.content,
    )
    .join(conversations, _c.id == _m.conversation_id)
    .outerjoin(message_parts, _p.message_id == _m.id)
    .where(_one)
    .order_by(_m.ordinal, _p.index),
    guard=access(conversations, Role.viewer),
)
KNOWN: Final = rows(
    UUID,
    sa.select(_c.id).where(sa.or_(_c.id == an_id("id"), _c.origin == a_text("origin"))),
    guard=own(conversations),
)
