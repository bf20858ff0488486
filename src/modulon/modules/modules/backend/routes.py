"""HTTP for modules."""

from contextlib import suppress
from uuid import UUID

from modulon.sdk import Context, Module, NotFound
from modulon.sdk.modules import ModuleView
from modulon.sdk.settings import SettingScope

from .schemas import (
    ModuleList,
    ModuleRead,
    ModulesSwitched,
    ModuleUpdate,
    ObservedRead,
    ObstacleRead,
    PermissionRead,
    SettingChangeRead,
    SettingHistory,
    SettingList,
    SettingRead,
    SettingsUpdate,
)


def register(module: Module) -> None:
    """Add the routes."""
    module.get("/modules", policy="admin")(list_modules)
    module.get("/modules/{module_id}", policy="admin")(read_module)
    module.patch("/modules/{module_id}", policy="admin")(switch_module)
    module.post("/modules/{module_id}/update", policy="admin")(update_module)
    module.get("/modules/{module_id}/settings", policy="signed-in")(read_settings)
    module.patch("/modules/{module_id}/settings", policy="signed-in")(change_settings)
    module.get("/modules/{module_id}/settings/history", policy="signed-in")(read_history)


async def list_modules(ctx: Context) -> ModuleList:
    """Every module that was found, with what was asked for and what each process has."""
    views = await ctx.modules.all()
    names = await _names(ctx, {view.changed_by for view in views})
    return ModuleList(items=[_read(view, names) for view in views])


async def read_module(ctx: Context, module_id: str) -> ModuleRead:
    """One module."""
    return await _one(ctx, module_id)


async def switch_module(ctx: Context, module_id: str, body: ModuleUpdate) -> ModulesSwitched:
    """Enable or disable a module, in all processes, without a restart. What it keeps stays. Answered once this process
    has done it; the others follow within a second."""
    modules = ctx.modules
    if body.enabled:
        changed = await modules.enable(module_id, with_required=body.with_others)
    else:
        changed = await modules.disable(module_id, with_dependents=body.with_others)
    await modules.settled(*changed)
    return ModulesSwitched(module=await _one(ctx, module_id), changed=list(changed))


async def update_module(ctx: Context, module_id: str) -> ModuleRead:
    """Take a module's code anew from its folder; requests under way end on the old code. Only with `--dev`."""
    await ctx.modules.update(module_id)
    await ctx.modules.settled()
    return await _one(ctx, module_id)


async def read_settings(ctx: Context, module_id: str, scope: SettingScope = "system") -> SettingList:
    """A module's settings at one scope: an administrator reads the system's, a manager the workspace's, everybody their
    own."""
    found = await ctx.modules.settings(module_id).view(scope)
    return SettingList(
        scope=scope,
        items=[
            SettingRead(
                key=one.key,
                schema_=dict(one.schema),
                value=one.value,
                source=one.source,
                own=one.own,
                secret=one.secret,
            )
            for one in found
        ],
    )


async def change_settings(ctx: Context, module_id: str, body: SettingsUpdate) -> SettingList:
    """Set some of a module's settings at one scope, all or none. They count at once, in all processes."""
    await ctx.modules.settings(module_id).change(body.scope, body.values)
    return await read_settings(ctx, module_id, body.scope)


async def read_history(ctx: Context, module_id: str, scope: SettingScope = "system") -> SettingHistory:
    """Who changed what at one scope; a person's own settings have no history."""
    changes = await ctx.modules.settings(module_id).history(scope)
    names = await _names(ctx, {one.changed_by for one in changes})
    return SettingHistory(
        scope=scope,
        items=[
            SettingChangeRead(
                key=one.key,
                old=one.old,
                new=one.new,
                changed_by=one.changed_by,
                changed_by_name=names.get(one.changed_by),
                changed_at=one.changed_at,
            )
            for one in changes
        ],
    )


async def _names(ctx: Context, people: set[UUID | None]) -> dict[UUID | None, str]:
    """What the people who changed something are called; those who are gone have no name."""
    names: dict[UUID | None, str] = {}
    for person in people - {None}:
        assert person is not None  # noqa: S101 - taken out above
        with suppress(NotFound):
            names[person] = (await ctx.identity.user(person)).name
    return names


async def _one(ctx: Context, module_id: str) -> ModuleRead:
    view = await ctx.modules.one(module_id)
    return _read(view, await _names(ctx, {view.changed_by}))


def _read(view: ModuleView, names: dict[UUID | None, str]) -> ModuleRead:
    manifest, obstacle = view.manifest, view.obstacle
    about = manifest.module
    return ModuleRead(
        id=manifest.id,
        name=about.name,
        version=about.version,
        description=about.description,
        author=about.author,
        type=about.type,
        icon=next((page.icon for page in manifest.contributes.page if page.icon), ""),
        enabled=view.enabled,
        shipped=view.shipped,
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
        scopes=list(view.scopes),
        observed=[
            ObservedRead(
                node=one.node,
                pid=one.pid,
                state=one.state,
                generation=one.generation,
                version=one.version,
                load_ms=round(one.load_seconds * 1000, 2),
                requests=one.requests,
                errors=one.errors,
                p95_ms=round(one.p95_seconds * 1000, 2),
                error=one.error,
                updated_at=one.updated_at,
            )
            for one in view.observed
        ],
        generation=view.generation,
        changed_by=view.changed_by,
        changed_by_name=names.get(view.changed_by),
        changed_at=view.changed_at,
    )
