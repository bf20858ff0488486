"""The stages of `make test`, in the order in which a mistake is cheapest to find."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from tools.paths import BUILD_BIN, PYTHON, RESULTS, ROOT, VENV, WEB

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Command:
    """One program run by a stage."""

    words: tuple[str, ...]
    folder: Path = ROOT
    environment: Mapping[str, str] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True)
class Stage:
    """A named part of the checks; it fails with the first of its commands that does."""

    name: str
    commands: tuple[Command, ...]
    needs_browser: bool = False


def npm(script: str) -> Command:
    return Command((str(BUILD_BIN / "npm"), "run", "--silent", script), WEB)


def pytest(stage: str, *words: str, parallel: bool = False) -> Command:
    """Run pytest, collecting coverage of this stage. No tests found is a failure: pytest exits with 5."""
    workers = ("--numprocesses", str(os.cpu_count() or 1)) if parallel else ()
    quiet = ("--quiet", "--no-header", "--cov", "--cov-report=", f"--junit-xml={RESULTS / f'{stage}.xml'}")
    coverage_file = {"COVERAGE_FILE": str(RESULTS / f".coverage.{stage}")}
    return Command((str(PYTHON), "-m", "pytest", *quiet, *workers, *words), environment=coverage_file)


def stages(*, nightly: bool) -> list[Stage]:
    """Every stage; *nightly* takes the long tests in."""
    short = "" if nightly else " and not nightly"
    apart = "not e2e and not reliability and not fuzz"
    unit, contract = (f"{which} and {apart}{short}" for which in ("not postgres", "postgres"))
    ruff, pyright = str(VENV / "bin/ruff"), str(BUILD_BIN / "basedpyright")
    lint = (Command((ruff, "check", ".")), Command((ruff, "format", "--check", ".")), npm("lint"))
    types = (Command((pyright,)), Command((pyright, "--project", "tests/pyrightconfig.json")), npm("types"))
    return [
        Stage("lint", lint),
        Stage("types", types),
        Stage("architecture", (pytest("architecture", "tests/architecture"),)),
        Stage("unit", (pytest("unit", "--ignore=tests/architecture", "-m", unit, parallel=True),)),
        Stage("postgres", (pytest("postgres", "-m", contract, parallel=True),)),
        Stage("web", (npm("test"),), needs_browser=True),
        Stage("e2e", (pytest("e2e", "-m", f"e2e{short}", parallel=True),), needs_browser=True),
        Stage("reliability", (pytest("reliability", "-m", f"reliability{short}"),)),
        Stage("fuzz", (pytest("fuzz", "-m", f"fuzz{short}", parallel=True),)),
        Stage("coverage", (Command((str(PYTHON), "-m", "tools.coverage_report")),)),
    ]
