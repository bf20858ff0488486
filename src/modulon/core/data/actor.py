"""Who a database handle acts for, as values of the guards' parameters."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from modulon.sdk.identity import EVERYONE, SYSTEM_WORKSPACE, Principal
from modulon.sdk.storage.policy import P_USER, P_WORKSPACE

from .compiled import P_EVERYONE

TRUSTED: Final = ("system", "module")
"""Kinds of principal that code of ours holds, never a person: they may add to rows without a guard on the owner."""


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """A client's `Idempotency-Key`, of one user; *digest* is the hash of the request it came with."""

    user: UUID
    key: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Actor:
    """One principal with what its writes carry along."""

    principal: Principal
    trace: str = ""
    idempotency: IdempotencyKey | None = None

    @property
    def trusted(self) -> bool:
        return self.principal.kind in TRUSTED

    @property
    def subject(self) -> UUID | None:
        """Whose rows these are: the person, else the module, else (for the system) the system itself."""
        principal = self.principal
        if principal.user is not None or principal.kind == "anonymous":
            return principal.user
        return principal.subject or (SYSTEM_WORKSPACE if principal.kind == "system" else None)

    @property
    def workspace(self) -> UUID | None:
        principal = self.principal
        return principal.workspace or (SYSTEM_WORKSPACE if principal.kind == "system" else None)

    def reach(self) -> dict[str, UUID | None]:
        """The guards' parameters. "Everyone" is everyone who signed in: not the anonymous."""
        everyone = None if self.principal.kind == "anonymous" else EVERYONE
        return {P_USER: self.subject, P_WORKSPACE: self.workspace, P_EVERYONE: everyone}

    def ownership(self) -> dict[str, UUID | None]:
        """The owner that inserted rows get."""
        return {"workspace_id": self.workspace, "owner_id": self.subject}
