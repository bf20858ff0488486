"""The driver of the checks."""

from pathlib import Path

import pytest

from tools import test as driver
from tools.stages import Command, Stage, stages

REPORT = """<testsuites>
  <testsuite tests="5" failures="1" errors="1" skipped="1"/>
</testsuites>"""


def test_tests_are_added_up_over_the_reports(tmp_path: Path) -> None:
    for name in ("unit.xml", "e2e.xml"):
        (tmp_path / name).write_text(REPORT)
    assert driver.counted(tmp_path) == (4, 4)


def test_named_stages_run_in_their_own_order() -> None:
    chosen = driver.chosen(["unit", "lint"], stages(nightly=False))
    assert [stage.name for stage in chosen] == ["lint", "unit"]


def test_an_unknown_stage_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SystemExit, match="no such stage: lnit; there are lint, types"):
        driver.chosen(["lnit"], stages(nightly=False))


def test_a_stage_ends_with_its_first_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(driver, "RESULTS", tmp_path)
    commands = tuple(
        Command(("sh", "-c", script)) for script in ("echo 3 passed in 1 s", "echo bad; exit 1", "echo no")
    )
    assert not driver.run_stage(Stage("mixed", commands))
    printed = capsys.readouterr().out
    assert "bad" in printed
    assert "mixed FAILED" in printed
    assert "no\n" not in printed


def test_of_a_passing_stage_only_the_closing_line_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(driver, "RESULTS", tmp_path)
    assert driver.run_stage(Stage("good", (Command(("sh", "-c", "echo chatter; echo 3 passed in 1.2s")),)))
    printed = capsys.readouterr().out
    assert "3 passed in 1.2s" in printed
    assert "chatter" not in printed
