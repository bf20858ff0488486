"""The source tree as the architecture tests read it: files, imports, manifests. Nothing of ours is imported."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "modulon"
MODULES = SOURCE / "modules"


@dataclass(frozen=True)
class Import:
    """One import statement: who imports which dotted name."""

    file: Path
    line: int
    name: str

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line} imports {self.name}"


def python_files(folder: Path, *, tests: bool = False) -> list[Path]:
    """The Python files below *folder*, without those of tests unless asked for."""
    return [
        path
        for path in sorted(folder.rglob("*.py"))
        if "__pycache__" not in path.parts and (tests or not is_test(path))
    ]


def is_test(path: Path) -> bool:
    """Whether a file belongs to tests."""
    return "tests" in path.relative_to(ROOT).parts or path.name in ("conftest.py", "testing.py")


@cache
def tree_of(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def imports_of(path: Path) -> Iterator[Import]:
    """Every import in *path*, relative ones made absolute."""
    package = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts[:-1])
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(path, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*parents, *([node.module] if node.module else [])])
            for alias in node.names:
                yield Import(path, node.lineno, f"{base}.{alias.name}")


@cache
def manifests() -> dict[str, dict[str, Any]]:
    """Module id → manifest, as written."""
    found = [tomllib.loads(path.read_text("utf-8")) for path in sorted(MODULES.glob("*/module.toml"))]
    return {manifest["module"]["id"]: manifest for manifest in found}


def module_ids() -> list[str]:
    """The ids of the modules we ship."""
    return sorted(manifests())
