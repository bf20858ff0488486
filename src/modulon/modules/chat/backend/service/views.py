"""Stored rows as they are shown."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from modulon.modules.chat.backend.errors import MessageUnknown
from modulon.modules.chat.backend.runs.usage import usage_read
from modulon.modules.chat.backend.schemas import MessageRead, PartRow
from modulon.modules.chat.backend.store import messages as store
from modulon.sdk import Read


def message_read(row: store.MessageRow, parts: Iterable[PartRow], siblings: Sequence[UUID]) -> MessageRead:
    """A message with its parts and what stands beside it."""
    return MessageRead(
        row.id,
        row.conversation_id,
        row.parent_id,
        row.role,
        row.status,
        row.model,
        row.run_id,
        row.created_at,
        tuple(part.read() for part in parts),
        tuple(siblings),
        usage_read(row.input_tokens, row.output_tokens, row.cost, row.currency),
    )


async def beside(db: Read, conversation: UUID, parent: UUID | None) -> list[UUID]:
    """The messages that follow *parent* (`None`: the beginnings), oldest first."""
    if parent is None:
        return await db.all(store.BEGINNINGS, {"conversation": conversation})
    return await db.all(store.CHILDREN, {"conversation": conversation, "parent": parent})


async def whole_message(db: Read, message_id: UUID) -> MessageRead:
    """A message with everything; `MessageUnknown` if it is absent or not the reader's."""
    row = await db.first(store.READ, {"id": message_id})
    if row is None:
        raise MessageUnknown
    parts = await db.all(store.PARTS, {"message": message_id})
    return message_read(row, parts, await beside(db, row.conversation_id, row.parent_id))
