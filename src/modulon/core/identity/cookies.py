"""Session cookies, for the effective scheme of the request.

Over HTTPS they are `__Host-` and Secure. Over plain HTTP, which browsers give no Secure cookies, they carry neither,
and signing in is possible on this machine or a private network only.
"""

import ipaddress
from datetime import timedelta
from functools import lru_cache
from typing import Final

from modulon.sdk.identity import Connection, Cookie

from .errors import PlainHttp
from .tokens import ACCESS_LIFE

ACCESS: Final = "modulon-access"
REFRESH: Final = "modulon-refresh"

_PRIVATE: Final = tuple(
    ipaddress.ip_network(text)
    for text in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "100.64.0.0/10",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)
_PRIVATE_NAMES: Final = (".localhost", ".local", ".lan", ".internal", ".home.arpa")
"""Names that only a private network resolves (RFC 6761, 6762, 8375, and ICANN's reservation of `.internal`)."""


def require_safe(connection: Connection) -> None:
    """Raise `PlainHttp` if credentials would cross a public network unencrypted."""
    if not connection.encrypted and not is_private(connection.host):
        raise PlainHttp


@lru_cache(maxsize=256)
def is_private(host: str) -> bool:
    """Whether *host* (with or without a port) names this machine or one on a private network."""
    name = _without_port(host).lower().rstrip(".")
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return bool(name) and ("." not in name or name.endswith(_PRIVATE_NAMES))
    return any(address in network for network in _PRIVATE if network.version == address.version)


def issued(connection: Connection, access: str, refresh: str, life: timedelta) -> tuple[Cookie, ...]:
    """Cookies for a session whose refresh token lasts for *life*."""
    return (
        _cookie(connection, ACCESS, access, int(ACCESS_LIFE.total_seconds())),
        _cookie(connection, REFRESH, refresh, int(life.total_seconds())),
    )


def cleared(connection: Connection) -> tuple[Cookie, ...]:
    """Cookies that remove the session's, with the same attributes: browsers match on them."""
    return _cookie(connection, ACCESS, "", 0), _cookie(connection, REFRESH, "", 0)


def read(header: str, name: str, *, encrypted: bool) -> str:
    """The value of our cookie *name* in a `Cookie` header, `""` if absent. Over HTTPS only `__Host-` ones count:
    others may have been set by a neighbouring host or over plain HTTP."""
    start = _full_name(name, encrypted=encrypted) + "="
    for part in header.split(";"):
        if (pair := part.strip()).startswith(start):
            return pair[len(start) :]
    return ""


def _full_name(name: str, *, encrypted: bool) -> str:
    return f"__Host-{name}" if encrypted else name


def _cookie(connection: Connection, name: str, value: str, seconds: int) -> Cookie:
    secure = "; Secure" if connection.encrypted else ""
    full = _full_name(name, encrypted=connection.encrypted)
    return Cookie(f"{full}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() and ":" not in name else host
