"""Machines to back up and to restore to, on each engine."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from modulon.core.config import Config
from modulon.core.data.backup.tests.machine import Machine
from tests.rig.postgres import Postgres


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def new_machine(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Machine]]:
    """Make machines by name, each with an empty folder and database of its own; the test runs on each engine."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    if request.param == "sqlite":
        yield lambda name: Machine(Config(data_dir=tmp_path / name))
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    made: list[str] = []

    def make(name: str) -> Machine:
        made.append(postgres.fresh_database())
        return Machine(Config(data_dir=tmp_path / name, database_url=made[-1]))

    yield make
    for url in made:
        postgres.drop(url)


@pytest.fixture
def machine(new_machine: Callable[[str], Machine]) -> Machine:
    """One that is in use."""
    return new_machine("one")


@pytest.fixture
def empty(new_machine: Callable[[str], Machine]) -> Machine:
    """One where nothing is yet."""
    return new_machine("other")
