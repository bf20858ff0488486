"""Conversations: list, begin, rename, show another branch, delete."""

from uuid import UUID

from modulon.modules.chat.backend.contract import ConversationCreated, ConversationDeleted, ConversationRenamed
from modulon.modules.chat.backend.errors import ConversationUnknown, MessageUnknown
from modulon.modules.chat.backend.runs.engine import engine_of
from modulon.modules.chat.backend.schemas import ConversationPage, ConversationRead, ConversationUpdate, Created
from modulon.modules.chat.backend.store import conversations as store
from modulon.modules.chat.backend.store import messages as messages_store
from modulon.sdk import Context, new_id
from modulon.sdk.storage import name_key, now

from .bodies import body_of
from .cursors import NEWEST, cursor_of, place_of

TITLE_LENGTH = 60


async def list_conversations(ctx: Context, cursor: str | None, limit: int, query: str) -> ConversationPage:
    """The person's own conversations, the most recently used first; *query* is part of a title."""
    params = {"before": place_of(cursor) if cursor else NEWEST, "limit": limit + 1}
    async with ctx.db.read() as db:
        if key := name_key(query):
            found = await db.all(store.SEARCH, {**params, "pattern": f"%{_escaped(key)}%"})
        else:
            found = await db.all(store.LIST, params)
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
    conversation = ConversationRead(new_id(), title, model or "", None, None, at := now(), at)
    created = Created(conversation)
    async with ctx.db.write() as tx:
        tx.run(store.CREATE, new_row(conversation, messages=0))
        tx.emit(ConversationCreated(conversation.id), key=str(conversation.id))
        tx.answer(201, body_of(created))
    return created


async def update_conversation(ctx: Context, conversation_id: UUID, change: ConversationUpdate) -> ConversationRead:
    """Rename, or show another branch down to its newest end."""
    leaf = None
    if change.active_message_id is not None:
        top = {"conversation": conversation_id, "top": change.active_message_id}
        async with ctx.db.read() as db:
            leaf = await db.first(messages_store.NEWEST_UNDER, top)
        if leaf is None:
            raise MessageUnknown
    title = " ".join((change.title or "").split())
    async with ctx.db.write() as tx:
        if title:
            values = {"id": conversation_id, "new_title": title, "new_key": name_key(title), "at": now()}
            tx.run(store.RENAME, values, expect=1, otherwise=ConversationUnknown())
            tx.emit(ConversationRenamed(conversation_id), key=str(conversation_id))
        if leaf is not None:
            tx.run(store.SHOW_BRANCH, {"id": conversation_id, "leaf": leaf}, expect=1, otherwise=ConversationUnknown())
    return await read_conversation(ctx, conversation_id)


async def delete_conversation(ctx: Context, conversation_id: UUID) -> None:
    """Delete it with everything in it; what is being written in it stops."""
    async with ctx.db.write() as tx:
        tx.run(store.DELETE, {"id": conversation_id}, expect=1, otherwise=ConversationUnknown())
        tx.emit(ConversationDeleted(conversation_id), key=str(conversation_id))
    engine_of(ctx).drop(conversation_id)


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
    }


def title_from(text: str) -> str:
    """A title from a first message: its first words, whole ones if that is possible."""
    words = " ".join(text[: TITLE_LENGTH * 4].split())
    if len(words) <= TITLE_LENGTH:
        return words
    cut = words.rfind(" ", TITLE_LENGTH // 2, TITLE_LENGTH)
    return words[: cut if cut > 0 else TITLE_LENGTH].rstrip(" ,.;:") + "…"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
