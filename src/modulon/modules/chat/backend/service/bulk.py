"""Many conversations at once: the same change to each, by the same way as one, with a result for each."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

from modulon.modules.chat.backend.schemas import BulkChange, BulkItem, BulkResult, ConversationUpdate, Fault
from modulon.sdk import Context, Problem

from .conversations import delete_conversation, delete_for_ever, restore_conversation, update_conversation

AT_ONCE: Final = 16
"""Changes under way together: they share commits, and leave room for others."""


async def change_many(ctx: Context, given: BulkChange) -> BulkResult:
    """Change each conversation on its own: one that is refused says so and keeps none of the others back."""
    change = _change(given)
    places = asyncio.Semaphore(AT_ONCE)

    async def one(conversation_id: UUID) -> BulkItem:
        try:
            async with places:
                await change(ctx, conversation_id)
        except Problem as problem:
            return BulkItem(conversation_id, problem.status, Fault(problem.code, problem.message))
        return BulkItem(conversation_id, 200)

    return BulkResult(tuple(await asyncio.gather(*(one(id) for id in dict.fromkeys(given.ids)))))


def _change(given: BulkChange) -> Callable[[Context, UUID], Awaitable[object]]:
    match given.action:
        case "update":
            values = {
                name: getattr(given, name) for name in given.model_fields_set & {"folder_id", "pinned", "archived"}
            }
            update = ConversationUpdate.model_validate(values)
            return lambda ctx, id: update_conversation(ctx, id, update)
        case "delete":
            return delete_conversation
        case "restore":
            return restore_conversation
        case "delete_for_ever":
            return delete_for_ever
