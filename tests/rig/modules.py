"""Modules written by a test: small ones that answer with a word, and remember what they heard and which hooks ran."""

from pathlib import Path
from typing import Final

_MANIFEST: Final = """
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

_CODE: Final = """
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


def write_module(
    folder: Path,
    module_id: str,
    says: str,
    *,
    version: str = "1.0.0",
    requires: str = "",
    api: str = "1",
    more: str = "",
) -> None:
    """Write the module *module_id*, which answers *says* at `/api/x/<id>/word`, into *folder*, or write it anew. *more*
    is code at the end."""
    own = folder / module_id.replace(".", "_")
    (own / "backend").mkdir(parents=True, exist_ok=True)
    name = module_id.rpartition(".")[2]
    manifest = _MANIFEST.format(id=module_id, name=name, version=version, requires=requires, api=api)
    (own / "module.toml").write_text(manifest)
    (own / "backend" / "__init__.py").write_text(_CODE.format(base=f"/x/{module_id}", word=says, more=more))
