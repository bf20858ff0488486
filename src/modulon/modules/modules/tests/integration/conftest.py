"""Applications with modules of the test's own beside ours."""

import itertools
import sys
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from modulon.core.testing import App, open_app

_MANIFEST = """
[module]
id = "{id}"
name = "{name}"
version = "{version}"
description = "For a test"
author = "Acme"
type = "plugin"
api = "{api}"
[requires]
{requires}
[permissions]
db = {{ reason = "counts what it hears" }}
"""

_CODE = """
import asyncio

from modulon.sdk import Context, Delivery, Module, Write
from modulon.core.identity.events import WorkspaceCreated

module = Module()
HEARD = []
RAN = []

@module.get("{base}/word", policy="public")
async def word(ctx: Context) -> str:
    return "{word}"

@module.get("{base}/slow", policy="public")
async def slow(ctx: Context) -> str:
    await asyncio.sleep(0.4)
    return "{word}"

@module.asgi("GET", "{base}/stream", policy="public")
async def stream(ctx, scope, receive, send):
    await send({{"type": "http.response.start", "status": 200, "headers": []}})
    for _ in range(8):
        await send({{"type": "http.response.body", "body": b"{word} ", "more_body": True}})
        await asyncio.sleep(0.05)
    await send({{"type": "http.response.body", "body": b""}})

@module.on(WorkspaceCreated)
async def heard(ctx: Context, event: WorkspaceCreated, tx: Write, delivery: Delivery) -> None:
    HEARD.append(str(event.workspace_id))

for name in ("on_enable", "on_disable", "on_start", "on_stop"):
    def ran(name=name):
        async def hook(ctx: Context) -> None:
            RAN.append(name)
        return hook
    module.hook(name)(ran())

@module.hook("on_update")
async def updated(ctx: Context, old: str) -> None:
    RAN.append("on_update " + old)
{more}
"""

_numbers = itertools.count(1)


@dataclass
class Kit:
    """A folder of modules, and the application that has them. Each kit's modules have names of their own."""

    folder: Path
    data: Path
    url: str

    def name(self, word: str) -> str:
        """A module's id that no other test uses."""
        return f"acme.{word}{self.folder.name.removeprefix('modules')}"

    def write(
        self,
        word: str,
        says: str,
        *,
        version: str = "1.0.0",
        requires: str = "",
        api: str = "1",
        more: str = "",
        code: str = _CODE,
    ) -> str:
        """Write the module *word*, which answers *says*; its id."""
        module_id = self.name(word)
        folder = self.folder / module_id.replace(".", "_")
        (folder / "backend").mkdir(parents=True, exist_ok=True)
        manifest = _MANIFEST.format(id=module_id, name=word, version=version, requires=requires, api=api)
        (folder / "module.toml").write_text(manifest)
        source = code.format(base=f"/x/{module_id}", word=says, more=more)
        (folder / "backend" / "__init__.py").write_text(source)
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
