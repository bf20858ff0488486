"""What the commands say, and what programs read. The whole walk stands in `tests/reliability/test_backup.py`."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from modulon.cli.backup import backup
from modulon.core.config import Config
from modulon.core.data.backup.tests.machine import Machine


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("MODULON_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    made = Machine(Config(data_dir=tmp_path / "data"))
    asyncio.run(made.begin("first"))
    return made


def said(*words: str, stdin: str = "", code: int = 0) -> str:
    done = CliRunner().invoke(backup, words, input=stdin)
    assert done.exit_code == code, done.output
    return done.output


def test_programs_read_json(machine: Machine) -> None:
    first = json.loads(said("create", "--json"))
    second = json.loads(said("create", "--keep", "1", "--json"))
    assert second["removed"] == [first["file"]]
    assert second["event_seq"] == 1
    (listed,) = json.loads(said("list", "--json"))
    assert listed["file"] == second["file"]
    assert listed["recovery_key"] is True
    assert listed["size"] == Path(second["file"]).stat().st_size


def test_people_read_sentences(machine: Machine) -> None:
    assert "There are no backups in" in said("list")
    assert "up to event 1." in said("create")
    (file,) = machine.config.backups.iterdir()
    assert "sqlite, master key or recovery key" in said("list")
    assert "The backup is good:" in said("verify", str(file))
    asked = said("restore", str(file), stdin="n\n", code=1)
    assert "notes now 1; in the backup 1" in " ".join(asked.split())
    assert "modulon.db.before-restore-" in asked
    assert asyncio.run(machine.titles()) == ["first"]
    assert not list(machine.config.data_dir.glob("*before-restore*"))
    assert "Restored." in said("restore", str(file), stdin="y\n")
    file.write_bytes(b"no")
    assert "does not begin like one" in said("list")


def test_a_configured_folder_and_number_are_used(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MODULON_BACKUP_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("MODULON_BACKUP_KEEP", "2")
    for _ in range(3):
        said("create")
    assert len(list((tmp_path / "elsewhere").iterdir())) == 2
    assert not machine.config.backups.exists()
