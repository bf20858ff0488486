"""The files of a module's migrations."""

import hashlib
from pathlib import Path


def migration_files(folder: Path) -> list[Path]:
    """The migrations in *folder*, in order."""
    return sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.py"))


def checksum(file: Path) -> str:
    """A migration's checksum. Line ends do not count: a checkout may change them."""
    return hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
