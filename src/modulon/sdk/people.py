"""What an administrator may ask of core about everyone's accounts, and anyone about their own.

Part of `Identity`: kept apart because few modules need it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from .events import Event


@dataclass(frozen=True, slots=True)
class User:
    """A person. *suspended* ends every credential within a second."""

    id: UUID
    email: str
    name: str
    admin: bool
    suspended: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser."""

    id: UUID
    user_id: UUID
    user_agent: str
    created_at: datetime
    last_used_at: datetime


@dataclass(frozen=True, slots=True)
class Cookie:
    """One `Set-Cookie` value, attributes included, for the effective scheme of the request."""

    header: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The result of set-up, sign-in or refresh: who it is and the cookies that say so.

    *recovery_key* comes with set-up alone: it is shown once."""

    user: User
    cookies: tuple[Cookie, ...]
    recovery_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Connection:
    """How the caller is connected, as far as configured proxies may be believed."""

    address: str
    encrypted: bool
    host: str
    user_agent: str


@dataclass(frozen=True, slots=True)
class Person:
    """A user as an administrator sees them: *last_seen_at* is when one of their browsers last renewed its session."""

    id: UUID
    email: str
    name: str
    admin: bool
    suspended: bool
    created_at: datetime
    last_seen_at: datetime | None
    sessions: int


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that lets someone make the account *email*, once, until *expires_at*."""

    id: UUID
    email: str
    admin: bool
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Recovery:
    """Whether there is a recovery key, and whether someone said that it is kept safe."""

    state: Literal["none", "unsaved", "saved"]


class UserDeleted(Event, frozen=True):
    """An account was deleted, with its workspaces: modules delete what they keep for this person."""

    type = "identity.user_deleted"
    user_id: UUID


class People(Protocol):
    """Accounts. What concerns others needs an administrator or the command line (`Denied` otherwise)."""

    async def people(self, *, query: str = "", after: UUID | None = None, limit: int = 50) -> Sequence[Person]:
        """Everyone whose name or address contains *query*, newest first, those after the person *after*."""
        ...

    async def set_admin(self, user_id: UUID, *, admin: bool) -> User:
        """Make someone an administrator, or no longer one. Never oneself."""
        ...

    async def suspend_user(self, user_id: UUID) -> None:
        """End every credential of someone's within a second, and what runs for them. Never oneself."""
        ...

    async def restore_user(self, user_id: UUID) -> None:
        """Let someone sign in again; their keys work again, their sessions stay ended."""
        ...

    async def delete_user(self, user_id: UUID) -> None:
        """Delete an account, its workspaces that nobody else is in, and all its credentials. Never oneself."""
        ...

    async def sessions_of(self, user_id: UUID) -> Sequence[Session]:
        """Someone's signed-in browsers, newest first."""
        ...

    async def end_sessions_of(self, user_id: UUID) -> None:
        """Sign someone out everywhere."""
        ...

    async def invite(self, *, email: str, admin: bool = False) -> tuple[Invitation, str]:
        """Make an invitation; the second value is its link's token, shown once."""
        ...

    async def invitations(self, *, after: UUID | None = None, limit: int = 50) -> Sequence[Invitation]:
        """Those not accepted yet, newest first, also expired ones."""
        ...

    async def revoke_invitation(self, invitation_id: UUID) -> None:
        """Make its link worthless."""
        ...

    async def invitation(self, token: str) -> Invitation:
        """What the link with *token* invites to. Anyone who has it may ask."""
        ...

    async def accept_invitation(self, *, token: str, name: str, password: str, connection: Connection) -> SignedIn:
        """Make the account and sign in. Exactly one of many parallel calls succeeds."""
        ...

    async def reset_link(self, user_id: UUID) -> tuple[datetime, str]:
        """A link by which someone chooses a new password, once, within 15 minutes; earlier ones are worthless."""
        ...

    async def reset_password(self, *, token: str, password: str, connection: Connection) -> None:
        """Set the password of whoever the link was made for, and end all their sessions."""
        ...

    async def set_password(self, user_id: UUID, *, password: str) -> None:
        """Set someone's password and end their sessions. For the command line alone."""
        ...

    async def change_password(self, *, current: str, password: str, connection: Connection) -> SignedIn:
        """Change one's own: needs the present one; ends all sessions and opens a new one."""
        ...

    async def change_account(
        self, *, connection: Connection, name: str | None = None, email: str | None = None, current: str = ""
    ) -> User:
        """Change one's own name or address; an address needs the *current* password."""
        ...

    async def end_other_sessions(self) -> None:
        """Sign out every other browser of one's own."""
        ...

    async def recovery(self) -> Recovery:
        """Whether there is a recovery key."""
        ...

    async def new_recovery_key(self, *, current: str, connection: Connection) -> str:
        """Make a recovery key in place of the last one; needs one's password. Shown once."""
        ...

    async def recovery_saved(self) -> None:
        """Note that the recovery key is kept safe."""
        ...
