"""Whether there is room left in the data folder."""

import os
from pathlib import Path
from typing import Final

LEAST: Final = 1024 * 1024
"""Bytes below which a folder counts as full: about what a commit needs."""


def is_full(folder: Path) -> bool:
    """Whether hardly anything can be written to *folder* any more."""
    try:
        room = os.statvfs(folder)
    except OSError:
        return False  # the database's own check says what is wrong
    return room.f_bavail * room.f_frsize < LEAST
