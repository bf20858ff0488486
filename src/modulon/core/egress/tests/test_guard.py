"""The address guard against the ways to get around one (security case E)."""

import socket
from pathlib import Path

import pytest

from modulon.core.egress import EgressClient
from modulon.core.egress.addresses import reach
from modulon.core.egress.session import GuardedSocket, _guarded_socket
from modulon.core.egress.urls import parse
from modulon.sdk.http import AddressRefused, Allowed, Unreachable

from .conftest import Canary, ClientFor
from .spellings import spellings


async def fetch(client: EgressClient, url: str, allow: Allowed | None = None, **options: object) -> int:
    async with client.request("GET", url, allow=allow, **options) as response:  # type: ignore[arg-type]
        await response.read()
        return response.status


async def test_e01_no_spelling_of_a_private_address_reaches_it(canary: Canary, client_for: ClientFor) -> None:
    hosts = spellings()
    assert len(hosts) >= 200
    client = client_for("127.0.0.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1")
    for host in hosts:
        with pytest.raises(AddressRefused):
            await fetch(client, f"http://{host}:{canary.port}/")
    assert canary.requests == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "127.1", "0x7f000001", "2130706433"])
async def test_e01_nor_does_the_systems_own_resolver(canary: Canary, client: EgressClient, host: str) -> None:
    with pytest.raises(AddressRefused):
        await fetch(client, f"http://{host}:{canary.port}/")
    assert canary.requests == []


async def test_e01_a_name_with_public_and_private_addresses_leads_only_to_the_public_one(
    canary: Canary, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def connect(_socket: socket.socket, address: tuple[str, int]) -> None:
        tried.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(GuardedSocket, "connect", connect, raising=False)
    with pytest.raises(Unreachable):
        await fetch(client_for("127.0.0.1", "93.184.215.14"), f"http://mixed.test:{canary.port}/")
    assert tried == ["93.184.215.14"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.215.14", "public"),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", "public"),
        ("64:ff9b::5db8:d70e", "public"),
        ("64:ff9b::7f00:1", "private"),
        ("::ffff:10.0.0.1", "private"),
        ("127.0.0.53", "private"),
        ("192.168.1.10", "private"),
        ("fd12:3456::1", "private"),
        ("::1", "private"),
        ("::7f00:1", "never"),
        ("2002:7f00:1::", "never"),
        ("2001:0:4136:e378::1", "never"),
        ("64:ff9b:1::7f00:1", "never"),
        ("2606:2800::5efe:7f00:1", "never"),
        ("fd00:ec2::254", "never"),
        ("fe80::1", "never"),
        ("::", "never"),
        ("169.254.169.254", "never"),
        ("168.63.129.16", "never"),
        ("0.0.0.0", "never"),
        ("224.0.0.1", "never"),
        ("255.255.255.255", "never"),
    ],
)
def test_the_table(address: str, expected: str) -> None:
    assert reach(address) == expected


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:{port}/private", "https://127.0.0.1:{port}/", "//127.0.0.1:{port}"]
)
async def test_e02_redirects_are_answers_not_orders(
    canary: Canary, client: EgressClient, status: int, target: str
) -> None:
    location = target.format(port=canary.port)
    canary.reply = f"HTTP/1.1 {status} Elsewhere\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n".encode()
    assert await fetch(client, f"http://127.0.0.1:{canary.port}/", Allowed("127.0.0.1", canary.port)) == status
    assert len(canary.requests) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://a@b.test/",
        "http://b.test\\@c.test/",
        "http://b.test\\",
        "http://b.te\tst/",
        "http://b.te\nst/",
        "http://b.test/\r\nx: y",
        " http://b.test/",
        "http://b.test/ ",
        "http://b.test#@c.test/",
        "http://b.test:80:80/",
        "http://b.test:/",
        "http://b.test:0/",
        "http://b.test:99999/",
        "http:///b.test/",
        "http:/b.test/",
        "http:b.test",
        "//b.test/",
        "http://[b.test]/",
        "http://[::1]x/",
        "http://b..test/",
        "http://.b.test/",
        "http://-b.test/",
        "http://b%2etest/",
        "http://bücher.test/",
        "http://b.test/\x00",
        "",
    ],
)
async def test_e05_what_two_parsers_read_differently_is_refused(client: EgressClient, url: str) -> None:
    with pytest.raises(AddressRefused):
        await fetch(client, url)


@pytest.mark.parametrize(
    ("url", "host", "port", "path", "query"),
    [
        ("https://Example.ORG", "example.org", 443, "/", ""),
        ("http://example.org.:8080/v1/?a=[1]|2#part", "example.org", 8080, "/v1/", "a=[1]|2"),
        ("http://xn--bcher-kva.example/@user", "xn--bcher-kva.example", 80, "/@user", ""),
        ("http://[2606:2800:21F::1]/", "2606:2800:21f::1", 80, "/", ""),
        ("http://ollama_1:11434/a%2Fb", "ollama_1", 11434, "/a%2Fb", ""),
    ],
)
def test_e05_what_is_clear_is_read_in_one_way(url: str, host: str, port: int, path: str, query: str) -> None:
    found = parse(url)
    assert (found.host, found.port, found.path, found.query) == (host, port, path, query)


@pytest.mark.parametrize("scheme", ["file", "gopher", "ftp", "dict", "data", "unix", "jar", "ws", "javascript"])
async def test_e06_other_schemes_are_refused(client: EgressClient, scheme: str) -> None:
    for url in (f"{scheme}://example.org/x", f"{scheme}:///etc/passwd", f"{scheme}:x"):
        with pytest.raises(AddressRefused):
            await fetch(client, url)


@pytest.mark.parametrize("port", [22, 25, 110, 2375, 5432, 6379, 11211, 27017])
async def test_e06_ports_of_other_services_are_refused(client_for: ClientFor, port: int) -> None:
    with pytest.raises(AddressRefused):
        await fetch(client_for("93.184.215.14"), f"http://example.org:{port}/")


async def test_e07_an_allowed_host_and_port_opens_exactly_itself(canary: Canary, client_for: ClientFor) -> None:
    client = client_for("127.0.0.1")
    url = f"http://ollama.lan:{canary.port}/"
    assert await fetch(client, url, Allowed("ollama.lan", canary.port)) == 200
    for other in (
        None,
        Allowed("ollama.lan", canary.port + 1),
        Allowed("lan", canary.port),
        Allowed("127.0.0.1", canary.port),
    ):
        with pytest.raises(AddressRefused):
            await fetch(client, url, other)
    assert len(canary.requests) == 1


async def test_e07_a_kept_connection_serves_only_who_is_allowed(canary: Canary, client: EgressClient) -> None:
    url = f"http://127.0.0.1:{canary.port}/"
    assert await fetch(client, url, Allowed("127.0.0.1", canary.port)) == 200
    with pytest.raises(AddressRefused):
        await fetch(client, url)


@pytest.mark.parametrize("host", ["169.254.169.254", "0.0.0.0", "[fd00:ec2::254]", "224.0.0.1"])
async def test_e07_some_addresses_nobody_can_allow(client: EgressClient, host: str) -> None:
    with pytest.raises(AddressRefused):
        await fetch(client, f"http://{host}:8080/", Allowed(host, 8080))


async def test_e10_every_connection_is_the_guards_and_proxies_of_the_environment_are_not_used(
    canary: Canary, client: EgressClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login canary password canary")
    monkeypatch.setenv("NETRC", str(netrc))
    opened: list[tuple[type, object]] = []
    connect = socket.socket.connect

    def record(self: socket.socket, address: object) -> None:
        opened.append((type(self), address))
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", record)
    assert await fetch(client, f"http://127.0.0.1:{canary.port}/", Allowed("127.0.0.1", canary.port)) == 200
    assert opened == [(GuardedSocket, ("127.0.0.1", canary.port))]
    assert b"authorization" not in canary.requests[0].lower()


def test_the_socket_factory_has_the_last_word() -> None:
    info = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))
    with pytest.raises(PermissionError):
        _guarded_socket(False, info)
    _guarded_socket(True, info).close()
