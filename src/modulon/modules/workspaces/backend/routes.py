"""HTTP for workspaces."""

from uuid import UUID

from modulon.sdk import Context, Module
from modulon.sdk.identity import Workspace

from .schemas import WorkspaceCreate, WorkspaceList, WorkspaceRead, WorkspaceUpdate
from .service import Workspaces


def register(module: Module) -> None:
    """Add the routes."""
    module.get("/workspaces", policy="signed-in")(list_workspaces)
    module.post("/workspaces", policy="signed-in", status_code=201)(create_workspace)
    module.get("/workspaces/{workspace_id}", policy="resource.view")(read_workspace)
    module.patch("/workspaces/{workspace_id}", policy="resource.manage")(update_workspace)
    module.delete("/workspaces/{workspace_id}", policy="resource.manage")(delete_workspace)


async def list_workspaces(ctx: Context) -> WorkspaceList:
    """The caller's workspaces, the personal one first, then by name."""
    return WorkspaceList(items=[_read(workspace) for workspace in await Workspaces(ctx).list()])


async def create_workspace(ctx: Context, body: WorkspaceCreate) -> WorkspaceRead:
    """Create a workspace that the caller manages."""
    return _read(await Workspaces(ctx).create(body.name))


async def read_workspace(ctx: Context, workspace_id: UUID) -> WorkspaceRead:
    """One workspace."""
    return _read(await Workspaces(ctx).one(workspace_id))


async def update_workspace(ctx: Context, workspace_id: UUID, body: WorkspaceUpdate) -> WorkspaceRead:
    """Rename a workspace."""
    return _read(await Workspaces(ctx).update(workspace_id, name=body.name))


async def delete_workspace(ctx: Context, workspace_id: UUID) -> None:
    """Delete a workspace and what it owns; the personal one stays."""
    await Workspaces(ctx).delete(workspace_id)


def _read(workspace: Workspace) -> WorkspaceRead:
    return WorkspaceRead(
        id=workspace.id,
        name=workspace.name,
        personal=workspace.personal,
        role=workspace.role.name,
        created_at=workspace.created_at,
        updated_at=workspace.updated_at,
    )
