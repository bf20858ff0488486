"""What the parts of identity share for as long as the process lives."""

from dataclasses import dataclass
from typing import Final, Protocol
from uuid import UUID

from modulon.core.data.database import Engine
from modulon.sdk.identity import SYSTEM_WORKSPACE, Principal

from .keytext import KeyHashes
from .passwords import Passwords
from .throttle import Throttle
from .tokens import AccessTokens, RefreshTokens

IDENTITY: Final = Principal(kind="system", workspace=SYSTEM_WORKSPACE, name="identity")
"""Core itself, where nobody has signed in yet."""


class KeySource(Protocol):
    """Where keys for signing and hashing come from: the master key."""

    def derive(self, label: bytes) -> bytes:
        """256 bits for the purpose *label*."""
        ...

    def recovery_key(self) -> tuple[str, str]:
        """A new recovery key, and the master key wrapped by it."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """The database, and everything that holds key material or counts."""

    engine: Engine
    source: KeySource
    passwords: Passwords
    throttle: Throttle
    access: AccessTokens
    refresh: RefreshTokens
    key_hashes: KeyHashes

    @classmethod
    def of(cls, engine: Engine, source: KeySource) -> "Parts":
        """The parts over *engine*, each with a key of its own from *source*."""
        return cls(
            engine,
            source,
            Passwords(),
            Throttle(),
            AccessTokens(source.derive(b"access tokens")),
            RefreshTokens(source.derive(b"refresh tokens")),
            KeyHashes(source.derive(b"api keys")),
        )


def acting(user: UUID, workspace: UUID) -> Principal:
    """Someone who proves in this moment who they are."""
    return Principal(kind="user", subject=user, user=user, workspace=workspace)
