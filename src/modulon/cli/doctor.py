"""`modulon doctor`: what is wrong with this installation, in sentences."""

import asyncio
import os
import shutil
import sqlite3
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Annotated

import typer

from modulon.core.config import Config, load_config
from modulon.core.data.backup.replacing import NOTE


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: fine, or what to do."""

    name: str
    ok: bool
    detail: str


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Check the installation, the data folder and the database."""
    findings = list(examine(load_config()))
    if as_json:
        import json

        typer.echo(json.dumps([{"name": f.name, "ok": f.ok, "detail": f.detail} for f in findings]))
    else:
        for finding in findings:
            typer.echo(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.name}: {finding.detail}")
    raise SystemExit(0 if all(finding.ok for finding in findings) else 1)


def examine(config: Config) -> Iterator[Finding]:
    """Every finding, in the order in which one would mend them."""
    yield Finding("python", sys.version_info >= (3, 11), sys.version.split()[0])
    yield _interface()
    yield _index(config)
    yield _folder(config)
    yield _space(config)
    if (config.data_dir / NOTE).exists():
        yield Finding("restore", True, "one was interrupted; it is finished at the next start, before anything else")
        return
    if config.database.startswith("sqlite"):
        yield Finding("sqlite", sqlite3.sqlite_version_info >= (3, 35), sqlite3.sqlite_version)
    yield asyncio.run(_database(config))


def _interface() -> Finding:
    from modulon.core.gateway.web import WEB

    built = (WEB / "index.html").is_file()
    return Finding("interface", built, "built" if built else "not built; run `make setup`")


def _index(config: Config) -> Finding:
    from modulon.core.modules.discover import discover
    from modulon.core.modules.index import StaleIndex, read_index
    from modulon.core.modules.resolve import resolve

    try:
        index = read_index(resolve(discover(config.modules_dir if config.dev else None)))
    except (StaleIndex, ValueError) as error:
        return Finding("modules", False, str(error))
    return Finding("modules", True, f"{len(index.modules)} modules")


def _folder(config: Config) -> Finding:
    folder = config.data_dir
    if not folder.exists():
        return Finding("data folder", True, f"{folder} will be made at the first start")
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding("data folder", False, f"{folder} is not writable by this user")
    key = folder / "master.key"
    if key.exists() and key.stat().st_mode & 0o077:
        return Finding("data folder", False, f"{key} can be read by others; run `chmod 600 {key}`")
    return Finding("data folder", True, str(folder))


def _space(config: Config) -> Finding:
    existing = next(path for path in (config.data_dir, *config.data_dir.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    return Finding("disk", free > 512 * 1024**2, f"{free / 1024**3:.1f} GiB free")


async def _database(config: Config) -> Finding:
    from modulon.core.data.database import open_database

    if config.database.startswith("sqlite") and not (config.data_dir / "modulon.db").exists():
        return Finding("database", True, "will be made at the first start")
    check: Callable[[], Awaitable[None]]
    try:
        engine = await open_database(config.database)
    except Exception as error:
        return Finding("database", False, str(error))
    try:
        check = engine.ping
        await check()
    except Exception as error:
        return Finding("database", False, str(error))
    finally:
        await engine.close()
    return Finding("database", True, engine.dialect.name)
