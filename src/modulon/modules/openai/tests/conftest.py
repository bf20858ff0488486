"""A served application with a simulated provider, and official clients of it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import openai
import pytest
import uvicorn

from modulon.core.testing import App, open_app
from modulon.modules.providers.backend import contract
from modulon.sdk.testing import Client
from tests.rig.provider import Provider


@dataclass
class Face:
    """The interface as a program sees it."""

    app: App
    admin: Client
    provider: Provider
    provider_id: str
    key: str
    url: str

    def client(self, key: str = "") -> openai.AsyncOpenAI:
        """An official client; it asks once."""
        return openai.AsyncOpenAI(base_url=f"{self.url}/v1", api_key=key or self.key, max_retries=0)

    def program(self) -> Client:
        """A program that speaks to the application without a socket."""
        made = self.app.client()
        made.headers["authorization"] = f"Bearer {self.key}"
        return made


@pytest.fixture
async def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[App]:
    """An application on SQLite alone: this module has no rows."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    async with open_app(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
async def face(app: App, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Face]:
    monkeypatch.setattr(contract, "BACK_OFF_SECONDS", 0.001)
    admin = await app.set_up()
    body = {"name": "Sim", "type": "openai", "endpoint": provider.url, "api_key": "sk-canary-of-provider"}
    made = await admin.post("/api/providers", body)
    assert made.status == 201, made.text
    key = await admin.post("/api/keys", {"name": "test", "scopes": ["inference"]})
    async with served(app) as url:
        yield Face(app, admin, provider, made.json()["id"], key.json()["key"], url)


@asynccontextmanager
async def served(app: App) -> AsyncIterator[str]:
    """The application on a free port of this process."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app.application, lifespan="off", log_level="critical", access_log=False))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving
        listener.close()
