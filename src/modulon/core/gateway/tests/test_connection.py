"""How the caller is connected, and what a client may not make up."""

from typing import Any

import pytest

from modulon.core.gateway.connection import connection_of, networks

PROXY = "10.0.0.1"
TRUSTED = ("10.0.0.0/24", "fd00::1")


def scope(headers: dict[str, str] | list[tuple[str, str]], **more: Any) -> dict[str, Any]:
    pairs = headers.items() if isinstance(headers, dict) else headers
    return {
        "scheme": "http",
        "client": (PROXY, 1234),
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in pairs],
        **more,
    }


def address(forwarded_for: str, peer: str = PROXY, trusted: tuple[str, ...] = TRUSTED) -> str:
    return connection_of(scope({"X-Forwarded-For": forwarded_for}, client=(peer, 1)), trusted).address


def test_without_proxies_the_socket_alone_counts() -> None:
    headers = {"Host": "chat.example.org", "User-Agent": "Firefox", "X-Forwarded-For": "1.2.3.4",
               "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}  # fmt: skip
    connection = connection_of(scope(headers), ())
    assert connection.address == PROXY
    assert not connection.encrypted
    assert connection.host == "chat.example.org"
    assert connection.user_agent == "Firefox"


def test_a_proxys_word_is_taken() -> None:
    headers = {"Host": "127.0.0.1:8080", "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https",
               "X-Forwarded-Host": "chat.example.org"}  # fmt: skip
    connection = connection_of(scope(headers), TRUSTED)
    assert connection.address == "203.0.113.7"
    assert connection.encrypted
    assert connection.host == "chat.example.org"


def test_b08_a_strangers_word_is_not_taken() -> None:
    headers = {"Host": "h", "X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil"}
    connection = connection_of(scope(headers, client=("203.0.113.9", 1)), TRUSTED)
    assert (connection.address, connection.encrypted, connection.host) == ("203.0.113.9", False, "h")


@pytest.mark.parametrize(
    ("forwarded_for", "expected"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("1.1.1.1, 203.0.113.7", "203.0.113.7"),
        ("1.1.1.1, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        ("10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("203.0.113.7:5060", "203.0.113.7"),
        ("[2001:db8::7]:443", "2001:db8::7"),
        ("2001:db8::7", "2001:db8::7"),
        ("fd00::1", "fd00::1"),
        ("", PROXY),
        ("unknown", PROXY),
        ("1.1.1.1, _hidden", PROXY),
        ("1.1.1.1, garbage, 10.0.0.2", "10.0.0.2"),
        ("127.0.0.1' OR 1=1", PROXY),
    ],
)
def test_b08_the_right_most_address_that_is_no_proxy_counts(forwarded_for: str, expected: str) -> None:
    assert address(forwarded_for) == expected


def test_repeated_headers_are_one_list() -> None:
    headers = [("X-Forwarded-For", "1.1.1.1"), ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "https"),
               ("X-Forwarded-Proto", "http")]  # fmt: skip
    connection = connection_of(scope(headers), TRUSTED)
    assert connection.address == "203.0.113.7"
    assert not connection.encrypted


def test_other_forwarding_headers_are_not_read() -> None:
    headers = {"Forwarded": "for=1.2.3.4;proto=https", "X-Real-IP": "1.2.3.4", "CF-Connecting-IP": "1.2.3.4"}
    connection = connection_of(scope(headers), TRUSTED)
    assert (connection.address, connection.encrypted) == (PROXY, False)


def test_https_on_the_socket_itself_is_https() -> None:
    assert connection_of(scope({"X-Forwarded-Proto": "http"}, scheme="https"), TRUSTED).encrypted


def test_a_unix_socket_is_local_and_trusts_nobody() -> None:
    connection = connection_of(scope({"X-Forwarded-For": "1.2.3.4"}, client=None), TRUSTED)
    assert connection.address == "local"


def test_what_is_no_network_is_refused() -> None:
    with pytest.raises(ValueError, match="proxy"):
        networks(("proxy.example.org",))
