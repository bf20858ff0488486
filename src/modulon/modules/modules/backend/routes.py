"""HTTP for modules."""

from modulon.sdk import Context, Module
from modulon.sdk.modules import ModuleView

from .schemas import (
    ModuleList,
    ModuleRead,
    ModuleUpdate,
    ObservedRead,
    ObstacleRead,
    PermissionRead,
    Switched,
)


def register(module: Module) -> None:
    """Add the routes."""
    module.get("/modules", policy="admin")(list_modules)
    module.get("/modules/{module_id}", policy="admin")(read_module)
    module.patch("/modules/{module_id}", policy="admin")(switch_module)
    module.post("/modules/{module_id}/update", policy="admin")(update_module)


async def list_modules(ctx: Context) -> ModuleList:
    """Every module that was found, with what was asked for and what each process has."""
    return ModuleList(items=[_read(view) for view in await ctx.modules.all()])


async def read_module(ctx: Context, module_id: str) -> ModuleRead:
    """One module."""
    return _read(await ctx.modules.one(module_id))


async def switch_module(ctx: Context, module_id: str, body: ModuleUpdate) -> Switched:
    """Enable or disable a module, in all processes, without a restart. What it keeps stays. Answered once this process
    has done it; the others follow within a second."""
    modules = ctx.modules
    if body.enabled:
        changed = await modules.enable(module_id, with_required=body.with_others)
    else:
        changed = await modules.disable(module_id, with_dependents=body.with_others)
    await modules.settled()
    return Switched(module=_read(await modules.one(module_id)), changed=list(changed))


async def update_module(ctx: Context, module_id: str) -> ModuleRead:
    """Take a module's code anew from its folder; requests under way end on the old code. Only with `--dev`."""
    await ctx.modules.update(module_id)
    await ctx.modules.settled()
    return _read(await ctx.modules.one(module_id))


def _read(view: ModuleView) -> ModuleRead:
    manifest, obstacle = view.manifest, view.obstacle
    about = manifest.module
    return ModuleRead(
        id=manifest.id,
        name=about.name,
        version=about.version,
        description=about.description,
        author=about.author,
        type=about.type,
        enabled=view.enabled,
        switchable=view.switchable,
        state=view.state,
        obstacle=ObstacleRead(code=obstacle.code, reason=obstacle.reason, chain=list(obstacle.chain))
        if obstacle
        else None,
        requires=dict(manifest.requires),
        required_by=list(view.required_by),
        optional=dict(manifest.optional),
        permissions=[PermissionRead(name=name, reason=ask.reason) for name, ask in manifest.permissions.items()],
        tables=list(manifest.owns.tables),
        paths=[*(f"/api/{path}" for path in manifest.owns.paths), *manifest.owns.roots],
        routes=view.routes,
        listens_to=sorted({event for _, event in view.listeners}),
        emits=list(manifest.events.emits),
        has_settings=view.settings is not None,
        observed=[
            ObservedRead(
                node=one.node,
                pid=one.pid,
                state=one.state,
                generation=one.generation,
                version=one.version,
                load_ms=round(one.load_seconds * 1000, 2),
                error=one.error,
                updated_at=one.updated_at,
            )
            for one in view.observed
        ],
        generation=view.generation,
        changed_by=view.changed_by,
        changed_at=view.changed_at,
    )
