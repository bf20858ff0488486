"""Messages: read a window of a branch, write, ask again, go on."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from modulon.modules.chat.backend.contract import ConversationCreated
from modulon.modules.chat.backend.errors import (
    ConversationUnknown,
    MessageUnknown,
    ModelMissing,
    NotAnAnswer,
    NothingToContinue,
    RunUnknown,
    StillAnswering,
)
from modulon.modules.chat.backend.runs.engine import engine_of
from modulon.modules.chat.backend.runs.prompt import said
from modulon.modules.chat.backend.schemas import (
    Accepted,
    ConversationCreate,
    ConversationRead,
    MessageCreate,
    MessagePage,
    MessageRead,
    PartRow,
)
from modulon.modules.chat.backend.store import conversations as conversations_store
from modulon.modules.chat.backend.store import messages as store
from modulon.modules.chat.backend.store import runs as runs_store
from modulon.sdk import Context, Read, Write, new_id
from modulon.sdk.storage import name_key, now

from .acceptance import ENDINGS, Turn, add_message, add_run, parts_of, turn, written
from .bodies import body_of
from .conversations import new_row, read_conversation, title_from
from .cursors import cursor_of, place_of
from .titles import title_later
from .views import beside, message_read


async def message_window(ctx: Context, conversation_id: UUID, cursor: str | None, limit: int) -> MessagePage:
    """Part of the active branch: its newest messages, or with *cursor* those before the ones seen last.

    A page costs two queries, the oldest one a third, however long the conversation is.
    """
    branch = {"conversation": conversation_id, "leaf": place_of(cursor) if cursor else None, "limit": limit}
    async with ctx.db.read() as db:
        rows = await db.all(store.WINDOW, branch)
        around = await _siblings(db, branch, rows)
    if not rows:
        await read_conversation(ctx, conversation_id)
        return MessagePage((), None)
    items = tuple(_grouped(rows, around))
    above = items[0].parent_id
    return MessagePage(items, cursor_of(above) if above else None)


async def begin_conversation(ctx: Context, given: ConversationCreate) -> Accepted:
    """A conversation with its first message."""
    assert given.message is not None  # noqa: S101 - the caller's case
    model = given.message.model or given.model
    if not model:
        raise ModelMissing
    parts = parts_of(given.message.parts)
    conversation_id, message_id = new_id(), new_id()
    new = turn(conversation_id, message_id, "message", model)
    named = " ".join(given.title.split())
    title, by = (named, "person") if named else (title_from(parts[0].content["text"]), "words")
    conversation = ConversationRead(conversation_id, title, model, new.answer_id, new.run_id, new.at, new.at, by)
    async with ctx.db.write() as tx:
        tx.run(conversations_store.CREATE, new_row(conversation, messages=2))
        tx.emit(ConversationCreated(conversation_id), key=str(conversation_id))
        message = add_message(tx, written(conversation_id, None, message_id), parts, back=1)
        answer = add_message(tx, new.answer_row(), [], back=0)
        assignment = add_run(ctx, tx, new, message_id)
        accepted = Accepted(answer, new.run(), message, conversation)
        tx.answer(202, body_of(accepted))
    engine_of(ctx).start(assignment, [said(part.content["text"] for part in parts)])
    if conversation.title_by == "words":
        title_later(ctx, assignment)
    return accepted


async def send_message(ctx: Context, conversation_id: UUID, given: MessageCreate) -> Accepted:
    """A message after `parent_id`; as an edit it stands beside the others there."""
    parts = parts_of(given.parts)
    message_id = new_id()
    model, others = await _before(ctx, conversation_id, given)
    new = turn(conversation_id, message_id, "message", model)
    async with ctx.db.write() as tx:
        title = title_from(parts[0].content["text"])
        _touch(tx, new, added=2, parent=given.parent_id, newest=new.answer_id, title=title)
        row = written(conversation_id, given.parent_id, message_id)
        message = replace(add_message(tx, row, parts, back=1), siblings=(*others, message_id))
        answer = add_message(tx, new.answer_row(), [], back=0)
        assignment = add_run(ctx, tx, new, message_id)
        accepted = Accepted(answer, new.run(), message)
        tx.answer(202, body_of(accepted))
    engine_of(ctx).start(assignment)
    if given.parent_id is None and not others:
        title_later(ctx, assignment)
    return accepted


async def regenerate(ctx: Context, answer_id: UUID, model: str | None) -> Accepted:
    """Another answer beside *answer_id*, shown from now on."""
    async with ctx.db.read() as db:
        old = await db.first(store.READ, {"id": answer_id})
        others = [] if old is None else await beside(db, old.conversation_id, old.parent_id)
    if old is None:
        raise MessageUnknown
    if old.role != "assistant":
        raise NotAnAnswer
    if old.status == "streaming":
        raise StillAnswering
    new = turn(old.conversation_id, old.parent_id, "regenerate", model or old.model)
    async with ctx.db.write() as tx:
        _touch(tx, new, added=1, parent=None, newest=new.answer_id)
        answer = replace(add_message(tx, new.answer_row(), [], back=0), siblings=(*others, new.answer_id))
        assignment = add_run(ctx, tx, new, None)
        accepted = Accepted(answer, new.run())
        tx.answer(202, body_of(accepted))
    engine_of(ctx).start(assignment)
    return accepted


async def continue_run(ctx: Context, run_id: UUID) -> Accepted:
    """Go on with an answer that ended before its time: a new run that adds parts to the same message."""
    async with ctx.db.read() as db:
        run = await db.first(runs_store.READ, {"id": run_id})
        if run is None:
            raise RunUnknown
        old = await db.one(store.READ, {"id": run.message_id})
        parts = await db.all(store.PARTS, {"message": run.message_id})
        others = await beside(db, old.conversation_id, old.parent_id)
    if run.state not in ("interrupted", "failed", "cancelled", "limited") or old.run_id != run.id:
        raise NothingToContinue
    kept = [part for part in parts if part.type not in ENDINGS]
    new = replace(
        turn(old.conversation_id, old.parent_id, "continue", run.model),
        answer_id=old.id,
        parent_run_id=run.id,
        first_index=max((part.index for part in kept), default=-1) + 1,
    )
    async with ctx.db.write() as tx:
        _touch(tx, new, added=0, parent=None, newest=new_id())
        reopened = {"message": old.id, "after": run.id, "run": new.run_id}
        tx.run(store.REOPEN, reopened, expect=1, otherwise=NothingToContinue())
        tx.run(store.DROP_ENDINGS, [{"message": old.id, "type": ending} for ending in ENDINGS])
        assignment = add_run(ctx, tx, new, None)
        row = replace(new.answer_row(), created_at=old.created_at)
        accepted = Accepted(message_read(row, kept, others), new.run())
        tx.answer(202, body_of(accepted))
    engine_of(ctx).start(assignment)
    return accepted


async def _before(ctx: Context, conversation_id: UUID, given: MessageCreate) -> tuple[str, list[UUID]]:
    """The model to ask and what stands where the message goes; says precisely what does not fit."""
    async with ctx.db.read() as db:
        if given.parent_id is None:
            places = await db.all(store.PLACE_AT_START, {"conversation": conversation_id})
        else:
            under = {"conversation": conversation_id, "parent": given.parent_id}
            places = await db.all(store.PLACE_UNDER, under)
    if not places:
        raise ConversationUnknown
    place = places[0]
    if given.parent_id is not None:
        _require_answer(place)
    model = given.model or place.model
    if not model:
        raise ModelMissing
    return model, [one.child_id for one in places if one.child_id is not None]


def _require_answer(place: store.Place) -> None:
    """A message follows a finished answer."""
    if place.role is None:
        raise MessageUnknown
    if place.role != "assistant":
        raise NotAnAnswer
    if place.status == "streaming":
        raise StillAnswering


def _touch(tx: Write, new: Turn, *, added: int, parent: UUID | None, newest: UUID, title: str = "") -> None:
    """The conversation's part of the unit: it is the writer's, *parent* belongs to it, there is room for *added*."""
    values: dict[str, Any] = {
        "id": new.conversation_id,
        "added": added,
        "answer": new.answer_id,
        "newest": newest,
        "asked": new.model,
        "new_title": title,
        "new_key": name_key(title),
        "at": now(),
    }
    if parent is None:
        tx.run(conversations_store.TOUCH, values, expect=1, otherwise=ConversationUnknown())
    else:
        values["parent"] = parent
        tx.run(conversations_store.TOUCH_UNDER, values, expect=1, otherwise=MessageUnknown())


async def _siblings(db: Read, branch: dict[str, Any], rows: list[store.WindowRow]) -> dict[UUID | None, list[UUID]]:
    """What stands beside the messages of a window, by their parent."""
    around: dict[UUID | None, list[UUID]] = {}
    if not rows:
        return around
    for one in await db.all(store.SIBLINGS, branch):
        around.setdefault(one.parent_id, []).append(one.id)
    if rows[0].parent_id is None:
        around[None] = await db.all(store.BEGINNINGS, {"conversation": branch["conversation"]})
    return around


def _grouped(rows: list[store.WindowRow], around: dict[UUID | None, list[UUID]]) -> Iterable[MessageRead]:
    """One message for each run of rows of the same one."""
    parts: list[PartRow] = []
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        part = row.part()
        if part is not None:
            parts.append(part)
        if following is None or following.id != row.id:
            yield message_read(row.message(), parts, around.get(row.parent_id, [row.id]))
            parts = []
