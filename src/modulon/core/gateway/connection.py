"""How the caller is connected, as far as configured proxies may be believed.

Only `X-Forwarded-For`, `-Proto` and `-Host` are read, only if the socket's other end is a configured proxy, and of
the addresses only the right-most that is not itself one: everything left of it a client can make up.
"""

import ipaddress
from functools import lru_cache
from typing import Final

from modulon.sdk.identity import Connection
from modulon.sdk.routes import Scope

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_LOCAL: Final = "local"
"""The address of a caller over a Unix socket."""


def connection_of(scope: Scope, trusted_proxies: tuple[str, ...]) -> Connection:
    """The connection of an HTTP request. Raises `ValueError` if *trusted_proxies* holds something else than
    addresses and networks."""
    client = scope.get("client")
    address: str = client[0] if client else _LOCAL
    encrypted: bool = scope.get("scheme") == "https"
    found = {b"host": "", b"user-agent": ""}
    forwarded: dict[bytes, str] = {}
    for name, value in scope["headers"]:
        if name in found:
            found[name] = value.decode("latin-1")
        elif name in _FORWARDED:
            earlier = f"{forwarded[name]}," if name in forwarded else ""
            forwarded[name] = earlier + value.decode("latin-1")
    host = found[b"host"]
    if forwarded and trusted_proxies and _trusted(address, networks(trusted_proxies)):
        address = _client(forwarded.get(b"x-forwarded-for", ""), address, networks(trusted_proxies))
        encrypted = _last(forwarded.get(b"x-forwarded-proto", "")) == "https" or encrypted
        host = _last(forwarded.get(b"x-forwarded-host", "")) or host
    return Connection(address, encrypted, host, found[b"user-agent"])


_FORWARDED: Final = frozenset({b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host"})


@lru_cache(maxsize=8)
def networks(trusted_proxies: tuple[str, ...]) -> tuple[Network, ...]:
    """The configured proxies; raises `ValueError` for what is neither an address nor a network."""
    return tuple(ipaddress.ip_network(text) for text in trusted_proxies)


def _client(forwarded_for: str, peer: str, trusted: tuple[Network, ...]) -> str:
    """The right-most address that is no proxy of ours; with nothing but proxies, the left-most."""
    address = peer
    for text in reversed(forwarded_for.split(",")):
        hop = _without_port(text.strip())
        if not _is_address(hop):
            break
        address = hop
        if not _trusted(hop, trusted):
            break
    return address


def _trusted(address: str, trusted: tuple[Network, ...]) -> bool:
    if not _is_address(address):
        return False
    parsed = ipaddress.ip_address(address)
    return any(parsed in network for network in trusted if network.version == parsed.version)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _without_port(text: str) -> str:
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text


def _last(text: str) -> str:
    return text.rpartition(",")[2].strip()
