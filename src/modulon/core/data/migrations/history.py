"""What was applied, with checksums, and whether this code may work with it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from modulon.core.data.tables import migrations as history
from modulon.sdk.storage import now

from .files import checksum, migration_files
from .refused import MigrationRefused


class Applied(msgspec.Struct, frozen=True):
    """A migration that was applied, as it was then."""

    module: str
    revision: str
    checksum: str
    min_code_version: str


def check_history(connection: Connection, folders: Mapping[str, Path], code_version: str) -> None:
    """Raise `MigrationRefused` if an applied migration was edited, or if the database needs a newer Modulon."""
    query = sa.select(history.c.module, history.c.revision, history.c.checksum, history.c.min_code_version)
    check_applied([Applied(*row) for row in connection.execute(query)], folders, code_version)


def check_applied(applied: Iterable[Applied], folders: Mapping[str, Path], code_version: str) -> None:
    """The same for what was *applied* to a database that is not open."""
    files = {(module, file.name[:4]): file for module, folder in folders.items() for file in migration_files(folder)}
    for one in applied:
        file = files.get((one.module, one.revision))
        if _version(one.min_code_version) > _version(code_version):
            raise MigrationRefused(
                f"The database was changed by a newer Modulon ({one.module}/{one.revision}) and needs "
                f"{one.min_code_version} or later; this is {code_version}. Install the newer version, or restore the "
                "backup made before the update."
            )
        if file is not None and checksum(file) != one.checksum:
            raise MigrationRefused(
                f"{one.module}: {file.name} was edited after it was applied here. Restore the released file and put "
                "the change into a new migration."
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
