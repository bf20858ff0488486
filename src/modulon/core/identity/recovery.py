"""The recovery key's wrap of the master key, and whether somebody keeps the key safe."""

from typing import Final

import sqlalchemy as sa

from modulon.core.data.tables import instance
from modulon.sdk.identity import Principal, Recovery
from modulon.sdk.storage import Text, Write, change, now, rows

from .parts import IDENTITY, Parts

WRAP: Final = "recovery"
_SAVED: Final = "recovery_saved"
_WHY: Final = "the host's own notes about itself"

_NOTES: Final = rows(
    str,
    sa.select(instance.c.key).where(instance.c.key.in_([sa.literal(WRAP, Text), sa.literal(_SAVED, Text)])),
    unguarded=_WHY,
)
_DROP: Final = change(sa.delete(instance).where(instance.c.key == sa.bindparam("note", type_=Text)), unguarded=_WHY)
_NOTE: Final = change(sa.insert(instance), unguarded=_WHY)


class RecoveryKeys:
    """Makes recovery keys. Only the newest one works."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def state(self) -> Recovery:
        """Whether there is one, and whether it is kept safe."""
        async with self._parts.engine.bind(IDENTITY).read() as db:
            notes = await db.all(_NOTES)
        return Recovery("none" if WRAP not in notes else "saved" if _SAVED in notes else "unsaved")

    def make(self, tx: Write) -> str:
        """A new key, in place of the last one, in the unit."""
        key, wrapped = self._parts.source.recovery_key()
        tx.run(_DROP, {"note": WRAP})
        tx.run(_DROP, {"note": _SAVED})
        tx.run(_NOTE, {"key": WRAP, "value": wrapped})
        return key

    async def renew(self, actor: Principal) -> str:
        """A new key in place of the last one."""
        async with self._parts.engine.bind(actor).write() as tx:
            return self.make(tx)

    async def saved(self, actor: Principal) -> None:
        """Note that it is kept safe."""
        async with self._parts.engine.bind(actor).write() as tx:
            tx.run(_DROP, {"note": _SAVED})
            tx.run(_NOTE, {"key": _SAVED, "value": now().isoformat()})
