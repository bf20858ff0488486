"""Set-up steps: done when due, not otherwise."""

from pathlib import Path

import pytest

from tools import steps
from tools.steps import Step, StepFailed, call, files_under


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one source."""
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    monkeypatch.setattr(steps, "STAMPS", tmp_path / ".stamps")
    (tmp_path / "source").write_text("one")
    return tmp_path


def copying(checkout: Path) -> Step:
    source, product = checkout / "source", checkout / "product"

    def copy() -> None:
        product.write_bytes(source.read_bytes())

    return Step("a copy", lambda: [source], product, copy)


def test_it_runs_once(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [copying(checkout).bring_up_to_date() for _ in range(2)] == [True, False]
    assert capsys.readouterr().out.startswith("  a copy ")


def test_it_runs_again_when_an_input_changed(checkout: Path) -> None:
    copying(checkout).bring_up_to_date()
    (checkout / "source").write_text("two")
    assert copying(checkout).bring_up_to_date()
    assert (checkout / "product").read_text() == "two"


def test_it_runs_again_when_its_product_is_gone(checkout: Path) -> None:
    copying(checkout).bring_up_to_date()
    (checkout / "product").unlink()
    assert copying(checkout).bring_up_to_date()


def test_a_failed_step_is_due_again(checkout: Path) -> None:
    product = checkout / "product"

    def fail() -> None:
        product.touch()
        raise StepFailed("no luck")

    with pytest.raises(StepFailed):
        Step("a copy", lambda: [checkout / "source"], product, fail).bring_up_to_date()
    assert copying(checkout).bring_up_to_date()


def test_a_failed_command_says_what_it_printed() -> None:
    with pytest.raises(StepFailed, match=r"(?s)out of luck.*failed with exit code 3"):
        call("sh", "-c", "echo out of luck; exit 3")


def test_files_under_skips_what_is_built(tmp_path: Path) -> None:
    for name in ("a.py", "b.txt", "node_modules/c.py", ".hidden/d.py", "tests/e.py", "deep/er/f.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = files_under(tmp_path, suffixes=(".py",), skip=("tests",))
    assert {str(path.relative_to(tmp_path)) for path in found} == {"a.py", "deep/er/f.py"}
