"""Shapes of requests and answers."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, SecretStr

from modulon.sdk import Shown
from modulon.sdk.identity import Scope

from .preferences.schemas import PreferencesRead

Name = Annotated[str, Field(min_length=1, max_length=100), Shown]
Email = Annotated[str, Field(min_length=3, max_length=320)]
Password = Annotated[SecretStr, Field(max_length=1024)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SetupRun(_Body):
    """The first administrator; *token* comes with the one-time link."""

    token: Annotated[SecretStr, Field(max_length=200)]
    name: Name
    email: Email
    password: Password


class SignIn(_Body):
    """Email and password."""

    email: Email
    password: Password


class AccountChange(_Body):
    """The caller's name or address; a new address needs *current*, the password."""

    name: Name | None = None
    email: Email | None = None
    current: Password = SecretStr("")


class PasswordChange(_Body):
    """The present password and the new one."""

    current: Password
    password: Password


class KeyCreate(_Body):
    """A new API key."""

    name: Name
    scopes: Annotated[tuple[Scope, ...], Field(min_length=1, max_length=10)]
    expires_at: AwareDatetime | None = None


class SetupRead(BaseModel):
    """Whether the server is still to be set up."""

    state: Literal["open", "done"]


class UserRead(BaseModel):
    """A person."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    email: str
    name: str
    admin: bool


class SignedInRead(BaseModel):
    """Who is signed in now."""

    user: UserRead


class SetupDoneRead(SignedInRead):
    """Who is signed in now, and the recovery key, shown this once."""

    recovery_key: str


class WorkspaceOfMe(BaseModel):
    """The workspace this request was made in."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str


class ConnectionOfMe(BaseModel):
    """How this request came here."""

    encrypted: bool


class MeRead(BaseModel):
    """Who asks, where and how."""

    user: UserRead
    workspace: WorkspaceOfMe
    connection: ConnectionOfMe
    preferences: PreferencesRead


class SessionRead(BaseModel):
    """A signed-in browser."""

    id: UUID
    created_at: datetime
    last_used_at: datetime
    user_agent: str
    current: bool


class SessionList(BaseModel):
    """The caller's sessions."""

    items: list[SessionRead]
    next: None = None


class KeyRead(BaseModel):
    """An API key, without the key itself."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    scopes: tuple[str, ...]
    prefix: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class KeyCreated(KeyRead):
    """An API key just made; *key* is shown this once."""

    key: str


class KeyList(BaseModel):
    """The caller's keys."""

    items: list[KeyRead]
    next: None = None
