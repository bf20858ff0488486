"""`modulon backup`: make backups of the whole server, prove them, bring them back, list them."""

import asyncio
import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from modulon.core.config import Config, load_config
from modulon.core.data.backup.errors import BackupLocked
from modulon.core.data.backup.restoring import Change, Restoration, Size
from modulon.core.data.backup.service import Backups
from modulon.core.data.backup.shelf import Shelved
from modulon.core.data.migrations import with_core
from modulon.core.modules.discover import discover
from modulon.core.modules.resolve import resolve

T = TypeVar("T")

backup = typer.Typer(no_args_is_help=True, help="Back up the whole server, and bring it back.")

File = Annotated[Path, typer.Argument(help="The backup.")]
KeyStdin = Annotated[
    bool,
    typer.Option("--recovery-key-stdin", help="Open it with the recovery key, read from standard input."),
]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]

_HOUSEKEEPING = (
    "alembic_", "dead_letters", "event", "grants", "idempotency", "instance", "migrations", "nodes", "run_",
    "search_entries", "sessions",
)  # fmt: skip
"""Tables whose rows tell a person nothing."""


@backup.command()
def create(
    keep: Annotated[
        int | None, typer.Option(min=1, help="How many backups to keep; the oldest others go. By default 14.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Back up everything into one encrypted file, also while the server runs."""
    made = asyncio.run(backups_of(load_config()).create(keep))
    header = made.shelved.header
    recoverable = header is not None and header.recovery is not None
    if as_json:
        gone = [str(file) for file in made.removed]
        typer.echo(json.dumps({**_told(made.shelved), "event_seq": made.manifest.event_seq, "removed": gone}))
        return
    rows = sum(table.rows for table in made.manifest.tables)
    typer.echo(
        f"{made.shelved.file}: {_size(made.shelved.size)}, {rows:,} rows, up to event {made.manifest.event_seq}."
    )
    for file in made.removed:
        typer.echo(f"Removed {file.name}, the oldest.")
    if not recoverable:
        typer.echo(
            "There is no recovery key, so only the master key opens this backup. Make one under Settings, and back up "
            "again; or keep a copy of master.key apart from the backups.",
            err=True,
        )


@backup.command()
def verify(file: File, recovery_key_stdin: KeyStdin = False) -> None:
    """Prove a backup: decrypt all of it, restore it on a scratch place, compare every table."""
    backups = backups_of(load_config())
    verified = _with_key(recovery_key_stdin, lambda key: asyncio.run(backups.verify(file, key)))
    manifest = verified.manifest
    rows = sum(table.rows for table in manifest.tables)
    proof = "restored on a scratch place and compared" if verified.restored else "compared"
    typer.echo(f"The backup is good: {len(manifest.tables)} tables with {rows:,} rows were {proof}.")
    typer.echo(f"It was made {_time(manifest.created_at)} by Modulon {manifest.version}, instance {manifest.instance}.")
    if not verified.restored:
        typer.echo("Restoring was not tried: that needs PostgreSQL, and a user that may create databases.", err=True)


@backup.command()
def restore(
    file: File,
    recovery_key_stdin: KeyStdin = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Bring a backup back in place of what is here, which is kept beside it. Stop the server first."""
    config = load_config()
    backups = backups_of(config)
    _with_key(recovery_key_stdin, lambda key: asyncio.run(_restore(config, backups, file, key, yes=yes)))


@backup.command("list")
def list_(as_json: AsJson = False) -> None:
    """The backups in the folder, the oldest first."""
    config = load_config()
    found = backups_of(config).list()
    if as_json:
        typer.echo(json.dumps([_told(one) for one in found]))
        return
    if not found:
        typer.echo(f"There are no backups in {config.backups}.")
    for one in found:
        typer.echo(f"{one.file}  {_line(one)}")


async def _restore(config: Config, backups: Backups, file: Path, key: str | None, *, yes: bool) -> None:
    async with backups.restoring(file, key) as restoration:
        _announce(config, restoration)
        if not yes:
            typer.confirm("Go on?", abort=True)
        await restoration.carry_out()
    typer.echo("Restored. Start the server.")


def _announce(config: Config, restoration: Restoration) -> None:
    manifest = restoration.manifest
    typer.echo(
        f"A backup made {_time(manifest.created_at)} by Modulon {manifest.version} takes the place of what is here."
    )
    shown = [change for change in restoration.changes if _matters(change)]
    width = max((len(change.table) for change in shown), default=0)
    for change in shown:
        typer.echo(f"  {change.table:<{width}}  now {_state(change.now)}; in the backup {_state(change.then)}")
    for place in restoration.kept:
        typer.echo(f"What is here is kept as {place}.")


def _matters(change: Change) -> bool:
    return bool(change.now[0] or change.then[0]) and not change.table.startswith(_HOUSEKEEPING)


def _state(size: Size) -> str:
    rows, newest = size
    if rows is None:
        return "none"
    return f"{rows:,}" + (f", newest {_time(newest)}" if newest else "")


def _with_key(from_stdin: bool, action: Callable[[str | None], T]) -> T:
    """Run *action* with the recovery key if it is given; else without, asking a person for it if it is needed."""
    if from_stdin:
        return action(typer.get_text_stream("stdin").readline())
    try:
        return action(None)
    except BackupLocked as locked:
        if not sys.stdin.isatty():
            raise
        typer.echo(str(locked), err=True)
        return action(typer.prompt("Recovery key", hide_input=True))


def backups_of(config: Config) -> Backups:
    """The backups of *config*, with the migrations of every module there is."""
    modules = resolve(discover(config.modules_dir if config.dev else None))
    return Backups(config, with_core({m.manifest.id: m.migrations for m in modules if m.migrations}))


def _told(one: Shelved) -> dict[str, object]:
    header = one.header
    if header is None:
        return {"file": str(one.file), "size": one.size, "problem": one.problem}
    return {
        "file": str(one.file),
        "size": one.size,
        "created_at": header.created_at.isoformat(),
        "version": header.version,
        "instance": header.instance,
        "database": header.database,
        "master_key": header.master_key,
        "recovery_key": header.recovery is not None,
    }


def _line(one: Shelved) -> str:
    header = one.header
    if header is None:
        return f"{_size(one.size)}  {one.problem}"
    opens = "master key or recovery key" if header.recovery else "master key only"
    return f"{_size(one.size)}  {_time(header.created_at)}  Modulon {header.version}, {header.database}, {opens}"


def _size(size: int) -> str:
    return f"{size / 1024**2:,.1f} MiB" if size >= 1024**2 else f"{size / 1024:,.0f} KiB"


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
