"""Every connection of the whole application is opened by the egress client (case E10)."""

import socket
from pathlib import Path

import pytest

from modulon.core.egress.session import GuardedSocket
from modulon.core.testing import open_app
from tests.rig.provider import Provider


async def test_e10_every_connection_comes_from_the_egress_client(
    tmp_path: Path, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    opened: list[tuple[type, object]] = []
    connect = socket.socket.connect

    def record(self: socket.socket, address: object) -> None:
        opened.append((type(self), address))
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", record)
    async with open_app(tmp_path / "data") as app:
        admin = await app.set_up()
        endpoint = {"name": "Sim", "type": "openai", "endpoint": provider.url}
        made = await admin.post("/api/providers", endpoint)
        await admin.post(f"/api/providers/{made.json()['id']}/test")
        question = {"model": "sim/sim-echo", "messages": [{"role": "user", "content": "hello"}]}
        assert (await admin.post("/v1/chat/completions", question)).status == 200
        assert (await admin.post("/v1/chat/completions", {**question, "stream": True})).status == 200
    assert opened
    assert {kind for kind, _ in opened} == {GuardedSocket}
    port = int(provider.url.rsplit(":", 1)[1].split("/")[0])
    assert {address for _, address in opened} == {("127.0.0.1", port)}


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
