"""Secrets: sealed before they reach a row, opened only to be used, never shown."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Place:
    """Where a secret stands. A sealed value moved to another row or field does not open."""

    table: str
    row: UUID
    field: str


class Secrets(Protocol):
    """Envelope encryption: AES-256-GCM, a data key for each secret, wrapped by the server's master key."""

    def seal(self, value: str, place: Place) -> str:
        """Encrypt *value* for *place*; the result is text for a column."""
        ...

    def open(self, sealed: str, place: Place) -> str:
        """Decrypt. Raises `Unavailable` if the master key or the place is another one."""
        ...
