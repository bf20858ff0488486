"""The address guard: what is decided before a name is resolved, and what about each address it resolves to."""

from collections.abc import Sequence
from typing import Final

from modulon.sdk.http import AddressRefused, Allowed

from .addresses import reach
from .urls import NEVER_PORTS, REFUSED_PORTS, Address

_PORT_REFUSED: Final = "Port {port} belongs to another kind of service. An admin can allow one exact host and port."
_PORT_NEVER: Final = "Port {port} belongs to another kind of service, so this server never sends a request there."


def is_allowed(address: Address, allow: Allowed | None) -> bool:
    """Whether *allow* names exactly this host and port."""
    return allow is not None and address.port == allow.port and address.host == _host(allow.host)


def _host(text: str) -> str:
    return text.lower().strip("[]").removesuffix(".")


def check_address(address: Address, *, allowed: bool) -> None:
    """Refuse a port or a literal address; raises `AddressRefused`."""
    if address.port in NEVER_PORTS:
        raise AddressRefused(_PORT_NEVER.format(port=address.port), params={"port": address.port})
    if address.port in REFUSED_PORTS and not allowed:
        raise AddressRefused(_PORT_REFUSED.format(port=address.port), params={"port": address.port})
    if address.literal and not may_connect(address.host, allowed=allowed):
        raise AddressRefused


def may_connect(ip: str, *, allowed: bool) -> bool:
    """Whether a connection to *ip* may be opened; *allowed* opens private addresses as well."""
    found = reach(ip)
    return found == "public" or (allowed and found == "private")


def permitted(ips: Sequence[str], *, allowed: bool) -> list[str]:
    """Those of a name's addresses that may be connected to. Raises `AddressRefused` if there are none."""
    found = [ip for ip in ips if may_connect(ip, allowed=allowed)]
    if not found:
        raise AddressRefused
    return found
