"""Facts of others that chat acts upon."""

from typing import ClassVar
from uuid import UUID

from modulon.sdk import Context, Event, Module, Write
from modulon.sdk.events import Delivery

from .store import runs as store


class UserSuspended(Event, frozen=True):
    """Core's fact, matched by its name: someone was suspended."""

    type: ClassVar[str] = "identity.user_suspended"
    user_id: UUID


def add_listeners(module: Module) -> None:
    """Register every listener of this module."""

    @module.on(UserSuspended)
    async def stop_runs(ctx: Context, event: UserSuspended, tx: Write, delivery: Delivery) -> None:
        """Mark the person's runs; whichever process owns one looks within a tenth of a second."""
        del ctx, delivery
        tx.run(store.STOP_ALL_OF, {"user": event.user_id, "reason": "owner_suspended"})
