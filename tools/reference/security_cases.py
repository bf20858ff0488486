"""Attacks and faults that are tested: tests whose names carry a case's id, `test_a03_…` or `a03: …` in TypeScript."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.paths import PACKAGE, ROOT, WEB
from tools.steps import files_under

from .markdown import code, table

CLASSES: Final = {
    "a": "Authorisation",
    "b": "Authentication and sessions",
    "c": "Code execution, modules, templates",
    "d": "Browser",
    "e": "Forged requests and what leaves the machine",
    "f": "Files, parsing, exhaustion",
    "g": "MCP and tools",
    "s": "Secrets, privacy, audit, supply chain",
    "r": "Reliability",
}

_PYTHON: Final = re.compile(r"test_([a-z]\d\d)_(\w+)")
_TYPESCRIPT: Final = re.compile(r"""\b(?:it|test|describe)\(\s*['"`]([a-zA-Z]\d\d)[ :,]\s*([^'"`]+)""")

INTRODUCTION: Final = """\
# Attacks and faults that are tested

Each test carries the id of its case in its name. What is not in this list is not claimed.
"""


@dataclass(frozen=True, order=True)
class CaseTest:
    """One test of one case; *claim* is what its name says."""

    case: str
    claim: str
    file: str


def page() -> str:
    """Every case that has a test."""
    found = sorted(set(case_tests()))
    parts = [
        f"## {title}\n\n{table(('case', 'what the test shows', 'file'), rows)}"
        for letter, title in CLASSES.items()
        if (rows := [(t.case.upper(), t.claim, code(t.file)) for t in found if t.case[0] == letter])
    ]
    return "\n".join([INTRODUCTION, *parts])


def case_tests() -> Iterator[CaseTest]:
    """Every test with a case's id in its name."""
    for path in sorted(files_under(PACKAGE, ROOT / "tests", suffixes=(".py",))):
        if path.name.startswith("test_"):
            yield from _in_python(path)
    for path in sorted(files_under(PACKAGE, WEB, suffixes=(".test.ts",))):
        for case, claim in _TYPESCRIPT.findall(path.read_text("utf-8")):
            yield CaseTest(case.lower(), claim, _shown(path))


def _in_python(path: Path) -> Iterator[CaseTest]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (match := _PYTHON.fullmatch(node.name)):
            yield CaseTest(match[1], match[2].replace("_", " "), _shown(path))


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
