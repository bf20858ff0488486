"""Shapes of people, invitations and links."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from modulon.modules.accounts.backend.schemas import Email, Name, Password

Token = Annotated[SecretStr, Field(max_length=200)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PersonRead(BaseModel):
    """Someone who may sign in. *sessions* counts open ones."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    email: str
    name: str
    admin: bool
    suspended: bool
    created_at: datetime
    last_seen_at: datetime | None
    sessions: int


class PersonList(BaseModel):
    """A page of people."""

    items: list[PersonRead]
    next: str | None


class PersonChange(_Body):
    """Whether someone looks after the server."""

    admin: bool


class SessionOfPerson(BaseModel):
    """A signed-in browser of someone's."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    created_at: datetime
    last_used_at: datetime
    user_agent: str


class SessionsOfPerson(BaseModel):
    """Someone's signed-in browsers."""

    items: list[SessionOfPerson]
    next: None = None


class InvitationCreate(_Body):
    """Who is invited, and whether to look after the server."""

    email: Email
    admin: bool = False


class InvitationRead(BaseModel):
    """An invitation that was not accepted yet."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    email: str
    admin: bool
    created_at: datetime
    expires_at: datetime


class InvitationCreated(InvitationRead):
    """An invitation just made; *token* is shown this once. The link is `/join#token=…`."""

    token: str


class InvitationList(BaseModel):
    """A page of invitations."""

    items: list[InvitationRead]
    next: str | None


class LinkToken(_Body):
    """What stands behind the `#` of a link."""

    token: Token


class InvitationShown(BaseModel):
    """What whoever holds the link is told."""

    model_config = ConfigDict(from_attributes=True)

    email: str
    admin: bool
    expires_at: datetime


class InvitationAccept(LinkToken):
    """A name and a password for the new account."""

    name: Name
    password: Password


class ResetLink(BaseModel):
    """A link to choose a new password; *token* is shown this once. The link is `/reset#token=…`."""

    token: str
    expires_at: datetime


class PasswordReset(LinkToken):
    """The new password."""

    password: Password


class RecoveryRead(BaseModel):
    """Whether there is a recovery key that somebody keeps safe."""

    model_config = ConfigDict(from_attributes=True)

    state: Literal["none", "unsaved", "saved"]


class Proof(_Body):
    """The caller's own password."""

    current: Password


class RecoveryCreated(BaseModel):
    """A recovery key, shown this once."""

    recovery_key: str
