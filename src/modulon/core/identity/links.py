"""Links that work once: an invitation to make an account, or to choose a new password.

The token is 256 random bits, stored hashed. Using a link deletes its row in the unit of what it brings about, so that
exactly one of many parallel uses succeeds; a used, revoked, expired or invented token get the same answer.
"""

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

import sqlalchemy as sa

from modulon.core.data.tables import one_time_links
from modulon.sdk.errors import NotFound
from modulon.sdk.identity import Invitation, Principal
from modulon.sdk.ids import new_id
from modulon.sdk.storage import Id, Integer, LargeBinary, Text, Time, Write, change, now, rows

from .errors import LinkInvalid
from .parts import IDENTITY, Parts

Kind = Literal["invitation", "reset"]

TOKEN: Final = re.compile(r"mdt_[a-z2-7]{52}")
"""A token's shape, for guards that must not keep one."""

LIVES: Final[dict[Kind, timedelta]] = {"invitation": timedelta(days=7), "reset": timedelta(minutes=15)}
KEPT_EXPIRED: Final = timedelta(days=30)
"""For how long an invitation that was not accepted is still listed after it ran out."""

_HELD: Final = "whoever holds the token may use it"
_ADMIN: Final = "the service lets administrators alone make, see and revoke links"


@dataclass(frozen=True, slots=True)
class Link:
    """What a token stands for."""

    id: UUID
    user_id: UUID | None
    email: str
    admin: bool
    created_at: datetime
    expires_at: datetime

    @property
    def invitation(self) -> Invitation:
        """It as an administrator, and whoever holds the token, sees it."""
        return Invitation(self.id, self.email, self.admin, self.created_at, self.expires_at)


_t: Final = one_time_links.c
_COLUMNS: Final = (_t.id, _t.user_id, _t.email, _t.admin, _t.created_at, _t.expires_at)
_KIND: Final = _t.kind == sa.bindparam("of_kind", type_=Text)
_GOOD: Final = sa.and_(
    _KIND,
    _t.token_hash == sa.bindparam("token", type_=LargeBinary),
    _t.expires_at > sa.bindparam("at", type_=Time),
)
_FOUND: Final = rows(Link, sa.select(*_COLUMNS).where(_GOOD), unguarded=_HELD)
_TAKE: Final = change(sa.delete(one_time_links).where(_GOOD), unguarded=_HELD)
_LIST: Final = rows(
    Link,
    sa.select(*_COLUMNS)
    .where(_KIND, _t.id < sa.bindparam("before", type_=Id))
    .order_by(_t.id.desc())
    .limit(sa.bindparam("limit", type_=Integer)),
    unguarded=_ADMIN,
)
_ADD: Final = change(sa.insert(one_time_links), unguarded=_ADMIN)
_REVOKE: Final = change(
    sa.delete(one_time_links).where(_KIND, _t.id == sa.bindparam("link_id", type_=Id)), unguarded=_ADMIN
)
_REVOKE_OF: Final = change(
    sa.delete(one_time_links).where(_KIND, _t.user_id == sa.bindparam("of_user", type_=Id)), unguarded=_ADMIN
)
DROP_OLD: Final = change(
    sa.delete(one_time_links).where(_t.expires_at < sa.bindparam("before", type_=Time)),
    unguarded="links that ran out long ago",
)

LAST_ID: Final = UUID(int=2**128 - 1)


class Links:
    """Making, reading, using and revoking links."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def make(
        self, actor: Principal, kind: Kind, *, email: str, admin: bool = False, user: UUID | None = None
    ) -> tuple[Link, str]:
        """A new link and its token; earlier links of *kind* for *user* become worthless."""
        token = f"mdt_{base64.b32encode(secrets.token_bytes(32)).decode().rstrip('=').lower()}"
        at = now()
        link = Link(new_id(), user, email, admin, at, at + LIVES[kind])
        async with self._parts.engine.bind(actor).write() as tx:
            if user is not None:
                revoke_of(tx, kind, user)
            tx.run(_ADD, {
                "id": link.id, "kind": kind, "token_hash": _hash(token), "user_id": user, "email": email,
                "admin": admin, "created_by": actor.user or link.id, "created_at": at, "expires_at": link.expires_at,
            })  # fmt: skip
        return link, token

    async def find(self, kind: Kind, token: str) -> Link:
        """What *token* stands for. Raises `LinkInvalid`."""
        async with self._parts.engine.bind(IDENTITY).read() as db:
            link = await db.first(_FOUND, {"of_kind": kind, "token": _hash(token), "at": now()})
        if link is None:
            raise LinkInvalid
        return link

    async def list(self, kind: Kind, after: UUID | None, limit: int) -> list[Link]:
        """Links not used yet, newest first."""
        async with self._parts.engine.bind(IDENTITY).read() as db:
            return await db.all(_LIST, {"of_kind": kind, "before": after or LAST_ID, "limit": limit})

    async def revoke(self, actor: Principal, kind: Kind, link_id: UUID) -> None:
        """Make one worthless; `NotFound` if there is none such."""
        async with self._parts.engine.bind(actor).write() as tx:
            tx.run(_REVOKE, {"of_kind": kind, "link_id": link_id}, expect=1, otherwise=NotFound())


def take(tx: Write, kind: Kind, token: str) -> None:
    """Use the link up, in the unit of what it brings about."""
    tx.run(_TAKE, {"of_kind": kind, "token": _hash(token), "at": now()}, expect=1, otherwise=LinkInvalid())


def revoke_of(tx: Write, kind: Kind, user: UUID) -> None:
    """Make every link of *kind* for *user* worthless."""
    tx.run(_REVOKE_OF, {"of_kind": kind, "of_user": user})


def _hash(token: str) -> bytes:
    # Looked up by its hash: neither the row nor the time the look-up takes says anything about a valid token.
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
