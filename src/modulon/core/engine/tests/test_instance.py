"""A moved or mistyped data folder does not look like an empty server."""

import shutil
from pathlib import Path

import pytest

from modulon.core.config import Config, ConfigError, load_config
from modulon.core.engine.instance import InstanceMissing, identify


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_the_id_stays(tmp_path: Path) -> None:
    config = Config(data_dir=tmp_path / "data")
    assert identify(config) == identify(config)
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def test_a_folder_that_lost_its_data_is_refused(tmp_path: Path) -> None:
    config = Config(data_dir=tmp_path / "data")
    first = identify(config)
    shutil.rmtree(tmp_path / "data")
    with pytest.raises(InstanceMissing, match="has had data before"):
        identify(config)
    second = identify(Config(data_dir=tmp_path / "data", new_instance=True))
    assert second != first
    assert identify(config) == second


def test_a_copied_folder_is_the_same_instance(tmp_path: Path) -> None:
    first = identify(Config(data_dir=tmp_path / "data"))
    shutil.copytree(tmp_path / "data", tmp_path / "copy")
    assert identify(Config(data_dir=tmp_path / "copy")) == first


def test_a_setting_that_is_not_usable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODULON_PORT", "many")
    with pytest.raises(ConfigError, match=r"port: .* MODULON_PORT or modulon\.toml"):
        load_config()


def test_the_command_line_wins_over_the_environment_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "modulon.toml").write_text('port = 1001\nhost = "0.0.0.0"\nworkers = 3\n')
    monkeypatch.setenv("MODULON_PORT", "1002")
    monkeypatch.setenv("MODULON_WORKERS", "2")
    config = load_config(port=1003, workers=None)
    assert (config.port, config.workers, config.host) == (1003, 2, "0.0.0.0")
