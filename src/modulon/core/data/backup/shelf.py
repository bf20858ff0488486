"""The folder of backups: their names, what is there, which ones go."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from modulon.core.config import Config

from .container import Header, read_header
from .draft import UNFINISHED
from .errors import BackupRefused

_NAMES: Final = "modulon-*.mbk"


@dataclass(frozen=True, slots=True)
class Shelved:
    """A file in the folder: its header, or why that cannot be read."""

    file: Path
    size: int
    header: Header | None
    problem: str = ""


class Shelf:
    """The folder of *config*'s backups."""

    def __init__(self, config: Config) -> None:
        self.folder: Final = config.backups
        self._run_dir = config.run_dir

    @contextmanager
    def making(self, at: datetime) -> Iterator[Path]:
        """The place of a new backup; one is made at a time. Raises `BackupRefused` while another one is."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self._run_dir / "backup.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BackupRefused("Another backup is being made at this moment. Try again when it is done.") from None
            for left in self.folder.glob(_NAMES + UNFINISHED):
                left.unlink(missing_ok=True)  # of a process that was killed: whoever makes one holds the lock
            yield self.folder / f"modulon-{at:%Y%m%dT%H%M%S%fZ}.mbk"
        finally:
            os.close(lock)

    def all(self) -> list[Shelved]:
        """Every backup in the folder, the oldest first."""
        return [look(file) for file in sorted(self.folder.glob(_NAMES))]

    def forget(self, new: Shelved, keep: int) -> list[Path]:
        """Remove the oldest backups of *new*'s server, so that *keep* are left with it.

        *new* itself stays, whatever the clock said when it was named. Those whose header cannot be read count for
        nothing and stay.
        """
        assert new.header is not None  # noqa: S101 - it was just read
        instance = new.header.instance
        others = [one.file for one in self.all() if one.header and one.header.instance == instance]
        others = [file for file in others if file != new.file]
        old = others[: max(len(others) - (keep - 1), 0)]
        for file in old:
            file.unlink(missing_ok=True)
        return old


def look(file: Path) -> Shelved:
    """What can be told of *file* without a key."""
    size = 0
    try:
        size = file.stat().st_size
        with file.open("rb") as content:
            return Shelved(file, size, read_header(content))
    except (BackupRefused, OSError) as error:
        return Shelved(file, size, None, str(error))
