"""Every connection of the whole application is opened by the egress client (case E10)."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from modulon.core.egress.session import GuardedSocket
from modulon.core.testing import open_app
from modulon.sdk.testing import Client
from tests.rig.provider import Provider

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


@dataclass
class Connections:
    """Every socket of this process that connects, or sends without having connected, and where to."""

    opened: list[tuple[type, object]] = field(default_factory=list[tuple[type, object]])

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        for name in ("connect", "connect_ex", "sendto", "sendmsg"):
            patch.setattr(socket.socket, name, self._noting(getattr(socket.socket, name)))

    def _noting(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def noted(used: socket.socket, *given: Any) -> Any:
            if used.family != socket.AF_UNIX:
                self.opened.append((type(used), given[-1]))
            return real(used, *given)

        return noted


@pytest.fixture
async def proxy() -> AsyncIterator[list[str]]:
    """A proxy that this process's environment names for everything; where it was asked for anything."""
    asked: list[str] = []

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.read(200)).decode(errors="replace"))
        writer.close()

    async with await asyncio.start_server(meet, "127.0.0.1", 0) as server:
        with pytest.MonkeyPatch.context() as patch:
            for name in PROXIES:
                patch.setenv(name, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
            patch.setenv("no_proxy", "")
            patch.setenv("NO_PROXY", "")
            yield asked


async def test_e10_every_connection_comes_from_the_egress_client(
    tmp_path: Path, provider: Provider, proxy: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole journey: look around, add, discover, test, ask, follow, title; nothing asks the environment's proxy."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    port = int(provider.url.rsplit(":", 1)[1].split("/")[0])
    connections = Connections()
    connections.watch(monkeypatch)
    async with open_app(tmp_path / "data") as app:
        admin = await app.set_up()
        around = (await admin.post("/api/providers/probe")).json()["asked"]
        made = await admin.post("/api/providers", {"name": "Sim", "type": "openai", "endpoint": provider.url})
        for act in ("models/refresh", "test"):
            assert (await admin.post(f"/api/providers/{made.json()['id']}/{act}")).status == 200
        sealed = {"name": "TLS", "type": "openai", "endpoint": f"https://127.0.0.1:{port}/v1"}
        assert (await admin.post("/api/providers", sealed)).status < 500
        await ask(admin)
    assert {kind for kind, _ in connections.opened} == {GuardedSocket}
    reached = {where for _, where in connections.opened}
    assert reached == {("127.0.0.1", one) for one in (port, *around)}
    assert not proxy


async def ask(admin: Client) -> None:
    """A question in a conversation, and two through the OpenAI API."""
    question = {"parts": [{"type": "text", "text": "hello"}], "model": "sim/sim-echo"}
    begun = (await admin.post("/api/conversations", {"message": question})).json()
    assert "run.finished" in (await admin.get(f"/api/runs/{begun['run']['id']}/events")).text
    asked = {"model": "sim/sim-echo", "messages": [{"role": "user", "content": "hello"}]}
    for stream in (False, True):
        assert (await admin.post("/v1/chat/completions", {**asked, "stream": stream})).status == 200


async def test_e07_a_member_cannot_look_around_the_network(
    tmp_path: Path, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    async with open_app(tmp_path / "data") as app:
        await app.set_up()
        member = await app.member()
        for path in ("/api/providers", "/api/providers/x/test", "/api/providers/x/models/refresh"):
            reply = await member.post(path, {"name": "N", "type": "openai", "endpoint": provider.url})
            assert reply.status == 403
    assert provider.stats.requests.total() == 0
