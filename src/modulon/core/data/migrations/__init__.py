"""Migrations: small, forward, run by the host in the order of the modules, all of them or none.

A module keeps them in `database/migrations/`, one file each, named `NNNN_what_it_does.py`, never edited after release
(its checksum is stored and compared):

    '''Notes and their tags.'''

    import sqlalchemy as sa
    from alembic import op

    from modulon.sdk.storage import Id, Text, Time

    revision = "0001"
    down_revision = None              # "0001" in the second file, and so on
    min_code_version = "0.1.0"        # the oldest Modulon that can work with the result; only contracting raises it

    def upgrade() -> None:
        op.create_table(
            "notes",
            sa.Column("id", Id, primary_key=True),
            sa.Column("workspace_id", Id, nullable=False),
            sa.Column("owner_id", Id, nullable=False),
            sa.Column("title", Text, nullable=False),
            sa.Column("created_at", Time, nullable=False),
        )
        op.create_index("notes_owner", "notes", ["workspace_id", "owner_id", "created_at"])

Columns are written out, not taken from `models.py`: a migration tells what was true when it was made. Types come from
`modulon.sdk.storage`, so the same file serves SQLite and PostgreSQL. An owned table starts with `id`, `workspace_id`
and `owner_id`; a table changed in place on SQLite uses `with op.batch_alter_table(...)`. There is no `downgrade`:
before an existing SQLite database is changed, a copy is laid in `backups/` beside it.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from modulon.core.data.database import is_sqlite, sqlite_path

from .digest import stored_digest
from .files import checksum, migration_files
from .refused import MigrationRefused

__all__ = ["MigrationRefused", "migrate", "with_core"]

_CORE: Final = Path(__file__).parent / "versions"


async def migrate(url: str, folders: Mapping[str, Path]) -> list[str]:
    """Bring the database at *url* up to date and return what was applied, as `module/revision`.

    *folders* has the migrations' folder of each module, in dependency order; core's come first by themselves. Nothing
    is loaded if the files are those of the last time. Several processes may call this at once: one works, the others
    wait. Raises `MigrationRefused`.
    """
    everything = with_core(folders)
    digest = _digest(everything)
    if await stored_digest(url) == digest:
        return []
    from . import alembic_runner as runner

    if is_sqlite(url):
        return await runner.migrate_sqlite(sqlite_path(url), everything, digest)
    return await runner.migrate_postgres(url, everything, digest)


def with_core(folders: Mapping[str, Path]) -> dict[str, Path]:
    """*folders* of migrations, core's in front."""
    return {"core": _CORE, **folders}


def _digest(folders: Mapping[str, Path]) -> str:
    """One digest over all files, their modules and their order."""
    found = hashlib.sha256()
    for module, folder in folders.items():
        for file in migration_files(folder):
            found.update(f"{module}/{file.name}:{checksum(file)}\n".encode())
    return found.hexdigest()
