"""R24: alive, ready and started are told apart: while it starts, without its database, and while it stops."""

from pathlib import Path

import pytest

from modulon.core import app as module
from modulon.core.app import Application
from modulon.core.config import Config
from modulon.core.testing import open_app
from modulon.sdk.testing import Client


async def states(client: Client) -> dict[str, int]:
    return {path: (await client.get(path)).status for path in ("/live", "/startup", "/ready")}


async def test_r24_while_it_starts_it_lives_and_is_not_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as migrations take, health is answered; who wants more waits, and in the end is told to come back."""
    monkeypatch.setattr(module, "START_PATIENCE", 0.01)
    starting = Client(Application(Config(data_dir=tmp_path)))
    assert await states(starting) == {"/live": 200, "/startup": 503, "/ready": 503}
    refused = await starting.get("/api/me")
    assert (refused.status, refused.json()["code"]) == (503, "unavailable")
    assert refused.headers["retry-after"]


async def test_r24_without_its_database_it_lives_and_is_not_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    async with open_app(tmp_path / "data") as app:
        client = app.client()
        assert await states(client) == {"/live": 200, "/startup": 200, "/ready": 200}

        async def down() -> None:
            raise ConnectionError("the database is away")

        engine = app.core.resources.engine
        with monkeypatch.context() as patch:
            patch.setattr(type(engine), "ping", lambda self: down())
            assert await states(client) == {"/live": 200, "/startup": 200, "/ready": 503}
            assert "away" not in (await client.get("/ready")).text
        assert (await client.get("/ready")).status == 200


async def test_r24_while_it_stops_it_is_not_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    async with open_app(tmp_path / "data") as app:
        await app.application.drain()
        assert await states(app.client()) == {"/live": 200, "/startup": 200, "/ready": 503}
