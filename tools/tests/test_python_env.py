"""Making environments on machines that lack something."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools import python_env
from tools.steps import StepFailed


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A Python without `ensurepip`, as Debian ships it; yields the commands that were run."""
    commands: list[str] = []

    def note(*command: str | Path) -> None:
        commands.append(" ".join(map(str, command[:2])))

    monkeypatch.setattr(python_env, "_has_venv", lambda: False)
    monkeypatch.setattr(python_env, "call", note)
    monkeypatch.setattr(python_env.sys, "executable", "python3")
    return commands


def where(path: str | None) -> Callable[[str], str | None]:
    return lambda _name: path


def test_root_installs_what_debian_left_out(
    calls: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(python_env.shutil, "which", where("/usr/bin/apt-get"))
    monkeypatch.setattr(python_env.os, "geteuid", lambda: 0)
    python_env.make_environment(tmp_path)
    assert calls == ["apt-get update", "apt-get install", "python3 -m"]
    assert "-venv with apt" in capsys.readouterr().out


@pytest.mark.parametrize(("apt", "user"), [("/usr/bin/apt-get", 1000), (None, 0)])
def test_others_are_told_what_to_install(
    calls: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apt: str | None, user: int
) -> None:
    monkeypatch.setattr(python_env.shutil, "which", where(apt))
    monkeypatch.setattr(python_env.os, "geteuid", lambda: user)
    with pytest.raises(StepFailed, match=r"install python3\.\d+-venv"):
        python_env.make_environment(tmp_path)
    assert calls == []
