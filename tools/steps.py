"""A step of the set-up: it runs only when its inputs changed since it last succeeded."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.paths import BUILD_BIN, ROOT

STAMPS = ROOT / ".stamps"
LOG_LINES_SHOWN = 40


class StepFailed(Exception):
    """A step could not do its work; the message is for the person at the terminal."""


@dataclass(frozen=True)
class Step:
    """One thing the set-up makes."""

    title: str
    """What the progress line says; its slug names the stamp."""
    inputs: Callable[[], Iterable[Path]]
    makes: Path
    """A file that exists exactly when the step's product does."""
    run: Callable[[], None]

    @property
    def stamp(self) -> Path:
        return STAMPS / self.title.replace(" ", "-")

    def digest(self) -> str:
        """Identify the inputs: their names and contents."""
        digest = hashlib.sha256()
        for path in sorted(self.inputs()):
            digest.update(f"{path.relative_to(ROOT)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    def bring_up_to_date(self) -> bool:
        """Run if needed; tell whether it ran. A stamp is written only after success."""
        digest = self.digest()
        if self.makes.exists() and self.stamp.exists() and self.stamp.read_text() == digest:
            return False
        sys.stdout.write(f"  {self.title:<28}")
        sys.stdout.flush()
        started = time.monotonic()
        try:
            self.run()
        except StepFailed:
            sys.stdout.write("failed\n")
            raise
        sys.stdout.write(f"{time.monotonic() - started:6.1f} s\n")
        STAMPS.mkdir(exist_ok=True)
        self.stamp.write_text(digest)
        return True


def files_under(*roots: Path, suffixes: Sequence[str] = (), skip: Sequence[str] = ()) -> list[Path]:
    """Every file below *roots* that git would keep: caches, builds and folders named in *skip* are left out."""
    ignored = {"node_modules", "__pycache__", "dist", "_web", "_docs", *skip}
    found: list[Path] = []
    for root in roots:
        for folder, folders, names in os.walk(root):
            folders[:] = [name for name in folders if name not in ignored and not name.startswith(".")]
            found += [Path(folder, name) for name in names if not suffixes or name.endswith(tuple(suffixes))]
    return found


def environment() -> dict[str, str]:
    """This process's environment, with the project's own Node before the system's on PATH."""
    return {**os.environ, "PATH": f"{BUILD_BIN}{os.pathsep}{os.environ.get('PATH', '')}"}


def call(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run *command* quietly; when it fails, raise `StepFailed` with the end of what it printed."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        last = "\n".join(done.stdout.splitlines()[-LOG_LINES_SHOWN:])
        shown = " ".join(str(word) for word in command)
        raise StepFailed(f"{last}\n\n`{shown}` failed with exit code {done.returncode}.")
