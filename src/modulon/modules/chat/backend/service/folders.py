"""Folders: list, make, rename, delete. Deleting one keeps what is in it."""

from uuid import UUID

from modulon.modules.chat.backend.contract import FolderChanged
from modulon.modules.chat.backend.errors import FolderNamed, FolderNameEmpty, FolderUnknown
from modulon.modules.chat.backend.schemas import FolderPage, FolderRead
from modulon.modules.chat.backend.store import conversations as conversations_store
from modulon.modules.chat.backend.store import folders as store
from modulon.sdk import Context, Invalid, new_id, shown_name
from modulon.sdk.storage import name_key, now

from .bodies import body_of


async def list_folders(ctx: Context, after: str | None, limit: int) -> FolderPage:
    """The person's folders by name; *after* is the folder the last page ended with."""
    async with ctx.db.read() as db:
        end = None if after is None else await db.first(store.READ, {"id": UUID(after)})
        if after is not None and end is None:
            raise Invalid(at="/cursor")
        last = "" if end is None else name_key(end.name)
        found = await db.all(store.LIST, {"after": last, "limit": limit + 1})
    page = found[:limit]
    return FolderPage(tuple(page), str(page[-1].id) if len(found) > limit else None)


async def read_folder(ctx: Context, folder_id: UUID) -> FolderRead:
    """One folder."""
    async with ctx.db.read() as db:
        found = await db.first(store.READ, {"id": folder_id})
    if found is None:
        raise FolderUnknown
    return found


async def create_folder(ctx: Context, name: str) -> FolderRead:
    """A new folder; `FolderNamed` if there is one of that name."""
    name = _name(name)
    folder = FolderRead(new_id(), name, at := now(), at)
    values = {"id": folder.id, "name": name, "name_key": name_key(name), "created_at": at, "updated_at": at}
    async with ctx.db.write() as tx:
        tx.run(store.CREATE, values, otherwise=FolderNamed(at="/name"))
        tx.emit(FolderChanged(folder.id), key=str(folder.id))
        tx.answer(201, body_of(folder))
    return folder


async def rename_folder(ctx: Context, folder_id: UUID, name: str | None) -> FolderRead:
    """Another name."""
    before = await read_folder(ctx, folder_id)
    if name is None or _name(name) == before.name:
        return before
    name = _name(name)
    values = {"id": folder_id, "new_name": name, "new_key": name_key(name), "at": now()}
    async with ctx.db.write() as tx:
        tx.run(store.RENAME, values, expect=1, otherwise=FolderNamed(at="/name"))
        tx.emit(FolderChanged(folder_id), key=str(folder_id))
    return await read_folder(ctx, folder_id)


async def delete_folder(ctx: Context, folder_id: UUID) -> None:
    """Delete it; its conversations, also deleted ones that may be restored, stand outside folders then."""
    async with ctx.db.write() as tx:
        tx.run(store.DELETE, {"id": folder_id}, expect=1, otherwise=FolderUnknown())
        tx.run(conversations_store.EMPTY_FOLDER, {"folder": folder_id})
        tx.emit(FolderChanged(folder_id), key=str(folder_id))


def _name(given: str) -> str:
    name = shown_name(given)
    if not name_key(name):
        raise FolderNameEmpty(at="/name")
    return name
