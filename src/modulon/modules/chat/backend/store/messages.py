"""Messages: windows of a branch, siblings, histories, and what is added to the tree."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from modulon.modules.chat.backend.models import conversations, message_parts, messages
from modulon.modules.chat.backend.schemas import MessageStatus, PartRow, PartType
from modulon.modules.chat.backend.schemas import Role as Author
from modulon.sdk import Role
from modulon.sdk.storage import Id, Integer, access, change, rows

from .binds import a_number, a_text, an_id, insert

_m: Final = messages.c
_p: Final = message_parts.c
_viewer: Final = access(conversations, Role.viewer)
_alive: Final = conversations.c.deleted_at.is_(None)


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message without its parts."""

    id: UUID
    conversation_id: UUID
    parent_id: UUID | None
    role: Author
    status: MessageStatus
    model: str
    run_id: UUID | None
    input_tokens: int | None
    output_tokens: int | None
    cost: int | None
    currency: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class WindowRow:
    """A message with one of its parts (none: the last four are `None`)."""

    id: UUID
    conversation_id: UUID
    parent_id: UUID | None
    role: Author
    status: MessageStatus
    model: str
    run_id: UUID | None
    input_tokens: int | None
    output_tokens: int | None
    cost: int | None
    currency: str | None
    created_at: datetime
    part_id: UUID | None
    index: int | None
    type: PartType | None
    content: dict[str, str] | None

    def message(self) -> MessageRow:
        """The message alone."""
        return MessageRow(
            self.id,
            self.conversation_id,
            self.parent_id,
            self.role,
            self.status,
            self.model,
            self.run_id,
            self.input_tokens,
            self.output_tokens,
            self.cost,
            self.currency,
            self.created_at,
        )

    def part(self) -> PartRow | None:
        """The part alone."""
        if self.part_id is None or self.index is None or self.type is None:
            return None
        return PartRow(self.part_id, self.index, self.type, self.content or {})


@dataclass(frozen=True, slots=True)
class Sibling:
    """A message and what it follows."""

    id: UUID
    parent_id: UUID | None


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One part of a message on the way from a leaf to the root."""

    message_id: UUID
    role: Author
    type: PartType
    content: dict[str, str]


_COLUMNS: Final = (
    _m.id,
    _m.conversation_id,
    _m.parent_id,
    _m.role,
    _m.status,
    _m.model,
    _m.run_id,
    _m.input_tokens,
    _m.output_tokens,
    _m.cost,
    _m.currency,
    _m.created_at,
)
_PART_COLUMNS: Final = (_p.id.label("part_id"), _p.index, _p.type, _p.content)


def _upwards() -> "sa.CTE":
    """The branch from *leaf* (`None`: the conversation's active one) towards the root, at most *limit* messages, the
    leaf first (`depth` 0)."""
    at = sa.literal_column("0", Integer).label("depth")
    active = sa.select(conversations.c.active_message_id).where(conversations.c.id == an_id("conversation"))
    leaf = sa.func.coalesce(an_id("leaf"), active.scalar_subquery(), type_=Id)
    branch = (
        sa.select(_m.id, _m.parent_id, at)
        .where(_m.id == leaf, _m.conversation_id == an_id("conversation"))
        .cte("branch", recursive=True)
    )
    above = messages.alias("above")
    return branch.union_all(
        sa.select(above.c.id, above.c.parent_id, branch.c.depth + sa.literal_column("1", Integer)).where(
            above.c.id == branch.c.parent_id, branch.c.depth < a_number("limit") - sa.literal_column("1", Integer)
        )
    )


def _window() -> "sa.Select[*tuple[Any, ...]]":
    branch = _upwards()
    return (
        sa.select(*_COLUMNS, *_PART_COLUMNS)
        .select_from(branch)
        .join(messages, _m.id == branch.c.id)
        .join(conversations, conversations.c.id == _m.conversation_id)
        .outerjoin(message_parts, _p.message_id == _m.id)
        .where(_alive)
        .order_by(branch.c.depth.desc(), _p.index)
    )


WINDOW: Final = rows(WindowRow, _window(), guard=_viewer)
"""Up to *limit* messages that end in *leaf*, oldest first, a row for each part."""


def _siblings() -> "sa.Select[*tuple[Any, ...]]":
    branch = _upwards()
    beside = messages.alias("beside")
    return (
        sa.select(beside.c.id, beside.c.parent_id)
        .join(conversations, conversations.c.id == beside.c.conversation_id)
        .where(
            beside.c.conversation_id == an_id("conversation"),
            beside.c.parent_id.in_(sa.select(branch.c.parent_id)),
        )
        .order_by(beside.c.ordinal)
    )


SIBLINGS: Final = rows(Sibling, _siblings(), guard=_viewer)
"""Every message beside one of the branch that ends in *leaf*, itself included; `BEGINNINGS` has those of the first."""

_children = (
    sa.select(_m.id)
    .join(conversations, conversations.c.id == _m.conversation_id)
    .where(conversations.c.id == an_id("conversation"))
    .order_by(_m.ordinal)
)
CHILDREN: Final = rows(UUID, _children.where(_m.parent_id == an_id("parent")), guard=_viewer)
BEGINNINGS: Final = rows(UUID, _children.where(_m.parent_id.is_(None)), guard=_viewer)

READ: Final = rows(
    MessageRow,
    sa.select(*_COLUMNS)
    .join(conversations, conversations.c.id == _m.conversation_id)
    .where(_m.id == an_id("id"), _alive),
    guard=_viewer,
)
PARTS: Final = rows(
    PartRow,
    sa.select(_p.id, _p.index, _p.type, _p.content)
    .join(messages, _m.id == _p.message_id)
    .join(conversations, conversations.c.id == _m.conversation_id)
    .where(_p.message_id == an_id("message"))
    .order_by(_p.index),
    guard=_viewer,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message is to go: the conversation's model, what it would follow (if that is part of the
    conversation), and one of the messages that follow it already."""

    model: str
    role: Author | None
    status: MessageStatus | None
    child_id: UUID | None


_before = messages.alias("before")
_after = messages.alias("after")
PLACE_UNDER: Final = rows(
    Place,
    sa.select(conversations.c.model, _before.c.role, _before.c.status, _after.c.id)
    .select_from(conversations)
    .outerjoin(_before, sa.and_(_before.c.id == an_id("parent"), _before.c.conversation_id == conversations.c.id))
    .outerjoin(_after, sa.and_(_after.c.parent_id == _before.c.id, _after.c.conversation_id == conversations.c.id))
    .where(conversations.c.id == an_id("conversation"), _alive)
    .order_by(_after.c.ordinal),
    guard=_viewer,
)
PLACE_AT_START: Final = rows(
    Place,
    sa.select(conversations.c.model, sa.null(), sa.null(), _after.c.id)
    .select_from(conversations)
    .outerjoin(_after, sa.and_(_after.c.parent_id.is_(None), _after.c.conversation_id == conversations.c.id))
    .where(conversations.c.id == an_id("conversation"), _alive)
    .order_by(_after.c.ordinal),
    guard=_viewer,
)
"""A row for each message that stands there already, or one without; none at all for an unknown conversation."""


def _newest_under() -> "sa.Select[*tuple[Any, ...]]":
    """The newest message under *top*: a child is always newer than its parent, so this is a leaf."""
    down = (
        sa.select(_m.id, _m.ordinal)
        .where(_m.id == an_id("top"), _m.conversation_id == an_id("conversation"))
        .cte("down", recursive=True)
    )
    below = messages.alias("below")
    down = down.union_all(
        sa.select(below.c.id, below.c.ordinal).where(
            below.c.conversation_id == an_id("conversation"), below.c.parent_id == down.c.id
        )
    )
    return (
        sa.select(down.c.id)
        .select_from(down)
        .join(conversations, conversations.c.id == an_id("conversation"))
        .where(_alive)
        .order_by(down.c.ordinal.desc())
        .limit(sa.literal_column("1", Integer))
    )


NEWEST_UNDER: Final = rows(UUID, _newest_under(), guard=_viewer)


def _on_branch() -> "sa.Select[*tuple[Any, ...]]":
    branch = _upwards()
    return (
        sa.select(conversations.c.active_message_id)
        .join(branch, branch.c.id == an_id("top"))
        .where(conversations.c.id == an_id("conversation"), _alive)
    )


ACTIVE_THROUGH: Final = rows(UUID, _on_branch(), guard=_viewer)
"""The active leaf, if *top* is on its branch: then that branch is the one to show."""


def _history() -> "sa.Select[*tuple[Any, ...]]":
    branch = _upwards()
    return (
        sa.select(_m.id, _m.role, _p.type, _p.content)
        .select_from(branch)
        .join(messages, _m.id == branch.c.id)
        .join(conversations, conversations.c.id == _m.conversation_id)
        .join(message_parts, _p.message_id == _m.id)
        .where(_p.type == "text")
        .order_by(branch.c.depth.desc(), _p.index)
    )


HISTORY: Final = rows(HistoryRow, _history(), guard=_viewer)
"""The text on the way to *leaf*, oldest first, at most *limit* messages."""

_ordinal = (
    sa.select(conversations.c.message_count - a_number("back"))
    .where(conversations.c.id == an_id("conversation_id"))
    .scalar_subquery()
)
ADD: Final = change(insert(messages, ordinal=_ordinal, searchable=sa.false()))
"""Add a message. *back* is 0 for the last of those the conversation made room for, 1 for the one before."""

ADD_PART: Final = change(insert(message_parts))

REOPEN: Final = change(
    sa.update(messages)
    .where(_m.id == an_id("message"), _m.run_id == an_id("after"), _m.status != "streaming")
    .values(status=sa.literal("streaming"), run_id=an_id("run"), searchable=sa.false()),
    guard=access(messages, Role.editor),
)
"""Let *run* go on with an answer that *after* left unfinished."""

DROP_ENDINGS: Final = change(
    sa.delete(message_parts).where(_p.message_id == an_id("message"), _p.type == a_text("type")),
    guard=access(message_parts, Role.editor),
)
"""Forget what was said about why an answer ended, now that it goes on."""
