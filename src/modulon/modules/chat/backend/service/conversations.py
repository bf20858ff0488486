"""Conversations: list, begin, rename, put elsewhere, show another branch, delete and restore."""

from uuid import UUID

from modulon.modules.chat.backend.contract import (
    ConversationCreated,
    ConversationDeleted,
    ConversationMoved,
    ConversationRenamed,
    ConversationRestored,
)
from modulon.modules.chat.backend.errors import ConversationUnknown, FolderUnknown, MessageUnknown
from modulon.modules.chat.backend.runs.engine import engine_of
from modulon.modules.chat.backend.schemas import (
    ConversationPage,
    ConversationRead,
    ConversationUpdate,
    Created,
    Shelf,
    TitleBy,
)
from modulon.modules.chat.backend.store import conversations as store
from modulon.modules.chat.backend.store import folders as folders_store
from modulon.modules.chat.backend.store import messages as messages_store
from modulon.modules.chat.backend.store import runs as runs_store
from modulon.sdk import Context, NotFound, Write, new_id, shown_name
from modulon.sdk.storage import name_key, now

from .bodies import body_of
from .cursors import NEWEST, cursor_of, place_of

TITLE_LENGTH = 60


async def list_conversations(
    ctx: Context, cursor: str | None, limit: int, query: str = "", shelf: Shelf = "all", folder: UUID | None = None
) -> ConversationPage:
    """The person's own conversations, the most recently used first; *query* is part of a title."""
    params: dict[str, object] = {"before": place_of(cursor) if cursor else NEWEST, "limit": limit + 1}
    async with ctx.db.read() as db:
        if key := name_key(query):
            found = await db.all(store.SEARCH, {**params, "pattern": f"%{_escaped(key)}%"})
        elif folder is not None:
            found = await db.all(store.IN_FOLDER, {**params, "folder": folder})
        else:
            found = await db.all(store.LISTS[shelf], params)
    page = found[:limit]
    more = cursor_of(page[-1].activity) if len(found) > limit else None
    return ConversationPage(tuple(one.read() for one in page), more)


async def read_conversation(ctx: Context, conversation_id: UUID) -> ConversationRead:
    """One conversation."""
    async with ctx.db.read() as db:
        found = await db.first(store.READ, {"id": conversation_id})
    if found is None:
        raise ConversationUnknown
    return found


async def create_conversation(ctx: Context, title: str, model: str | None) -> Created:
    """An empty conversation."""
    title = " ".join(title.split())
    by: TitleBy = "person" if title else "words"
    conversation = ConversationRead(new_id(), title, model or "", None, None, at := now(), at, by)
    created = Created(conversation)
    async with ctx.db.write() as tx:
        tx.run(store.CREATE, new_row(conversation, messages=0))
        tx.emit(ConversationCreated(conversation.id), key=str(conversation.id))
        tx.answer(201, body_of(created))
    return created


async def update_conversation(ctx: Context, conversation_id: UUID, change: ConversationUpdate) -> ConversationRead:
    """Rename, show another branch down to its newest end, put elsewhere. All or nothing."""
    leaf = await _leaf(ctx, conversation_id, change.active_message_id)
    title = " ".join((change.title or "").split())
    one, missing = {"id": conversation_id}, ConversationUnknown()
    async with ctx.db.write() as tx:
        if title:
            values = {**one, "new_title": title, "new_key": name_key(title)}
            tx.run(store.RENAME, values, expect=1, otherwise=missing)
            tx.emit(ConversationRenamed(conversation_id), key=str(conversation_id))
        if leaf is not None:
            tx.run(store.SHOW_BRANCH, {**one, "leaf": leaf}, expect=1, otherwise=missing)
        if change.pinned is not None:
            tx.run(store.PIN, {**one, "on": change.pinned}, expect=1, otherwise=missing)
        if change.archived is not None:
            tx.run(store.ARCHIVE, {**one, "on": change.archived}, expect=1, otherwise=missing)
        if "folder_id" in change.model_fields_set:
            _move(tx, conversation_id, change.folder_id)
        if change.model_fields_set & {"pinned", "archived", "folder_id"}:
            tx.emit(ConversationMoved(conversation_id), key=str(conversation_id))
    return await read_conversation(ctx, conversation_id)


async def _leaf(ctx: Context, conversation_id: UUID, through: UUID | None) -> UUID | None:
    """The newest end of the branch through that message."""
    if through is None:
        return None
    async with ctx.db.read() as db:
        one = {"conversation": conversation_id, "top": through}
        leaf = await db.first(messages_store.ACTIVE_THROUGH, {**one, "leaf": None, "limit": 1_000_000})
        leaf = leaf or await db.first(messages_store.NEWEST_UNDER, one)
    if leaf is None:
        raise MessageUnknown
    return leaf


def _move(tx: Write, conversation_id: UUID, folder_id: UUID | None) -> None:
    """Into a folder of the same person, or out of any."""
    if folder_id is not None:
        tx.run(folders_store.USE, {"id": folder_id, "at": now()}, expect=1, otherwise=FolderUnknown())
    values = {"id": conversation_id, "folder": folder_id}
    tx.run(store.MOVE, values, expect=1, otherwise=ConversationUnknown())


async def delete_conversation(ctx: Context, conversation_id: UUID) -> None:
    """Delete it with everything in it; what is being written in it stops. For some days it can be restored."""
    async with ctx.db.write() as tx:
        tx.run(store.DELETE, {"id": conversation_id, "at": now()}, expect=1, otherwise=ConversationUnknown())
        tx.run(runs_store.STOP_ALL_IN, {"conversation": conversation_id, "reason": "cancelled"})
        tx.emit(ConversationDeleted(conversation_id), key=str(conversation_id))
    engine_of(ctx).stop_in(conversation_id)


async def delete_for_ever(ctx: Context, conversation_id: UUID) -> None:
    """Remove a deleted one at once, so that nobody can restore it."""
    async with ctx.db.write() as tx:
        tx.run(store.DELETE_FOR_EVER, {"id": conversation_id}, expect=1, otherwise=ConversationUnknown())
        tx.emit(ConversationDeleted(conversation_id), key=str(conversation_id))
    engine_of(ctx).drop(conversation_id)


async def restore_conversation(ctx: Context, conversation_id: UUID) -> ConversationRead:
    """Take a deleted one back, where it was. One that is not deleted stays as it is."""
    try:
        async with ctx.db.write() as tx:
            tx.run(store.RESTORE, {"id": conversation_id}, expect=1)
            tx.emit(ConversationRestored(conversation_id), key=str(conversation_id))
    except NotFound:
        pass  # restored already, or unknown: reading tells which
    return await read_conversation(ctx, conversation_id)


def new_row(conversation: ConversationRead, messages: int) -> dict[str, object]:
    """The columns of a new conversation with room for *messages* messages."""
    return {
        "id": conversation.id,
        "title": conversation.title,
        "title_key": name_key(conversation.title),
        "model": conversation.model,
        "active_message_id": conversation.active_message_id,
        "activity": conversation.active_message_id or conversation.id,
        "message_count": messages,
        "created_at": conversation.created_at,
        "updated_at": conversation.updated_at,
        "title_by": conversation.title_by,
    }


def title_from(text: str) -> str:
    """A title from a first message: its first words, whole ones if that is possible."""
    words = shown_name(text[: TITLE_LENGTH * 4])
    if len(words) <= TITLE_LENGTH:
        return words
    cut = words.rfind(" ", TITLE_LENGTH // 2, TITLE_LENGTH)
    return words[: cut if cut > 0 else TITLE_LENGTH].rstrip(" ,.;:") + "…"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
