"""How restored files take the place of the present ones: all of them or none, also if the process is killed.

What shall be moved is written down first. Until that note is there nothing has changed; from then on whoever works in
the folder next carries it out before anything else (`core/engine/folder.py`), as often as it takes.
"""

import os
from pathlib import Path
from typing import Final

import msgspec

from modulon.core.durable import sync_file, sync_folder

NOTE: Final = "restore.json"
STAGED: Final = ".restoring"
"""The ending of a restored file that waits for its place."""


class Move(msgspec.Struct, frozen=True):
    """A file's present content goes to *kept*, if there is any, and *staged* takes its place, if given."""

    target: str
    kept: str
    staged: str | None = None

    @property
    def replaces(self) -> bool:
        """Whether something is there now."""
        return os.path.exists(self.target)


def replace(data_dir: Path, moves: list[Move]) -> None:
    """Carry out *moves*, whose staged files are on the disk."""
    note = data_dir / NOTE
    unfinished = note.with_suffix(".part")
    try:
        unfinished.write_bytes(msgspec.json.encode(moves))
        sync_file(unfinished)
        for move in moves:
            sync_folder(Path(move.target).parent)
        unfinished.rename(note)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(data_dir)
    finish(data_dir)


def finish(data_dir: Path) -> None:
    """Carry out what was written down and not finished, if anything was."""
    note = data_dir / NOTE
    if not note.exists():
        return
    moves = msgspec.json.decode(note.read_bytes(), type=list[Move])
    for move in moves:
        _carry_out(move)
    for folder in {Path(move.target).parent for move in moves}:
        sync_folder(folder)
    note.unlink()
    sync_folder(data_dir)


def _carry_out(move: Move) -> None:
    if move.staged is not None and not os.path.exists(move.staged):
        return  # done already: what is in its place is the restored one
    if move.replaces:
        os.rename(move.target, move.kept)
    if move.staged is not None:
        os.rename(move.staged, move.target)
