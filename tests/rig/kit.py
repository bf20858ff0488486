"""Applications with modules of the test's own beside ours."""

import itertools
import sys
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from modulon.core.testing import App, open_app

from .modules import write_module

_numbers: Final = itertools.count(1)


@dataclass
class Kit:
    """A folder of modules, and the application that has them. Each kit's modules have names of their own."""

    folder: Path
    data: Path
    url: str

    def name(self, word: str) -> str:
        """A module's id that no other test uses."""
        return f"acme.{word}{self.folder.name.removeprefix('modules')}"

    def write(self, word: str, says: str, **options: str) -> str:
        """Write the module *word*, which answers *says*; its id."""
        module_id = self.name(word)
        write_module(self.folder, module_id, says, **options)
        return module_id

    def open(self) -> AbstractAsyncContextManager[App]:
        """Start the application."""
        return open_app(self.data, database_url=self.url, modules_dir=self.folder)

    def inside(self, module_id: str, what: str) -> Any:
        """A name in the module's code that `import` finds."""
        return getattr(sys.modules[f"modulon_modules.{module_id.replace('.', '_')}.backend"], what)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def kit(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kit]:
    """A kit on each database."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    folder = tmp_path / f"modules{next(_numbers)}"
    folder.mkdir()
    yield Kit(folder, tmp_path / "data", url)
    for name in [name for name in sys.modules if name.startswith("modulon_modules.acme_")]:
        if name.partition(".")[2].split(".")[0].endswith(folder.name.removeprefix("modules")):
            del sys.modules[name]
