"""Every module has the same files with the same roles; files and functions stay small."""

import ast
from pathlib import Path

import pytest

from .source import MODULES, ROOT, SOURCE, module_ids, python_files, tree_of

ROLES = {
    "__init__", "module", "contract", "routes", "schemas", "models", "service", "store", "errors", "events",
    "settings", "cli", "filters",
}  # fmt: skip
"""What a file directly in `backend/` may be. A folder there groups one thing the module is about."""

TOP = {"module.toml", "__init__.py", "CHANGELOG.md", "backend", "database", "frontend", "tests", "docs", "__pycache__"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 60


@pytest.mark.parametrize("module", module_ids())
def test_a_module_has_the_shape_of_all(module: str) -> None:
    folder = MODULES / module
    assert {path.name for path in folder.iterdir()} <= TOP
    assert (folder / "backend" / "__init__.py").is_file()
    assert (folder / "docs" / "README.md").is_file()
    files = {path.stem for path in (folder / "backend").glob("*.py")}
    assert files <= ROLES, f"what are {files - ROLES}? Roles: {sorted(ROLES)}"


@pytest.mark.parametrize("module", module_ids())
def test_a_backend_exports_its_module_and_nothing_else(module: str) -> None:
    body = tree_of(MODULES / module / "backend" / "__init__.py").body
    statements = [node for node in body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
    assert len(statements) == 1
    assert isinstance(statements[0], ast.ImportFrom)
    assert [alias.name for alias in statements[0].names] == ["module"]


def test_no_file_is_a_god() -> None:
    long = {
        str(p.relative_to(ROOT)): n
        for p in python_files(SOURCE)
        if (n := len(p.read_text().splitlines())) > LONGEST_FILE
    }
    assert not long


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in python_files(SOURCE)
        if "migrations" not in path.parts
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    ]
    assert not long


def test_only_services_open_a_write() -> None:
    """`ctx.db.write()` stands in services (and the runs they drive), never in routes or stores."""
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in python_files(MODULES)
        if path.stem in ("routes", "store", "schemas", "models")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if ".db.write(" in line
    ]
    assert not wrong


def test_the_project_speaks_of_itself_alone() -> None:
    """No registry address and no path of a machine stands in the locks."""
    locks = [*(ROOT / "requirements").glob("*.lock"), ROOT / "web" / "package-lock.json"]
    assert locks
    for lock in locks:
        text = _read(lock)
        assert "--index-url" not in text
        assert "--find-links" not in text
        assert '"resolved"' not in text
        assert "file://" not in text


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""
