"""HTTP: parse, call the service, respond. Answers are encoded once, by msgspec, in the shapes of `schemas.py`."""

from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from fastapi import Query, Response

from modulon.sdk import Context, Module

from .runs.stream import run_events
from .runs.usage import ConversationUsage
from .schemas import (
    Accepted,
    BulkChange,
    BulkResult,
    ConversationCreate,
    ConversationPage,
    ConversationRead,
    ConversationUpdate,
    Created,
    FolderCreate,
    FolderPage,
    FolderRead,
    FolderUpdate,
    MessageCreate,
    MessagePage,
    MessageRead,
    Regenerate,
    RunRead,
    SearchPage,
    Shelf,
)
from .service import bulk, conversations, folders, messages, portable, runs, search, usage, views
from .service.portable_file import LARGEST, ExportRequest, ImportRequest, ImportResult, PortableFile

Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=64)]

_encode: Final = msgspec.json.Encoder().encode
_ACCEPTED: Final[dict[int | str, dict[str, Any]]] = {202: {"model": Accepted, "description": "Stored; being answered"}}


def _json(value: object, status: int = 200) -> Response:
    return Response(_encode(value), status, media_type="application/json")


def add_routes(module: Module) -> None:
    """Register every route of this module."""
    _many(module)
    _conversations(module)
    _folders(module)
    _messages(module)
    _runs(module)


def _many(module: Module) -> None:
    """Before those of one, whose paths would take these words for ids."""

    @module.get("/conversations/search", policy="workspace.view", response_model=SearchPage)
    async def search_conversations(
        ctx: Context,
        q: Annotated[str, Query(max_length=200)],
        cursor: Cursor = None,
        limit: Annotated[int, Query(ge=1, le=50)] = 20,
        folder_id: UUID | None = None,
        archived: bool = False,
    ) -> Response:
        """Full-text search in titles and messages; every word must occur, "in quotes" as it stands."""
        return _json(await search.search(ctx, q, cursor, limit, folder_id, archived))

    @module.post("/conversations/export", policy="workspace.view", response_model=PortableFile)
    async def export_conversations(ctx: Context, given: ExportRequest) -> Response:
        """The first of these conversations with every branch, to be kept in a file and read again: as many as hold a
        few thousand messages, at least one. Ask again for the others."""
        return _json(await portable.export(ctx, given.ids))

    @module.post("/conversations/import", policy="workspace.edit", response_model=ImportResult, largest=LARGEST)
    async def import_conversations(ctx: Context, given: ImportRequest) -> ImportResult:
        """Read some conversations of such a file; what is here already is not made again."""
        return await portable.take_in(ctx, given)

    @module.post("/conversations/bulk", policy="workspace.edit", response_model=BulkResult)
    async def change_many(ctx: Context, given: BulkChange) -> Response:
        """Change, delete or restore many conversations; each has its own result."""
        return _json(await bulk.change_many(ctx, given))


def _conversations(module: Module) -> None:
    @module.get("/conversations", policy="workspace.view", response_model=ConversationPage)
    async def list_conversations(
        ctx: Context,
        cursor: Cursor = None,
        limit: Limit = 50,
        q: Annotated[str, Query(max_length=200)] = "",
        shelf: Shelf = "all",
        folder_id: UUID | None = None,
    ) -> Response:
        """The person's conversations, the most recently used first; *q* searches their titles."""
        return _json(await conversations.list_conversations(ctx, cursor, limit, q, shelf, folder_id))

    @module.post(
        "/conversations", policy="workspace.edit", status_code=201, response_model=Created, responses=_ACCEPTED
    )
    async def create_conversation(ctx: Context, given: ConversationCreate) -> Response:
        """Begin a conversation; with a message it is answered at once (202)."""
        if given.message is not None:
            return _json(await messages.begin_conversation(ctx, given), 202)
        return _json(await conversations.create_conversation(ctx, given.title, given.model), 201)

    @module.get("/conversations/{conversation_id}", policy="resource.view", response_model=ConversationRead)
    async def read_conversation(ctx: Context, conversation_id: UUID) -> Response:
        """One conversation, without its messages."""
        return _json(await conversations.read_conversation(ctx, conversation_id))

    @module.patch("/conversations/{conversation_id}", policy="resource.edit", response_model=ConversationRead)
    async def update_conversation(ctx: Context, conversation_id: UUID, change: ConversationUpdate) -> Response:
        """Rename it, pin it, put it elsewhere, or show another of its branches."""
        return _json(await conversations.update_conversation(ctx, conversation_id, change))

    @module.delete("/conversations/{conversation_id}", policy="resource.manage", response_class=Response)
    async def delete_conversation(ctx: Context, conversation_id: UUID, forever: bool = False) -> Response:
        """Delete it with everything in it; it can be restored for some days. *forever* removes a deleted one."""
        if forever:
            await conversations.delete_for_ever(ctx, conversation_id)
        else:
            await conversations.delete_conversation(ctx, conversation_id)
        return Response(status_code=204)

    @module.post("/conversations/{conversation_id}/restore", policy="resource.manage", response_model=ConversationRead)
    async def restore_conversation(ctx: Context, conversation_id: UUID) -> Response:
        """Take a deleted one back."""
        return _json(await conversations.restore_conversation(ctx, conversation_id))


def _folders(module: Module) -> None:
    @module.get("/folders", policy="workspace.view", response_model=FolderPage)
    async def list_folders(
        ctx: Context, cursor: Annotated[UUID | None, Query()] = None, limit: Limit = 200
    ) -> Response:
        """The person's folders, by name."""
        return _json(await folders.list_folders(ctx, None if cursor is None else str(cursor), limit))

    @module.post("/folders", policy="workspace.edit", status_code=201, response_model=FolderRead)
    async def create_folder(ctx: Context, given: FolderCreate) -> Response:
        """Make a folder."""
        return _json(await folders.create_folder(ctx, given.name), 201)

    @module.patch("/folders/{folder_id}", policy="resource.edit", response_model=FolderRead)
    async def update_folder(ctx: Context, folder_id: UUID, change: FolderUpdate) -> Response:
        """Rename a folder."""
        return _json(await folders.rename_folder(ctx, folder_id, change.name))

    @module.delete("/folders/{folder_id}", policy="resource.manage", response_class=Response)
    async def delete_folder(ctx: Context, folder_id: UUID) -> Response:
        """Delete a folder and keep what is in it."""
        await folders.delete_folder(ctx, folder_id)
        return Response(status_code=204)


def _messages(module: Module) -> None:
    @module.get("/conversations/{conversation_id}/messages", policy="resource.view", response_model=MessagePage)
    async def list_messages(ctx: Context, conversation_id: UUID, cursor: Cursor = None, limit: Limit = 30) -> Response:
        """The active branch: its newest messages first, page by page towards the beginning."""
        return _json(await messages.message_window(ctx, conversation_id, cursor, limit))

    @module.post(
        "/conversations/{conversation_id}/messages",
        policy="resource.edit",
        status_code=202,
        response_model=Accepted,
    )
    async def send_message(ctx: Context, conversation_id: UUID, given: MessageCreate) -> Response:
        """Write a message; it is stored when this answers, and its answer is on the way."""
        return _json(await messages.send_message(ctx, conversation_id, given), 202)

    @module.get("/messages/{message_id}", policy="resource.view", response_model=MessageRead)
    async def read_message(ctx: Context, message_id: UUID) -> Response:
        """One message, whichever branch it is on."""
        async with ctx.db.read() as db:
            return _json(await views.whole_message(db, message_id))

    @module.post("/messages/{message_id}/regenerate", policy="resource.edit", status_code=202, response_model=Accepted)
    async def regenerate(ctx: Context, message_id: UUID, given: Regenerate | None = None) -> Response:
        """Ask for another answer beside this one."""
        return _json(await messages.regenerate(ctx, message_id, given.model if given else None), 202)


def _runs(module: Module) -> None:
    @module.get("/conversations/{conversation_id}/usage", policy="resource.view", response_model=ConversationUsage)
    async def read_usage(ctx: Context, conversation_id: UUID) -> Response:
        """Tokens the conversation took so far by model, and what they cost when they were written."""
        return _json(await usage.usage(ctx, conversation_id))

    @module.get("/runs/{run_id}", policy="resource.view", response_model=RunRead)
    async def read_run(ctx: Context, run_id: UUID) -> Response:
        """One run."""
        return _json(await runs.read_run(ctx, run_id))

    @module.post("/runs/{run_id}/stop", policy="resource.edit", response_model=RunRead)
    async def stop_run(ctx: Context, run_id: UUID) -> Response:
        """Stop writing the answer; what has arrived is kept."""
        return _json(await runs.stop_run(ctx, run_id))

    @module.post("/runs/{run_id}/continue", policy="resource.edit", status_code=202, response_model=Accepted)
    async def continue_run(ctx: Context, run_id: UUID) -> Response:
        """Go on with an answer that ended before its time."""
        return _json(await messages.continue_run(ctx, run_id), 202)

    module.asgi(
        "GET",
        "/runs/{run_id}/events",
        policy="resource.view",
        summary="Follow a run: server-sent events, resumable by Last-Event-ID",
        responses={200: {"content": {"text/event-stream": {}}}},
    )(run_events)
