"""Opening the database a URL names."""

import os
from pathlib import Path
from typing import Final

from .actor import IdempotencyKey
from .engine import Answer, Engine

__all__ = ["Answer", "Engine", "IdempotencyKey", "is_sqlite", "open_database", "sqlite_path"]

_SQLITE: Final = "sqlite:///"
_POSTGRES: Final = ("postgresql://", "postgres://")


async def open_database(url: str, *, strict: bool | None = None) -> Engine:
    """Open `sqlite:///path/modulon.db` or `postgresql://…` for use on the running event loop.

    A relative path after `sqlite:///` is relative to the working directory; an absolute one begins with a fourth
    slash. *strict* fails units that await something foreign; unless given, it is on if `MODULON_STRICT` is `1`.
    Raises `ValueError` for another kind of URL and `RuntimeError` if PostgreSQL's driver is not installed.
    """
    checked = os.environ.get("MODULON_STRICT") == "1" if strict is None else strict
    if url.startswith(_SQLITE):
        from .sqlite.database import SqliteEngine

        return SqliteEngine(sqlite_path(url), strict=checked)
    if url.startswith(_POSTGRES):
        require_postgres()
        from .postgres.database import open_postgres

        return await open_postgres(url, strict=checked)
    raise ValueError("the database URL begins with sqlite:/// or postgresql://")


def sqlite_path(url: str) -> Path:
    """The file of a `sqlite:///` URL."""
    return Path(url.removeprefix(_SQLITE))


def is_sqlite(url: str) -> bool:
    """Whether *url* names an SQLite file."""
    return url.startswith(_SQLITE)


def require_postgres() -> None:
    """Raise `RuntimeError`, saying what to install, unless PostgreSQL's driver is there."""
    try:
        import asyncpg  # noqa: F401 - only asks whether it is there  # pyright: ignore[reportUnusedImport]
    except ModuleNotFoundError as missing:
        raise RuntimeError("PostgreSQL needs its driver: pip install 'modulon[postgres]'") from missing
