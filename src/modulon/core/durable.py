"""Making sure that what was written is on the disk."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Wait until the names in *folder* are on the disk: of files made, renamed and removed."""
    _sync(folder, os.O_RDONLY | os.O_DIRECTORY)


def sync_file(file: Path) -> None:
    """Wait until *file*'s content is on the disk, whoever wrote it."""
    _sync(file, os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
