"""Conversations out to a file and in again: lossless, and never twice."""

import asyncio
import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from modulon.modules.chat.backend.contract import ConversationCreated, FolderChanged
from modulon.modules.chat.backend.errors import ConversationUnknown, FolderNamed
from modulon.modules.chat.backend.runs.answer import clean
from modulon.modules.chat.backend.runs.usage import usage_read
from modulon.modules.chat.backend.service.portable_check import OTHERS_TURN, checked
from modulon.modules.chat.backend.service.portable_file import (
    ENOUGH_MESSAGES,
    FORMAT,
    VERSION,
    Imported,
    ImportRequest,
    ImportResult,
    PortableConversation,
    PortableMessage,
)
from modulon.modules.chat.backend.store import conversations as conversations_store
from modulon.modules.chat.backend.store import folders as folders_store
from modulon.modules.chat.backend.store import messages as messages_store
from modulon.modules.chat.backend.store import portable as store
from modulon.sdk import Conflict, Context, Read, new_id
from modulon.sdk.money import micros_of
from modulon.sdk.storage import name_key, now

_Rows = tuple[dict[str, object], list[dict[str, object]]]


async def export(ctx: Context, ids: tuple[UUID, ...]) -> dict[str, Any]:
    """The first of these conversations with all branches, until there are `ENOUGH_MESSAGES`, but at least one;
    `ConversationUnknown` if one of them is not the reader's."""
    found: list[dict[str, Any]] = []
    count = 0
    async with ctx.db.read() as db:
        for one in dict.fromkeys(ids):
            if count >= ENOUGH_MESSAGES:
                break
            found.append(await _exported(db, one))
            count += len(found[-1]["messages"])
    return {"format": FORMAT, "version": VERSION, "exported_at": now(), "conversations": found}


async def _exported(db: Read, conversation_id: UUID) -> dict[str, Any]:
    head = await db.first(store.HEAD, {"id": conversation_id})
    if head is None:
        raise ConversationUnknown
    folder = None if head.folder_id is None else await db.first(folders_store.READ, {"id": head.folder_id})
    messages: list[dict[str, Any]] = []
    for row in await db.all(store.TREE, {"id": conversation_id}):
        if not messages or messages[-1]["id"] != row.id:
            messages.append(_message(row))
        if row.type is not None:
            messages[-1]["parts"].append({"type": row.type, **(row.content or {})})
    return {
        "id": UUID(head.origin) if head.origin else head.id,
        "title": head.title,
        "title_by": head.title_by,
        "model": head.model,
        "folder": folder and folder.name,
        "pinned": head.pinned,
        "archived": head.archived,
        "created_at": head.created_at,
        "updated_at": head.updated_at,
        "active_message_id": head.active_message_id,
        "messages": messages,
    }


def _message(row: store.TreeRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "parent_id": row.parent_id,
        "role": row.role,
        "status": row.status,
        "model": row.model,
        "created_at": row.created_at,
        "parts": [],
        "usage": usage_read(row.input_tokens, row.output_tokens, row.cost, row.currency),
    }


async def take_in(ctx: Context, given: ImportRequest) -> ImportResult:
    """Make each that is not here yet, if all are as they must be. Every id is new; what exists is not touched,
    whoever it belongs to."""
    return ImportResult(items=tuple([await _one(ctx, one) for one in await checked(given)]))


async def _one(ctx: Context, given: PortableConversation) -> Imported:
    known = await _known(ctx, given.id)
    if known is not None:
        return Imported(origin=given.id, id=known, result="known")
    folder = None if given.folder is None else await _folder(ctx, given.folder)
    ids = {message.id: new_id() for message in given.messages}
    conversation = new_id()
    row = _row(given, conversation, folder, ids)
    rows = await _message_rows(given, conversation, ids)
    try:
        async with ctx.db.write() as tx:
            tx.run(conversations_store.CREATE, row, otherwise=Conflict())
            for message, parts in rows:
                tx.run(messages_store.ADD, message)
                tx.run(messages_store.ADD_PART, parts)
            tx.emit(ConversationCreated(conversation), key=str(conversation))
    except Conflict:  # the same file at the same time
        known = await _known(ctx, given.id)
        if known is None:
            raise
        return Imported(origin=given.id, id=known, result="known")
    return Imported(origin=given.id, id=conversation, result="created")


async def _known(ctx: Context, origin: UUID) -> UUID | None:
    """The person's own conversation that this one is, taken back if it was deleted."""
    async with ctx.db.read() as db:
        found = await db.first(store.KNOWN, {"id": origin, "origin": str(origin)})
    if found is None:
        return None
    async with ctx.db.write() as tx:
        tx.run(conversations_store.RESTORE, {"id": found})
    return found


async def _folder(ctx: Context, name: str) -> UUID | None:
    """The person's folder of that name, made if need be."""
    key = name_key(name)
    async with ctx.db.read() as db:
        found = await db.first(folders_store.NAMED, {"key": key})
    if found is not None or not key:
        return found and found.id
    folder, at = new_id(), now()
    values = {"id": folder, "name": name, "name_key": key, "created_at": at, "updated_at": at}
    async with ctx.db.write() as tx:
        tx.run(folders_store.CREATE, values, otherwise=FolderNamed())
        tx.emit(FolderChanged(folder), key=str(folder))
    return folder


def _row(given: PortableConversation, id: UUID, folder: UUID | None, ids: dict[UUID, UUID]) -> dict[str, object]:
    return {
        "id": id,
        "title": given.title,
        "title_key": name_key(given.title),
        "title_by": given.title_by,
        "model": given.model,
        "active_message_id": None if given.active_message_id is None else ids[given.active_message_id],
        "activity": id_at(given.updated_at),
        "message_count": len(given.messages),
        "created_at": given.created_at,
        "updated_at": given.updated_at,
        "folder_id": folder,
        "pinned": given.pinned,
        "archived": given.archived,
        "origin": str(given.id),
    }


async def _message_rows(given: PortableConversation, conversation: UUID, ids: dict[UUID, UUID]) -> list[_Rows]:
    """Each message's row and those of its parts."""
    found: list[_Rows] = []
    for index, message in enumerate(given.messages):
        if index % OTHERS_TURN == 0:
            await asyncio.sleep(0)
        row = _message_row(message, conversation, ids, len(ids) - 1 - index)
        found.append((row, _part_rows(message, ids[message.id])))
    return found


def _message_row(message: PortableMessage, conversation: UUID, ids: dict[UUID, UUID], back: int) -> dict[str, object]:
    usage = message.usage
    cost = usage and usage.cost
    return {
        "id": ids[message.id],
        "conversation_id": conversation,
        "parent_id": None if message.parent_id is None else ids[message.parent_id],
        "back": back,
        "role": message.role,
        # nobody is writing it here
        "status": "interrupted" if message.status == "streaming" else message.status,
        "model": message.model,
        "run_id": None,
        "input_tokens": usage and usage.input_tokens,
        "output_tokens": usage and usage.output_tokens,
        "cost": cost and micros_of(cost.amount),
        "currency": cost and cost.currency,
        "created_at": message.created_at,
    }


def _part_rows(message: PortableMessage, id: UUID) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for index, part in enumerate(message.parts):
        told = part.model_dump(exclude={"type"})
        content = {name: clean(value) for name, value in told.items()}
        rows.append({"id": new_id(), "message_id": id, "index": index, "type": part.type, "content": content})
    return rows


def id_at(time: datetime) -> UUID:
    """An id that sorts where one made at *time* would."""
    milliseconds = max(0, min(int(time.timestamp() * 1000), 2**48 - 1))
    return UUID(int=milliseconds << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62))
