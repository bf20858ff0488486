"""Folders: a person's own, by name."""

from typing import Final

import sqlalchemy as sa

from modulon.modules.chat.backend.models import folders
from modulon.modules.chat.backend.schemas import FolderRead
from modulon.sdk.storage import change, own, rows

from .binds import a_text, a_time, an_id

_f: Final = folders.c
_mine: Final = own(folders)
_one: Final = sa.update(folders).where(_f.id == an_id("id"))
_columns: Final = (_f.id, _f.name, _f.created_at, _f.updated_at)

LIST: Final = rows(
    FolderRead,
    sa.select(*_columns).where(_f.name_key > a_text("after")).order_by(_f.name_key).limit(sa.bindparam("limit")),
    guard=_mine,
)
READ: Final = rows(FolderRead, sa.select(*_columns).where(_f.id == an_id("id")), guard=_mine)
NAMED: Final = rows(FolderRead, sa.select(*_columns).where(_f.name_key == a_text("key")), guard=_mine)
CREATE: Final = change(sa.insert(folders))
RENAME: Final = change(
    _one.values(name=a_text("new_name"), name_key=a_text("new_key"), updated_at=a_time("at")), guard=_mine
)
USE: Final = change(_one.values(updated_at=a_time("at")), guard=_mine)
"""Demands that the folder is there and the person's own, in one unit with what is put into it."""

DELETE: Final = change(sa.delete(folders).where(_f.id == an_id("id")), guard=_mine)
DELETE_OF_WORKSPACE: Final = change(
    sa.delete(folders).where(_f.workspace_id == an_id("workspace")),
    unguarded="the workspace is gone, and with it everybody's right to reach them",
)
DELETE_OF_PERSON: Final = change(
    sa.delete(folders).where(_f.owner_id == an_id("person")),
    unguarded="the account is gone: nobody else reaches what was its own",
)
