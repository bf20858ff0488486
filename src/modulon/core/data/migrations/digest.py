"""The digest of the migrations that the database has seen, read without Alembic or SQLAlchemy."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Final

from modulon.core.data.database import is_sqlite, require_postgres, sqlite_path

KEY: Final = "schema_digest"
LOCK: Final = 0x6D6F64756C6F6E
"""PostgreSQL's advisory lock ("modulon" in ASCII) that keeps migrations apart."""

_QUERY: Final = "SELECT value FROM instance WHERE key = "


async def stored_digest(url: str) -> str | None:
    """The digest stored at the last migration; `None` for a database that never had one."""
    if is_sqlite(url):
        return await asyncio.to_thread(_from_sqlite, sqlite_path(url))
    require_postgres()
    from modulon.core.data.postgres.connection import fetch_value

    return await fetch_value(url, _QUERY + "$1", KEY)


def _from_sqlite(path: Path) -> str | None:
    if not path.exists():
        return None
    connection = sqlite3.connect(path)
    try:
        found = connection.execute(_QUERY + "?", (KEY,)).fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        return None
    finally:
        connection.close()
    return found[0] if found else None
