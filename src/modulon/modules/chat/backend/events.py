"""Facts of others that chat acts upon."""

from modulon.sdk import Context, Module, Write
from modulon.sdk.events import Delivery
from modulon.sdk.identity import UserDeleted, UserSuspended, WorkspaceDeleted

from .store import conversations, folders
from .store import runs as store


def add_listeners(module: Module) -> None:
    """Register every listener of this module."""

    @module.on(UserSuspended)
    async def stop_runs(ctx: Context, event: UserSuspended, tx: Write, delivery: Delivery) -> None:
        """Mark the person's runs; whichever process owns one looks within a tenth of a second."""
        del ctx, delivery
        tx.run(store.STOP_ALL_OF, {"user": event.user_id, "reason": "owner_suspended"})

    @module.on(WorkspaceDeleted)
    async def delete_of_workspace(ctx: Context, event: WorkspaceDeleted, tx: Write, delivery: Delivery) -> None:
        """Nobody can reach these any more; what is being written in them ends as its rows go."""
        del ctx, delivery
        tx.run(conversations.DELETE_OF_WORKSPACE, {"workspace": event.workspace_id})
        tx.run(folders.DELETE_OF_WORKSPACE, {"workspace": event.workspace_id})

    @module.on(UserDeleted)
    async def delete_of_person(ctx: Context, event: UserDeleted, tx: Write, delivery: Delivery) -> None:
        """What somebody wrote goes with the account, also in workspaces that stay."""
        del ctx, delivery
        tx.run(conversations.DELETE_OF_PERSON, {"person": event.user_id})
        tx.run(folders.DELETE_OF_PERSON, {"person": event.user_id})
