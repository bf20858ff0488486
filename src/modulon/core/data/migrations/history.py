"""What was applied, with checksums, and whether this code may work with it."""

from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from modulon.core.data.tables import migrations as history
from modulon.sdk.storage import now

from .files import checksum, migration_files
from .refused import MigrationRefused


def check_history(connection: Connection, folders: Mapping[str, Path], code_version: str) -> None:
    """Raise `MigrationRefused` if an applied migration was edited, or if the database needs a newer Modulon."""
    files = {(module, file.name[:4]): file for module, folder in folders.items() for file in migration_files(folder)}
    query = sa.select(history.c.module, history.c.revision, history.c.checksum, history.c.min_code_version)
    for module, revision, stored, minimum in connection.execute(query):
        file = files.get((module, revision))
        if _version(minimum) > _version(code_version):
            raise MigrationRefused(
                f"The database was changed by a newer Modulon ({module}/{revision}) and needs {minimum} or later;"
                f" this is {code_version}. Install the newer version, or restore the backup made before the update."
            )
        if file is not None and checksum(file) != stored:
            raise MigrationRefused(
                f"{module}: {file.name} was edited after it was applied here. Restore the released file and put the"
                " change into a new migration."
            )


def note_applied(connection: Connection, module: str, revision: str, file: Path, minimum: str) -> None:
    """Remember that *file* was applied."""
    connection.execute(
        sa.insert(history).values(
            module=module, revision=revision, checksum=checksum(file), min_code_version=minimum, applied_at=now()
        )
    )


def _version(text: str) -> tuple[int, ...]:
    """`1.2.3` as numbers; what follows them (`rc1`) does not count."""
    return tuple(int("".join(filter(str.isdigit, part)) or 0) for part in text.split("+")[0].split(".")[:3])
