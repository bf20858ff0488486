"""Finding a browser."""

from pathlib import Path

import pytest

from tools import chromium
from tools.chromium import VARIABLE, find_chromium
from tools.steps import StepFailed


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without a browser and without apt; yields its only folder of programs."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "PLACES", ())
    return tmp_path


def program(path: Path) -> str:
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_one_sentence_when_there_is_none(bare_machine: Path) -> None:
    with pytest.raises(StepFailed, match=f"install it .* or name one with {VARIABLE}"):
        find_chromium()


def test_it_is_found_on_the_path(bare_machine: Path) -> None:
    chrome = program(bare_machine / "google-chrome")
    assert find_chromium() == chrome


def test_the_one_that_is_named_comes_first(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare_machine / "chromium")
    monkeypatch.setenv(VARIABLE, program(bare_machine / "mine"))
    assert find_chromium() == str(bare_machine / "mine")


def test_a_named_one_must_exist(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare_machine / "chromium")
    monkeypatch.setenv(VARIABLE, str(bare_machine / "mine"))
    with pytest.raises(StepFailed):
        find_chromium()
