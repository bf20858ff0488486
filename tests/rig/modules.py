"""Modules written by a test: small ones that answer with a word, and remember what they heard and which hooks ran."""

from pathlib import Path
from typing import Final

_MANIFEST: Final = """
[module]
id = "{id}"
name = "{name}"
version = "{version}"
description = "{about}"
author = "Acme"
type = "{kind}"
api = "{api}"
[requires]
{requires}
[permissions]
{permissions}
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
    name: str = "",
    kind: str = "plugin",
    about: str = "For a test",
    permissions: str = 'db = { reason = "counts what it hears" }',
) -> None:
    """Write the module *module_id*, which answers *says* at `/api/x/<id>/word`, into *folder*, or write it anew. *more*
    is code at the end."""
    own = folder / module_id.replace(".", "_")
    (own / "backend").mkdir(parents=True, exist_ok=True)
    manifest = _MANIFEST.format(
        id=module_id,
        name=name or module_id.rpartition(".")[2],
        version=version,
        about=about,
        kind=kind,
        requires=requires,
        permissions=permissions,
        api=api,
    )
    (own / "module.toml").write_text(manifest)
    (own / "backend" / "__init__.py").write_text(_CODE.format(base=f"/x/{module_id}", word=says, more=more))


BREAKS: Final = "import a_library_that_is_not_installed"
"""Code at whose end a module cannot be loaded."""


def write_acme(folder: Path) -> Path:
    """Write modules into *folder*: Tickets runs, CRM link cannot be loaded, Reports needs CRM link, and Dice a Chat of
    the future."""
    tickets = 'db = { reason = "keep the tickets" }\n"chat.read" = { reason = "quote what was said" }'
    write_module(
        folder,
        "acme.tickets",
        "open",
        name="Tickets",
        version="3.0.2",
        about="Opens tickets from a conversation",
        requires='chat = ">=1,<2"',
        permissions=tickets,
    )
    contacts = '"http:crm.example.org" = { reason = "ask for contacts" }'
    crm = {"name": "CRM link", "about": "Finds contacts", "permissions": contacts}
    write_module(folder, "acme.crm", "no", version="1.7.3", more=BREAKS, **crm)
    behind = '"acme.crm" = ">=1,<2"'
    write_module(folder, "acme.reports", "no", name="Reports", about="Writes reports on contacts", requires=behind)
    dice = 'chat = ">=9"'
    write_module(folder, "acme.dice", "6", name="Dice", kind="extension", about="Rolls dice", requires=dice)
    return folder
