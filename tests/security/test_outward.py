"""What leaves this server by way of providers, the only sinks there are: their addresses, tests, discovery, requests
on their behalf, and the look around this machine (cases E01, E02, E05, E06, S03, A15, A16)."""

import asyncio
import base64
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from modulon.core.egress import session
from modulon.core.egress.addresses import reach
from modulon.core.egress.session import GuardedSocket
from modulon.core.egress.tests.spellings import spellings
from modulon.core.testing import App, open_app
from modulon.sdk.testing import Client
from tests.rig.provider import Provider

KEY = "sk-canary-outward-4f2a"
HELLO: Any = {"messages": [{"role": "user", "content": "hello"}]}


@dataclass
class Scene:
    app: App
    admin: Client


@pytest.fixture
async def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    async with open_app(tmp_path / "data") as app:
        yield Scene(app, await app.set_up())


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that connections are opened to; none is made. Every name resolves to a cloud's metadata."""
    tried: list[str] = []

    def connect(_socket: socket.socket, address: tuple[Any, ...]) -> None:
        tried.append(str(address[0]))
        raise ConnectionRefusedError

    async def lookup(_host: str, _port: int) -> list[str]:
        return ["169.254.169.254", "fd00:ec2::254"]

    monkeypatch.setattr(GuardedSocket, "connect", connect, raising=False)
    monkeypatch.setattr(session, "system_lookup", lookup)
    return tried


def literal(host: str) -> str | None:
    """The address that *host* is, if it is written as one and in no other way; a dot at its end is the root's."""
    try:
        return str(ip_address(host.removeprefix("[").removesuffix("]").removesuffix(".")))
    except ValueError:
        return None


async def every_sink(scene: Scene, endpoint: str) -> list[int]:
    """Hand *endpoint* to each place that takes or follows an address; the answers' statuses."""
    body = {"name": "P", "type": "openai", "endpoint": endpoint, "api_key": KEY}
    made = await scene.admin.post("/api/providers", body)
    if made.status != 201:
        return [made.status]
    path = f"/api/providers/{made.json()['id']}"
    model = {"model": f"{made.json()['slug']}/m", **HELLO}
    replies = [
        await scene.admin.post(f"{path}/test"),
        await scene.admin.post(f"{path}/models/refresh"),
        await scene.admin.post("/v1/chat/completions", model),
        await scene.admin.patch(path, {"endpoint": endpoint}),
        await scene.admin.delete(path),
    ]
    return [made.status, *(reply.status for reply in replies)]


async def test_e01_no_spelling_leads_an_administrator_s_provider_elsewhere(scene: Scene, connected: list[str]) -> None:
    """An administrator may name a private address, as it is written; nothing else, and never a cloud's metadata."""
    hosts = spellings()
    assert len(hosts) >= 200
    reached = 0
    for host in hosts:
        connected.clear()
        await every_sink(scene, f"http://{host}:8090/v1")
        plain = literal(host)
        if plain is None or reach(plain) == "never":
            assert connected == [], host
        else:
            assert {str(ip_address(one)) for one in connected} <= {plain}, host
            reached += bool(connected)
    assert 0 < reached < len(hosts) // 4


async def test_e01_a_member_s_spellings_reach_nothing(scene: Scene, connected: list[str]) -> None:
    member = await scene.app.member()
    for host in spellings():
        body = {"name": "P", "type": "openai", "endpoint": f"http://{host}:8090/v1"}
        assert (await member.post("/api/providers", body)).status == 403
    assert (await member.post("/api/providers/probe", {"endpoint": "http://127.0.0.1:8090"})).status == 403
    assert connected == []


async def test_e01_a_look_around_takes_no_address(scene: Scene, connected: list[str]) -> None:
    """Whatever is sent along, the fixed ports of this machine are asked and nothing else."""
    for body in ({"endpoint": "http://10.0.0.1:22/"}, {"ports": [22]}, {"host": "169.254.169.254"}):
        asked = (await scene.admin.post("/api/providers/probe?port=22&host=10.0.0.1", body)).json()["asked"]
        assert asked == [11434, 1234, 8000, 1337, 4891]  # this server's own port is the sixth
    assert set(connected) == {"127.0.0.1"}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_e02_a_provider_s_redirect_is_not_followed(scene: Scene, provider: Provider, status: int) -> None:
    """Neither for discovery nor for a request with a body; the key goes nowhere else."""
    heads: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        head = f"HTTP/1.1 {status} Moved\r\nlocation: {provider.url}/models\r\ncontent-length: 0\r\n\r\n"
        writer.write(head.encode())
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        assert await every_sink(scene, f"http://127.0.0.1:{port}/v1") == [201, 200, 502, 502, 200, 204]
    assert len(heads) >= 3
    assert provider.stats.requests.total() == 0


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://a@127.0.0.1:8090/v1",
        "http://127.0.0.1:8090\\@example.org/v1",
        "http://example.org\t:8090/v1",
        "http://example.org\n/v1",
        "http://example.org#@127.0.0.1/v1",
        "http://①②⑦.0.0.1:8090/v1",
        "http://127.0.0.1%2f@example.org/v1",
        "http://example.org:8090:80/v1",
        "http://[::ffff:127.0.0.1%25lo]/v1",
        "http:///v1",
        "//127.0.0.1:8090/v1",
    ],
)
async def test_e05_an_endpoint_read_in_two_ways_is_refused(scene: Scene, connected: list[str], endpoint: str) -> None:
    assert await every_sink(scene, endpoint) == [422]
    assert connected == []


@pytest.mark.parametrize("scheme", ["file", "gopher", "ftp", "dict", "data", "unix", "jar", "ws"])
async def test_e06_other_schemes_are_refused(scene: Scene, connected: list[str], scheme: str) -> None:
    assert await every_sink(scene, f"{scheme}://127.0.0.1:8090/v1") == [422]
    assert connected == []


@pytest.mark.parametrize("port", [22, 25, 5432, 6379])
async def test_e06_ports_of_other_services_are_refused_to_an_administrator_too(
    scene: Scene, connected: list[str], port: int
) -> None:
    await every_sink(scene, f"http://127.0.0.1:{port}/v1")
    assert connected == []


async def test_s03_a_key_is_never_read_and_goes_to_its_own_host_alone(scene: Scene, provider: Provider) -> None:
    admin = scene.admin
    body = {"name": "P", "type": "openai", "endpoint": provider.url, "api_key": KEY}
    made = await admin.post("/api/providers", body)
    path = f"/api/providers/{made.json()['id']}"
    replies = [made]
    replies += [await admin.get(one) for one in ("/api/providers", path, f"{path}/models", "/api/models", "/v1/models")]
    replies += [await admin.post(f"{path}/test"), await admin.post(f"{path}/models/refresh")]
    replies += [await admin.patch(path, {"name": "Q"}), await admin.put(path, {**body, "name": "R"})]
    assert all(KEY not in reply.text for reply in replies)
    assert made.json()["key_hint"] == "4f2a"
    for elsewhere in ("http://127.0.0.2:8090/v1", provider.url.replace("http:", "https:"), "http://127.0.0.1:9/v1"):
        await admin.patch(path, {"endpoint": provider.url, "api_key": KEY})
        moved = await admin.patch(path, {"endpoint": elsewhere})
        assert moved.json()["key_hint"] is None, elsewhere
        back = await admin.patch(path, {"endpoint": provider.url})
        assert back.json()["key_hint"] is None, "a key that was forgotten does not come back"
    await admin.post(f"{path}/test")
    assert provider.stats.last_authorization == ""


@dataclass
class Ways:
    """The ways a program may send a key, and what is asked with each."""

    key: str
    headers: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])

    def __post_init__(self) -> None:
        basic = base64.b64encode(f"user:{self.key}".encode()).decode()
        self.headers = {
            "authorization": {"authorization": f"Bearer {self.key}"},
            "x-api-key": {"x-api-key": self.key},
            "basic": {"authorization": f"Basic {basic}"},
            "cookie": {"cookie": f"modulon_access={self.key}; access={self.key}"},
        }


async def test_a16_a_key_has_the_same_scope_however_it_is_sent(scene: Scene, provider: Provider) -> None:
    await scene.admin.post("/api/providers", {"name": "Sim", "type": "openai", "endpoint": provider.url})
    key = (await scene.admin.post("/api/keys", {"name": "k", "scopes": ["inference"]})).json()["key"]
    seen: dict[str, tuple[int, ...]] = {}
    for way, headers in Ways(key).headers.items():
        program = scene.app.client()
        seen[way] = (
            (await program.get("/v1/models", headers=headers)).status,
            (await program.get("/api/providers", headers=headers)).status,
            (await program.post("/api/providers/probe", headers=headers)).status,
            (await program.get("/api/keys", headers=headers)).status,
        )
    accepted = {way: statuses for way, statuses in seen.items() if statuses[0] == 200}
    assert "authorization" in accepted
    assert len(set(accepted.values())) == 1, accepted
    assert accepted["authorization"][1:] == (403, 403, 403)
    assert all(set(statuses) == {401} for way, statuses in seen.items() if way not in accepted), seen
    for name in ("api_key", "key", "access_token", "token"):
        assert (await scene.app.client().get(f"/v1/models?{name}={key}")).status == 401


async def test_a15_a_model_that_is_off_is_absent_on_every_way(scene: Scene, provider: Provider) -> None:
    """Completions, streams, the chat and both lists, by its full and its bare name; other ways do not exist yet."""
    admin = scene.admin
    made = (await admin.post("/api/providers", {"name": "Sim", "type": "openai", "endpoint": provider.url})).json()
    path = f"/api/providers/{made['id']}/models"
    models = (await admin.get(path)).json()["items"]
    echo = next(model for model in models if model["model_id"] == "sim-echo")
    await admin.put(f"{path}/{echo['id']}/toggle", {"enabled": False})
    member = await scene.app.member()
    for who in (admin, member):
        for name in ("sim/sim-echo", "sim-echo"):
            for stream in (False, True):
                reply = await who.post("/v1/chat/completions", {"model": name, "stream": stream, **HELLO})
                assert reply.status == 404
            assert (await who.get(f"/v1/models/{name}")).status == 404
            body = {"message": {"parts": [{"type": "text", "text": "hello"}], "model": name}}
            begun = await who.post("/api/conversations", body)
            if begun.status == 202:
                events = await who.get(f"/api/runs/{begun.json()['run']['id']}/events")
                assert "chat.model_unknown" in events.text
        assert "sim-echo" not in (await who.get("/v1/models")).text
        assert "sim-echo" not in (await who.get("/api/models")).text
    assert provider.stats.models["sim-echo"] == 0
