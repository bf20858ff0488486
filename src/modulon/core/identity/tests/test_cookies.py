"""Cookies for the effective scheme."""

from datetime import timedelta

import pytest

from modulon.core.identity import cookies
from modulon.core.identity.errors import PlainHttp
from modulon.sdk.identity import Connection


def connection(host: str, *, encrypted: bool = False) -> Connection:
    return Connection("192.0.2.1", encrypted, host, "")


def test_over_https_cookies_are_bound_to_the_host_and_to_https() -> None:
    access, refresh = cookies.issued(connection("chat.example.org", encrypted=True), "A", "R", timedelta(days=14))
    assert access.header == "__Host-modulon-access=A; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure"
    assert refresh.header == "__Host-modulon-refresh=R; Path=/; Max-Age=1209600; HttpOnly; SameSite=Lax; Secure"


def test_over_plain_http_they_are_neither() -> None:
    access, _ = cookies.issued(connection("localhost:8080"), "A", "R", timedelta(days=14))
    assert access.header == "modulon-access=A; Path=/; Max-Age=600; HttpOnly; SameSite=Lax"


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "localhost:8080", "LOCALHOST", "app.localhost:1", "127.0.0.1:8080", "127.8.9.1",
        "[::1]:8080", "[::1]", "10.1.2.3", "172.16.0.1", "172.31.255.255:80", "192.168.1.10:8080",
        "169.254.1.1", "100.64.0.9", "[fd00::1]", "[fe80::1]:9", "server", "server:8080", "modulon.home.arpa",
        "nas.local.", "box.lan:8080", "x.internal",
    ],
)  # fmt: skip
def test_plain_http_is_possible_on_private_addresses(host: str) -> None:
    cookies.require_safe(connection(host))


@pytest.mark.parametrize(
    "host",
    [
        "", "chat.example.org", "chat.example.org:8080", "203.0.113.5", "8.8.8.8:80", "172.32.0.1",
        "[2001:db8::1]:8080", "localhost.example.org", "local.example.com", "127.0.0.1.example.org", "0.0.0.0",
        ".", "evil.com:80#localhost", "100.128.0.1",
    ],
)  # fmt: skip
def test_plain_http_is_refused_on_public_addresses(host: str) -> None:
    with pytest.raises(PlainHttp):
        cookies.require_safe(connection(host))
    cookies.require_safe(connection(host, encrypted=True))


def test_only_the_schemes_own_cookie_is_read() -> None:
    header = "a=b; modulon-access=PLAIN;__Host-modulon-access=SAFE ; modulon-access2=NO"
    assert cookies.read(header, cookies.ACCESS, encrypted=True) == "SAFE"
    assert cookies.read(header, cookies.ACCESS, encrypted=False) == "PLAIN"
    assert cookies.read("modulon-access=PLAIN", cookies.ACCESS, encrypted=True) == ""
    assert cookies.read("xmodulon-access=NO", cookies.ACCESS, encrypted=False) == ""
