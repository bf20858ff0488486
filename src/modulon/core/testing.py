"""A whole application for tests: real database, real modules, no sockets.

async with open_app(tmp_path) as app:
    admin = await app.set_up()
    reply = await admin.post("/api/workspaces", {"name": "Research"})
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from modulon.core.app import Application
from modulon.core.config import Config
from modulon.core.engine.boot import Core, context_as_system
from modulon.core.modules.boundary import Boundary
from modulon.sdk.context import Context
from modulon.sdk.identity import User
from modulon.sdk.testing import Client

PASSWORD = "correct horse battery staple"  # noqa: S105 - the tests' own


@dataclass
class App:
    """A running application and what tests do with it."""

    application: Application
    core: Core
    setup_token: str | None

    def client(self) -> Client:
        """A new anonymous browser."""
        return Client(self.application)

    async def set_up(self, email: str = "admin@example.org") -> Client:
        """Create the first admin through the set-up link; a signed-in browser."""
        client = self.client()
        body = {"token": self.setup_token, "name": "Admin", "email": email, "password": PASSWORD}
        reply = await client.post("/api/setup", body)
        assert reply.status == 201, reply.text  # noqa: S101
        return client

    async def create_user(self, email: str, *, admin: bool = False) -> User:
        """Create a user as the command line would."""
        name = email.partition("@")[0]
        return await self.system("accounts").identity.create_user(
            email=email, name=name, password=PASSWORD, admin=admin
        )

    async def member(self, email: str = "member@example.org") -> Client:
        """Create a user and sign in; a browser."""
        await self.create_user(email)
        client = self.client()
        reply = await client.post("/api/sessions", {"email": email, "password": PASSWORD})
        assert reply.status == 201, reply.text  # noqa: S101
        return client

    def system(self, module: str) -> Context:
        """A context of *module* acting as the system."""
        return context_as_system(self.core, module, "test")


@asynccontextmanager
async def open_app(
    data_dir: Path, *, database_url: str = "", modules_dir: Path | None = None, boundary: Boundary | None = None
) -> AsyncIterator[App]:
    """Start an application on *data_dir* (and *database_url*), all modules loaded; stop it at the end.

    *boundary* stands between modules and core (`sdk.testing.Loopback`)."""
    config = Config(
        data_dir=data_dir,
        database_url=database_url,
        modules_dir=modules_dir,
        dev=True,
        new_instance=True,
        log_level="warning",
    )
    tokens: list[str | None] = []
    application = Application(config, announce=tokens.append, web_folder=_empty_web(data_dir), boundary=boundary)
    core = await application.start()
    try:
        await application.boot.warmed()
        yield App(application, core, tokens[0])
    finally:
        await application.stop()


def _empty_web(data_dir: Path) -> Path:
    """A page without an interface: API tests do not need the build."""
    folder = data_dir / "web"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text("<!doctype html><title>Modulon</title><!--modulon:state-->")
    (folder / "manifest.json").write_text(json.dumps({}))
    return folder
