"""Restored files take their place all together, wherever the process dies."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from modulon.cli.doctor import examine
from modulon.core.config import Config
from modulon.core.data.backup.replacing import NOTE, Move, finish, replace
from modulon.core.engine.folder import alone, working

NAMES = ("modulon.db", "master.key", "instance_id")


class Killed(BaseException):
    """The process ends here: nothing catches it."""


@contextmanager
def killed_at(step: int) -> Iterator[Callable[[], int]]:
    """Die before the change of the disk with this number; the result says how many there were."""
    count = 0

    def counting(change: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count == step:
                raise Killed
            return change(*arguments, **options)

        return run

    with (
        patch.object(os, "rename", counting(os.rename)),
        patch.object(os, "fsync", counting(os.fsync)),
        patch.object(os, "unlink", counting(os.unlink)),
    ):
        yield lambda: count


def prepared(folder: Path) -> list[Move]:
    folder.mkdir()
    moves = [Move(str(folder / "modulon.db-wal"), str(folder / "kept-wal"))]
    for name in (*NAMES, "modulon.db-wal"):
        (folder / name).write_text("old")
    for name in NAMES:
        (folder / f"{name}.restoring").write_text("new")
        moves.append(Move(str(folder / name), str(folder / f"{name}.kept"), str(folder / f"{name}.restoring")))
    return moves


def content(folder: Path) -> set[str]:
    return {(folder / name).read_text() for name in NAMES}


def test_every_step_may_be_the_last(tmp_path: Path) -> None:
    moves = prepared(tmp_path / "whole")
    with killed_at(0) as count:
        replace(tmp_path / "whole", moves)
    steps = count()
    assert steps > 10
    found: list[str] = []
    for step in range(1, steps + 1):
        folder = tmp_path / str(step)
        moves = prepared(folder)
        with killed_at(step), pytest.raises(Killed):
            replace(folder, moves)
        # The next one dies as well, at each of its steps in turn.
        for again in range(1, 4):
            with killed_at(again):
                try:
                    finish(folder)
                except Killed:
                    continue
        finish(folder)
        (state,) = content(folder)
        found.append(state)
        assert (folder / "modulon.db-wal").exists() == (state == "old"), "a log stays with its database"
        if state == "new":
            assert {(folder / f"{name}.kept").read_text() for name in NAMES} == {"old"}
            assert (folder / "kept-wal").exists()
        assert not (folder / NOTE).exists()
    assert found == sorted(found, reverse=True), "first the old, then the new"
    assert set(found) == {"old", "new"}


@pytest.mark.parametrize("begin", [working, alone])
def test_whoever_comes_next_finishes_it(tmp_path: Path, begin: Any) -> None:
    folder = tmp_path / "data"
    moves = prepared(folder)
    with killed_at(8), pytest.raises(Killed):
        replace(folder, moves)
    assert (folder / NOTE).exists()
    assert [found.detail[:19] for found in examine(Config(data_dir=folder)) if found.name == "restore"] == [
        "one was interrupted"
    ]
    with begin(Config(data_dir=folder)):
        assert content(folder) == {"new"}
        assert not (folder / NOTE).exists()


@pytest.mark.parametrize("begin", [working, alone])
def test_what_never_took_its_place_is_removed(tmp_path: Path, begin: Any) -> None:
    folder = tmp_path / "data"
    prepared(folder)
    with begin(Config(data_dir=folder)):
        assert content(folder) == {"old"}
        assert not list(folder.glob("*.restoring"))


def test_several_may_work_at_once(tmp_path: Path) -> None:
    config = Config(data_dir=tmp_path)
    with working(config), working(config, patience=0):
        pass
    with alone(config):
        pass
