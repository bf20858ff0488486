"""Make virtual environments and fill them from hashed locks."""

import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tools.paths import BUILD_BIN, PYTHON, REQUIREMENTS, ROOT
from tools.steps import StepFailed, call


def make_environment(folder: Path) -> None:
    """Make a virtual environment in *folder*, replacing one that cannot start."""
    if not _has_venv():
        _install_venv()
    call(sys.executable, "-m", "venv", "--clear", folder)


def _has_venv() -> bool:
    """Whether `python -m venv` can work: Debian and Ubuntu ship `venv` without the `ensurepip` it needs."""
    return all(importlib.util.find_spec(name) is not None for name in ("venv", "ensurepip"))


def _install_venv() -> None:
    package = f"python3.{sys.version_info.minor}-venv"
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        raise StepFailed(
            f"This Python cannot make virtual environments: install {package} (as root: apt install {package})."
        )
    sys.stdout.write(f"(installing {package} with apt) ")
    sys.stdout.flush()
    apt_install(package)


def apt_install(*packages: str) -> None:
    """Install Debian packages; needs root. Refreshes the package lists, which a fresh machine does not have."""
    call("apt-get", "update", "-qq")
    call("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)


def install_lock(python: Path, lock: str) -> None:
    """Install exactly what *lock* names; every file must have a hash the lock knows."""
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")
    call(*pip, "--require-hashes", "--requirement", REQUIREMENTS / lock)


def install_project() -> None:
    """Install the project itself so that edits take effect at once. The builder lives in the build environment."""
    with tempfile.TemporaryDirectory() as folder:
        call(BUILD_BIN / "hatchling", "build", "--target", "wheel:editable", "--directory", folder, cwd=ROOT)
        wheel = next(Path(folder).glob("*.whl"))
        pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index")
        call(*pip, "--force-reinstall", wheel)
