"""`modulon module`."""

import asyncio
import json
from collections.abc import Sequence
from typing import Annotated

import typer

from modulon.sdk.cli import run
from modulon.sdk.modules import ModuleView

from .service import bisect

module = typer.Typer(no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Name = Annotated[str, typer.Argument(help="The module's id.")]


@module.callback()
def _group() -> None:
    """What runs in this installation, and the switches."""


@module.command("list")
def list_modules(as_json: Json = False) -> None:
    """List every module: its state, and why it does not run."""
    views = run("modules", lambda ctx: ctx.modules.all())
    if as_json:
        typer.echo(json.dumps([_plain(view) for view in views]))
        return
    width = max(len(view.manifest.id) for view in views)
    for view in views:
        why = f"  {view.obstacle.reason}" if view.obstacle else ""
        typer.echo(f"{view.manifest.id:<{width}}  {view.manifest.module.version:<8} {_state(view):<9}{why}".rstrip())


@module.command("show")
def show(module_id: Name, as_json: Json = False) -> None:
    """Show one module: what it needs, what needs it, what it may do, and what each process has of it."""
    view = run("modules", lambda ctx: ctx.modules.one(module_id))
    if as_json:
        typer.echo(json.dumps(_plain(view)))
        return
    about = view.manifest.module
    lines = [f"{about.name} {about.version} ({about.type}): {about.description}", f"State: {_state(view)}"]
    if view.obstacle:
        lines.append(f"Why: {view.obstacle.reason}")
    for title, names in (("Needs", view.manifest.requires), ("Needed by", view.required_by)):
        lines.append(f"{title}: {', '.join(names) or 'nothing'}")
    lines += [f"May: {name} ({ask.reason})" for name, ask in view.manifest.permissions.items()]
    for one in view.observed:
        lines.append(f"{one.node} {one.pid}: {one.state}, {one.version}, loaded in {one.load_seconds * 1000:.1f} ms")
        lines += [f"    {line}" for line in one.error.splitlines()]
    typer.echo("\n".join(lines))


@module.command("enable")
def enable(
    module_id: Name,
    with_required: Annotated[bool, typer.Option("--with-required", help="Enable what it needs, too.")] = False,
) -> None:
    """Enable a module. Servers that run follow within a second; nothing is restarted."""
    _say("Enabled", run("modules", lambda ctx: ctx.modules.enable(module_id, with_required=with_required)), module_id)


@module.command("disable")
def disable(
    module_id: Name,
    with_dependents: Annotated[bool, typer.Option("--with-dependents", help="Disable what needs it, too.")] = False,
) -> None:
    """Disable a module. What it keeps stays; servers that run follow within a second."""
    changed = run("modules", lambda ctx: ctx.modules.disable(module_id, with_dependents=with_dependents))
    _say("Disabled", changed, module_id)


@module.command("bisect")
def bisect_modules() -> None:
    """Find the module that makes trouble: half of them are disabled, you look and answer, until one is left. Afterwards
    everything is enabled as before."""

    async def look(off: Sequence[str]) -> bool:
        typer.echo(f"Disabled for now: {', '.join(off)}.")
        return await asyncio.to_thread(typer.confirm, "Is the trouble still there?")

    culprit = run("modules", lambda ctx: bisect(ctx.modules, look))
    if culprit:
        typer.echo(f"Without {culprit} the trouble is gone. Disable it with: modulon module disable {culprit}")
    else:
        typer.echo("The trouble stays with every module disabled that can be: it is none of them.")


@module.command("update")
def update(module_id: Name) -> None:
    """Take a module's code anew from its folder. Only for servers that were started with --dev."""
    run("modules", lambda ctx: ctx.modules.update(module_id))
    typer.echo(f"{module_id} is taken anew from its folder.")


def _say(done: str, changed: Sequence[str], module_id: str) -> None:
    if changed:
        typer.echo(f"{done} {', '.join(changed)}.")
    else:
        typer.echo(f"{module_id} is {done.lower()} already.")


def _state(view: ModuleView) -> str:
    """What is known without asking a server: it may not run now."""
    return "enabled" if view.enabled and view.state == "starting" and not view.observed else view.state


def _plain(view: ModuleView) -> dict[str, object]:
    return {
        "id": view.manifest.id,
        "version": view.manifest.module.version,
        "type": view.manifest.module.type,
        "enabled": view.enabled,
        "state": _state(view),
        "reason": view.obstacle.reason if view.obstacle else None,
        "requires": dict(view.manifest.requires),
        "required_by": list(view.required_by),
        "processes": [
            {"node": one.node, "pid": one.pid, "state": one.state, "version": one.version, "error": one.error}
            for one in view.observed
        ],
    }
