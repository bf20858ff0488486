"""Whether the master key is the one this database was written with.

A lost key file is made anew at the next start, and a server that then starts as if nothing had happened would find
every stored key unreadable and every session ended, one by one. So the first start notes the key's id in the database.
"""

from typing import Final

import sqlalchemy as sa

from modulon.core.data.tables import instance
from modulon.sdk.errors import Conflict
from modulon.sdk.storage import Database, Text, change, rows

from .master import MasterKey, MasterKeyError

_NAME: Final = "master_key"

_NOTED: Final = rows(
    str,
    sa.select(instance.c.value).where(instance.c.key == sa.bindparam("name", type_=Text)),
    unguarded="what the host keeps about itself",
)
_NOTE: Final = change(sa.insert(instance), unguarded="what the host keeps about itself")


async def confirm(master: MasterKey, db: Database) -> None:
    """Note the key's id, or raise `MasterKeyError` if another one is noted."""
    if await _noted(db) is None:
        try:
            async with db.write() as tx:
                tx.run(_NOTE, {"key": _NAME, "value": master.id})
        except Conflict:
            pass  # another process was first: compare with what it noted
    noted = await _noted(db)
    if noted != master.id:
        raise MasterKeyError(
            f"This database was written with the master key {noted}, and the present one is {master.id}. Nothing was "
            "changed. Put the old master.key back into the data folder, or set MODULON_MASTER_KEY to the old key."
        )


async def _noted(db: Database) -> str | None:
    async with db.read() as view:
        return await view.first(_NOTED, {"name": _NAME})
