"""Bring a checkout to the point where `modulon serve` works.

Runs with the system's Python before any environment exists, so it and what it imports use the standard library only.
"""

import argparse
import fcntl
import shutil
import sys
import time
from pathlib import Path

from tools.paths import BUILD_BIN, BUILD_VENV, PACKAGE, PYTHON, REQUIREMENTS, ROOT, VENV, WEB
from tools.python_env import install_lock, install_project, make_environment
from tools.steps import STAMPS, Step, StepFailed, call, files_under

MODULES = PACKAGE / "modules"
WEB_BUILT = PACKAGE / "_web"
DOCS_BUILT = PACKAGE / "_docs"
ROUTES = PACKAGE / "_routes.json"
COMPILED = STAMPS / "compiled"


def lock(name: str) -> list[Path]:
    return [REQUIREMENTS / name]


def python_sources() -> list[Path]:
    return files_under(PACKAGE, suffixes=(".py", ".toml"), skip=("tests",))


def web_sources() -> list[Path]:
    frontends = list(MODULES.glob("*/frontend"))
    sources = files_under(WEB, *frontends, skip=("tests",)) + list(MODULES.glob("*/module.toml"))
    return [path for path in sources if not path.name.endswith(".test.ts")]


def docs_sources() -> list[Path]:
    return files_under(ROOT / "docs", *MODULES.glob("*/docs"))


def copy_docs() -> None:
    """Put the guides and every module's pages beside the code, where the server and the wheel find them."""
    shutil.rmtree(DOCS_BUILT, ignore_errors=True)
    for source in docs_sources():
        if source.is_relative_to(MODULES):
            module, _, *rest = source.relative_to(MODULES).parts
            target = DOCS_BUILT.joinpath("modules", module, *rest)
        else:
            target = DOCS_BUILT / source.relative_to(ROOT / "docs")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    DOCS_BUILT.mkdir(exist_ok=True)


def compile_sources() -> None:
    call(PYTHON, "-m", "compileall", "-q", "-j", "0", PACKAGE)
    COMPILED.parent.mkdir(exist_ok=True)
    COMPILED.touch()


def npm(*arguments: str) -> None:
    call(BUILD_BIN / "npm", *arguments, cwd=WEB)


def steps(*, development: bool) -> list[Step]:
    """What there is to make, in order."""
    node_locks = [WEB / "package.json", WEB / "package-lock.json", WEB / ".npmrc"]
    build_inputs = [ROOT / "pyproject.toml", ROOT / "tools" / "hatch_build.py", PACKAGE / "__init__.py"]
    wanted = [
        Step("Python environment", list, PYTHON, lambda: make_environment(VENV)),
        Step(
            "packages", lambda: lock("runtime.lock"), VENV / "bin/uvicorn", lambda: install_lock(PYTHON, "runtime.lock")
        ),
        Step("build environment", list, BUILD_BIN / "python", lambda: make_environment(BUILD_VENV)),
        Step(
            "Node and build tools",
            lambda: lock("build.lock"),
            BUILD_BIN / "node",
            lambda: install_lock(BUILD_BIN / "python", "build.lock"),
        ),
        Step("modulon itself", lambda: build_inputs, VENV / "bin/modulon", install_project),
        Step("interface packages", lambda: node_locks, WEB / "node_modules/.package-lock.json", lambda: npm("ci")),
        Step("interface", web_sources, WEB_BUILT / "index.html", lambda: npm("run", "build")),
        Step("documentation", docs_sources, DOCS_BUILT, copy_docs),
        Step("compiled sources", python_sources, COMPILED, compile_sources),
        Step("route index", python_sources, ROUTES, lambda: call(PYTHON, "-m", "modulon.core.engine.index")),
    ]
    if development:
        dev = Step(
            "test packages", lambda: lock("dev.lock"), VENV / "bin/pytest", lambda: install_lock(PYTHON, "dev.lock")
        )
        wanted.append(dev)
    return wanted


def set_up(*, development: bool) -> None:
    """Do every step that is due. Two set-ups of one checkout wait for each other."""
    started = time.monotonic()
    STAMPS.mkdir(exist_ok=True)
    with (STAMPS / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        ran = [step.title for step in steps(development=development) if step.bring_up_to_date()]
    if ran:
        print(f"Set up in {time.monotonic() - started:.1f} s.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what the tests need")
    arguments = parser.parse_args()
    try:
        set_up(development=arguments.dev)
    except StepFailed as failure:
        sys.exit(f"\n{failure}")


if __name__ == "__main__":
    main()
