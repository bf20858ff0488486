"""API keys: many per person, named, scoped, expiring, revocable; the key itself is known once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from modulon.core.data.tables import api_keys
from modulon.sdk.errors import NotFound
from modulon.sdk.identity import SCOPES, ApiKey, Principal, Scope
from modulon.sdk.ids import new_id
from modulon.sdk.storage import Id, Time, change, now, rows

from .errors import ScopeExceeded, TooManyKeys
from .events import KeyCreated, KeyRevoked
from .parts import IDENTITY, Parts

LIMIT: Final = 100
"""Keys one person may have at a time."""

USE_NOTED_EVERY: Final = timedelta(minutes=1)

_OWN: Final = sa.and_(api_keys.c.user_id == sa.bindparam("owner", type_=Id), api_keys.c.revoked_at.is_(None))
_WHY: Final = "the owner is the principal's own user"

_LIST: Final = rows(
    ApiKey,
    sa.select(
        api_keys.c.id,
        api_keys.c.user_id,
        api_keys.c.name,
        api_keys.c.prefix,
        api_keys.c.scopes,
        api_keys.c.created_at,
        api_keys.c.expires_at,
        api_keys.c.last_used_at,
    )
    .where(_OWN)
    .order_by(api_keys.c.created_at.desc(), api_keys.c.id.desc())
    .limit(LIMIT),
    unguarded=_WHY,
)
_COUNT: Final = rows(int, sa.select(sa.func.count()).select_from(api_keys).where(_OWN), unguarded=_WHY)
_ADD: Final = change(sa.insert(api_keys), unguarded=_WHY)
_REVOKE: Final = change(
    sa.update(api_keys)
    .where(api_keys.c.id == sa.bindparam("key_id", type_=Id), _OWN)
    .values(revoked_at=sa.bindparam("at", type_=Time)),
    unguarded=_WHY,
)
_NOTE_USE: Final = change(
    sa.update(api_keys)
    .where(
        api_keys.c.id == sa.bindparam("key_id", type_=Id),
        sa.or_(api_keys.c.last_used_at.is_(None), api_keys.c.last_used_at < sa.bindparam("before", type_=Time)),
    )
    .values(last_used_at=sa.bindparam("at", type_=Time)),
    unguarded="core notes that a key it has just verified was used",
)


class Keys:
    """Listing, making and revoking a person's keys."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def list(self, owner: UUID) -> list[ApiKey]:
        """The owner's keys that are not revoked, newest first."""
        async with self._parts.engine.bind(IDENTITY).read() as db:
            return [_with_tuple(key) for key in await db.all(_LIST, {"owner": owner})]

    async def create(
        self,
        actor: Principal,
        *,
        owner: UUID,
        workspace: UUID,
        allowed: frozenset[str],
        name: str,
        scopes: Sequence[Scope],
        expires_at: datetime | None,
    ) -> tuple[ApiKey, str]:
        """Make a key with *scopes*, all of which must be *allowed*. Raises `ScopeExceeded`, `TooManyKeys`."""
        for scope in scopes:
            if scope not in allowed:
                raise ScopeExceeded(params={"scope": scope})
        db = self._parts.engine.bind(actor)
        async with db.read() as read:
            if await read.one(_COUNT, {"owner": owner}) >= LIMIT:
                raise TooManyKeys(params={"limit": LIMIT})
        made = self._parts.key_hashes.make()
        ordered = tuple(scope for scope in SCOPES if scope in scopes)
        key = ApiKey(new_id(), owner, name, made.prefix, ordered, now(), expires_at, None)
        async with db.write() as tx:
            tx.run(
                _ADD,
                {
                    "id": key.id,
                    "user_id": owner,
                    "workspace_id": workspace,
                    "name": name,
                    "prefix": made.prefix,
                    "hash": made.hash,
                    "scopes": ordered,
                    "created_at": key.created_at,
                    "expires_at": expires_at,
                    "last_used_at": None,
                    "revoked_at": None,
                },
            )
            tx.emit(KeyCreated(user_id=owner, key_id=key.id, scopes=ordered), key=str(owner))
        return key, made.text

    async def revoke(self, actor: Principal, owner: UUID, key_id: UUID) -> None:
        """Revoke one of the owner's keys; `NotFound` for any other."""
        async with self._parts.engine.bind(actor).write() as tx:
            tx.run(_REVOKE, {"key_id": key_id, "owner": owner, "at": now()}, expect=1, otherwise=NotFound())
            tx.emit(KeyRevoked(user_id=owner, key_id=key_id), key=str(owner))

    async def note_use(self, key_id: UUID) -> None:
        """Note that a key was used, unless that was noted within the last minute."""
        at = now()
        async with self._parts.engine.bind(IDENTITY).write() as tx:
            tx.run(_NOTE_USE, {"key_id": key_id, "at": at, "before": at - USE_NOTED_EVERY})


def _with_tuple(key: ApiKey) -> ApiKey:
    return ApiKey(
        key.id,
        key.user_id,
        key.name,
        key.prefix,
        tuple(key.scopes),
        key.created_at,
        key.expires_at,
        key.last_used_at,
    )
