"""Facts about people, sessions, keys and workspaces. Modules may listen by type; none carries a credential.

Those that modules are expected to act upon stand in the contract, `modulon.sdk.identity`.
"""

from uuid import UUID

from modulon.sdk.events import Event
from modulon.sdk.identity import UserDeleted, UserSuspended, WorkspaceDeleted


class UserCreated(Event, frozen=True):
    """An account was created, with its personal workspace."""

    type = "identity.user_created"
    user_id: UUID
    workspace_id: UUID
    admin: bool


class UserRestored(Event, frozen=True):
    """A suspended person may sign in again."""

    type = "identity.user_restored"
    user_id: UUID


class AdminChanged(Event, frozen=True):
    """Someone became an administrator, or is none any more."""

    type = "identity.admin_changed"
    user_id: UUID
    admin: bool


class PasswordChanged(Event, frozen=True):
    """Someone has another password; their sessions ended."""

    type = "identity.password_changed"
    user_id: UUID


class SessionsEnded(Event, frozen=True):
    """Several sessions of someone were ended at once."""

    type = "identity.sessions_ended"
    user_id: UUID


class SessionStarted(Event, frozen=True):
    """Someone signed in."""

    type = "identity.session_started"
    user_id: UUID
    session_id: UUID


class SessionClosed(Event, frozen=True):
    """Someone signed out, or ended the session of another browser of theirs."""

    type = "identity.session_closed"
    user_id: UUID
    session_id: UUID


class SessionReplayed(Event, frozen=True):
    """A used refresh token came back too late to be a mere repetition: it may be stolen, so the session was ended."""

    type = "identity.session_replayed"
    user_id: UUID
    session_id: UUID


class KeyCreated(Event, frozen=True):
    """An API key was made."""

    type = "identity.key_created"
    user_id: UUID
    key_id: UUID
    scopes: tuple[str, ...]


class KeyRevoked(Event, frozen=True):
    """An API key was revoked."""

    type = "identity.key_revoked"
    user_id: UUID
    key_id: UUID


class WorkspaceCreated(Event, frozen=True):
    """A workspace was created."""

    type = "identity.workspace_created"
    workspace_id: UUID
    owner_id: UUID


class WorkspaceRenamed(Event, frozen=True):
    """A workspace got another name."""

    type = "identity.workspace_renamed"
    workspace_id: UUID


__all__ = [
    "AdminChanged",
    "KeyCreated",
    "KeyRevoked",
    "PasswordChanged",
    "SessionClosed",
    "SessionReplayed",
    "SessionStarted",
    "SessionsEnded",
    "UserCreated",
    "UserDeleted",
    "UserRestored",
    "UserSuspended",
    "WorkspaceCreated",
    "WorkspaceDeleted",
    "WorkspaceRenamed",
]
