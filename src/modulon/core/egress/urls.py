"""The one parser of outbound URLs.

Two parsers that read one text differently are how guards are passed, so everything is decided on the parts found
here, and the HTTP client is given these parts and never the text. What could be read in two ways is refused:
user names, backslashes, white space, control characters, shortened or octal IPv4 addresses, hosts that are not ASCII.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final

from modulon.sdk.http import AddressRefused

_URL: Final = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://"
    r"(?:\[(?P<six>[0-9A-Fa-f:.]{2,45})\]|(?P<name>[A-Za-z0-9._-]{1,254}))"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[A-Za-z0-9._~!$&'()*+,;=:@/%|-]*)?"
    r"(?:\?(?P<query>[A-Za-z0-9._~!$&'()*+,;=:@/%|?\[\]-]*))?"
    r"(?:#[A-Za-z0-9._~!$&'()*+,;=:/%|?-]*)?"
)
_LABEL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_NUMBER: Final = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*")

_PORTS: Final = {"http": 80, "https": 443}

# The Fetch standard's bad ports, …
_BAD_PORTS: Final = """
    1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135
    137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 1719
    1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080
"""
# … and services that believe whoever reaches them: databases, queues, container and cluster control, desktops.
_TRUSTING_PORTS: Final = """
    445 873 1433 1521 2181 2375 2376 2379 2380 3306 3389 4369 5432 5672 5900 5984 6379 6380 6443 8086 9042 9092 9200
    9300 10250 10255 11211 26379 27017 50070
"""
REFUSED_PORTS: Final = frozenset(int(port) for port in (_BAD_PORTS + _TRUSTING_PORTS).split())
NEVER_PORTS: Final = frozenset(
    {21, 22, 23, 25, 110, 143, 445, 465, 587, 993, 995, 2375, 2376, 3306, 5432, 6379, 6380, 11211, 27017}
)
"""Those that act on any line they can read (shells, mail, databases): an admin's word does not open them either."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a URL points to. *host* is lower case: a name, or an IP address without brackets; *literal* says which.

    *path* and *query* are sent as they stand.
    """

    scheme: str
    host: str
    port: int
    path: str
    query: str
    literal: bool


@lru_cache(maxsize=1024)
def parse(url: str) -> Address:
    """The parts of *url*. Raises `AddressRefused` if it can be read in more than one way or is not HTTP."""
    found = _URL.fullmatch(url)
    if found is None:
        raise AddressRefused(
            "This is not an address this server follows. Write it as https://host:port/path, without user name, "
            "spaces or letters outside ASCII (a host name with such letters in its xn-- form)."
        )
    scheme = found["scheme"].lower()
    if scheme not in _PORTS:
        raise AddressRefused("Only http and https addresses are followed.")
    port = int(found["port"]) if found["port"] else _PORTS[scheme]
    if not 0 < port < 65536:
        raise AddressRefused("The port is not one between 1 and 65535.")
    host, literal = (_six(found["six"]), True) if found["six"] else _name(found["name"])
    return Address(scheme, host, port, found["path"] or "/", found["query"] or "", literal)


def _six(text: str) -> str:
    try:
        return str(IPv6Address(text))
    except AddressValueError as error:
        raise AddressRefused("The host is not an IPv6 address.") from error


def _name(text: str) -> tuple[str, bool]:
    """A host name or IPv4 address in its one spelling, and whether it is an address."""
    host = text.lower().removesuffix(".")
    labels = host.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels):
        raise AddressRefused("The host is not a name or an address.")
    if not _NUMBER.fullmatch(labels[-1]):
        return host, False
    # A name that ends in a number is an IPv4 address for somebody: `127.1`, `0x7f.1`, `2130706433`, `017700000001`.
    try:
        return str(IPv4Address(host)), True
    except AddressValueError as error:
        raise AddressRefused("Write an IPv4 address as four decimal numbers without leading zeros.") from error
