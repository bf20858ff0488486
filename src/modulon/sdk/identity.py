"""Who acts, and what the modules `accounts` and `workspaces` may ask of core about people.

Core owns users, groups, workspaces, grants, sessions and API keys and verifies credentials; modules hold the
routes, rules and pages over them and reach them only through `Identity`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Final, Literal, Protocol
from uuid import UUID

from .events import Event
from .people import (
    Connection,
    Cookie,
    Invitation,
    People,
    Person,
    Recovery,
    Session,
    SignedIn,
    User,
    UserDeleted,
)

SYSTEM_WORKSPACE: Final = UUID("00000000-0000-7000-8000-000000000001")
"""The built-in workspace that owns what an admin adds for all."""

EVERYONE: Final = UUID("00000000-0000-7000-8000-000000000002")
"""The subject of a grant to every signed-in user."""

Scope = Literal["inference", "read", "write", "admin"]
"""What an API key may do; a browser session has all that its user has."""

SCOPES: Final[tuple[Scope, ...]] = ("inference", "read", "write", "admin")

SubjectKind = Literal["anonymous", "user", "key", "module", "system"]


class Role(IntEnum):
    """What a grant allows; a higher role includes the lower ones."""

    viewer = 1
    editor = 2
    manager = 3


@dataclass(frozen=True, slots=True)
class Principal:
    """Who acts: on whose behalf, in which workspace, with which scopes.

    *subject* is the id of the user, key or module; *user* is the person whose rights count (`None` for
    anonymous and system). *epoch* is the user's epoch the credentials were checked at: a later one ends them.
    """

    kind: SubjectKind
    subject: UUID | None = None
    user: UUID | None = None
    workspace: UUID | None = None
    scopes: frozenset[str] = frozenset()
    admin: bool = False
    epoch: int = 0
    session: UUID | None = None
    name: str = field(default="", compare=False)


ANONYMOUS: Final = Principal(kind="anonymous")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A scope that owns things; *role* is the asking user's role in it."""

    id: UUID
    name: str
    personal: bool
    role: Role
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ApiKey:
    """An API key as it may be shown: never the key itself. *prefix* is its first characters."""

    id: UUID
    user_id: UUID
    name: str
    prefix: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class UserSuspended(Event, frozen=True):
    """Someone was suspended: every credential of theirs ends within a second. Modules end what they do for them."""

    type = "identity.user_suspended"
    user_id: UUID


class WorkspaceDeleted(Event, frozen=True):
    """A workspace was deleted: modules delete what they keep for it."""

    type = "identity.workspace_deleted"
    workspace_id: UUID


class Identity(People, Protocol):
    """What core offers about people. Every call acts as the context's principal and refuses what it may not do."""

    async def setup_state(self) -> Literal["open", "done"]:
        """Whether the first admin is still to be created."""
        ...

    async def set_up(self, *, token: str, email: str, name: str, password: str, connection: Connection) -> SignedIn:
        """Create the first admin with the one-time link's token. Exactly one of many parallel calls succeeds."""
        ...

    async def create_user(self, *, email: str, name: str, password: str, admin: bool = False) -> User:
        """Create a user with a personal workspace. Needs an admin or the command line."""
        ...

    async def user(self, user_id: UUID) -> User:
        """A user by id; `NotFound` unless it is the principal's own or the principal is an admin."""
        ...

    async def user_by_email(self, email: str) -> User:
        """A user by email address, however it is spelled. Needs an admin or the command line; `NotFound`."""
        ...

    async def sign_in(self, *, email: str, password: str, connection: Connection) -> SignedIn:
        """Check a password; the same answer for an unknown account and a wrong password."""
        ...

    async def refresh(self, *, cookie_header: str, connection: Connection) -> SignedIn:
        """Exchange a refresh token for its successor; a replay after 30 s ends the whole family."""
        ...

    async def sign_out(self, *, connection: Connection) -> tuple[Cookie, ...]:
        """End the principal's session and return cookies that clear the browser's."""
        ...

    async def sessions(self) -> Sequence[Session]:
        """The principal's own sessions, newest first."""
        ...

    async def end_session(self, session_id: UUID) -> None:
        """End one of the principal's own sessions."""
        ...

    async def keys(self) -> Sequence[ApiKey]:
        """The principal's own API keys, newest first."""
        ...

    async def create_key(
        self, *, name: str, scopes: Sequence[Scope], expires_at: datetime | None = None, owner: UUID | None = None
    ) -> tuple[ApiKey, str]:
        """Make a key with at most the principal's own scopes; the second value is the key, shown once.

        *owner* is another user, for the command line alone; the key then has at most that user's scopes.
        """
        ...

    async def revoke_key(self, key_id: UUID) -> None:
        """Revoke one of the principal's own keys; it stops working within a second."""
        ...

    async def workspaces(self) -> Sequence[Workspace]:
        """The workspaces the principal is a member of, the personal one first."""
        ...

    async def workspace(self, workspace_id: UUID) -> Workspace:
        """One of them; `NotFound` otherwise."""
        ...

    async def create_workspace(self, *, name: str) -> Workspace:
        """Create a workspace managed by the principal; the name is unique among theirs."""
        ...

    async def rename_workspace(self, workspace_id: UUID, *, name: str) -> Workspace:
        """Rename; needs manager."""
        ...

    async def delete_workspace(self, workspace_id: UUID) -> None:
        """Delete an empty-handed workspace and what it owns; needs manager; never the personal one."""
        ...


__all__ = [
    "ANONYMOUS",
    "EVERYONE",
    "SCOPES",
    "SYSTEM_WORKSPACE",
    "ApiKey",
    "Connection",
    "Cookie",
    "Identity",
    "Invitation",
    "People",
    "Person",
    "Principal",
    "Recovery",
    "Role",
    "Scope",
    "Session",
    "SignedIn",
    "SubjectKind",
    "User",
    "UserDeleted",
    "UserSuspended",
    "Workspace",
    "WorkspaceDeleted",
]
