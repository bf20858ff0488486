"""The rules for names; core keeps workspaces and decides who may do what."""

from collections.abc import Sequence
from uuid import UUID

from modulon.sdk import Context, shown_name
from modulon.sdk.identity import Workspace

from .errors import NameMissing


class Workspaces:
    """The workspaces of one caller."""

    def __init__(self, ctx: Context) -> None:
        self._identity = ctx.identity

    async def list(self) -> Sequence[Workspace]:
        """The caller's workspaces, the personal one first, then by name."""
        return await self._identity.workspaces()

    async def one(self, workspace_id: UUID) -> Workspace:
        """One of them."""
        return await self._identity.workspace(workspace_id)

    async def create(self, name: str) -> Workspace:
        """Create one that the caller manages."""
        return await self._identity.create_workspace(name=_name(name))

    async def update(self, workspace_id: UUID, *, name: str | None) -> Workspace:
        """Change what is given."""
        if name is None:
            return await self.one(workspace_id)
        return await self._identity.rename_workspace(workspace_id, name=_name(name))

    async def delete(self, workspace_id: UUID) -> None:
        """Delete one and what it owns."""
        await self._identity.delete_workspace(workspace_id)


def _name(text: str) -> str:
    name = shown_name(text)
    if not name:
        raise NameMissing(at="/name")
    return name
