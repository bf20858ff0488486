"""What `pip install modulon` lays on a disk, in an environment in which there is nothing else."""

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.command import run_command
from bench.rounds import Effort
from bench.table import Line
from tools.paths import BUILD_BIN, ROOT

MB = 1_000_000


def installed(folder: Path) -> tuple[int, int]:
    """Build the wheel and install it below *folder*; bytes with compiled sources, and packages, pip's own left out."""
    build = (BUILD_BIN / "hatchling", "build", "--target", "wheel", "--directory", folder)
    subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    subprocess.run((sys.executable, "-m", "venv", folder / "env"), check=True)
    (site,) = (folder / "env").glob("lib/python3*/site-packages")
    before = _size(site), _packages(site)
    subprocess.run((folder / "env/bin/pip", "install", "--quiet", next(folder.glob("*.whl"))), check=True)
    return _size(site) - before[0], _packages(site) - before[1]


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _packages(site: Path) -> int:
    return len(list(site.glob("*.dist-info")))


async def measure(_effort: Effort) -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="modulon-bench-") as folder:
        size, packages = await asyncio.to_thread(installed, Path(folder))
    return [Line("disk, with .pyc", "MB", size / MB, "≤ 250"), Line("packages", "", packages, "≤ 75")]


if __name__ == "__main__":
    run_command("Installed", measure)
