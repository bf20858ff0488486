"""Facts of others that chat acts upon."""

from modulon.sdk import Context, Module, Write
from modulon.sdk.events import Delivery
from modulon.sdk.identity import UserSuspended

from .store import runs as store


def add_listeners(module: Module) -> None:
    """Register every listener of this module."""

    @module.on(UserSuspended)
    async def stop_runs(ctx: Context, event: UserSuspended, tx: Write, delivery: Delivery) -> None:
        """Mark the person's runs; whichever process owns one looks within a tenth of a second."""
        del ctx, delivery
        tx.run(store.STOP_ALL_OF, {"user": event.user_id, "reason": "owner_suspended"})
