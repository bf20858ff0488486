"""Which addresses may be connected to.

A table of our own, because `ipaddress.is_global` answers another question: it takes NAT64 (`64:ff9b::7f00:1`), 6to4
(`2002:7f00:1::`) and IPv4-compatible (`::7f00:1`) spellings of the loopback address for global ones.
Source: the IANA special-purpose address registries for IPv4 and IPv6.
"""

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final, Literal

Reach = Literal["public", "private", "never"]
"""*public*: anyone may; *private*: only a host and port that an admin has allowed; *never*: nobody."""

_NEVER_4: Final = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this host
        "100.100.100.200/32",  # a cloud's instance metadata (Alibaba)
        "168.63.129.16/32",  # a cloud's instance metadata (Azure)
        "169.254.0.0/16",  # link-local, with the instance metadata of most clouds
        "192.0.0.0/24",  # protocol assignments, metadata (Oracle)
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.175.48.0/24",  # AS112
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_PRIVATE_4: Final = tuple(
    IPv4Network(network)
    for network in (
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT, VPNs
        "127.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarks, local proxies
    )
)
_PRIVATE_6: Final = (IPv6Network("::1/128"), IPv6Network("fc00::/7"))
_METADATA_6: Final = IPv6Address("fd00:ec2::254")

_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
_NEVER_6: Final = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: carries any IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
_MAPPED: Final = IPv6Network("::ffff:0:0/96")
_NAT64: Final = IPv6Network("64:ff9b::/96")
_ISATAP: Final = frozenset({0x00005EFE, 0x02005EFE})


@lru_cache(maxsize=4096)
def reach(address: str) -> Reach:
    """How far *address*, an IP address as text, may be reached. Raises `ValueError` if it is none."""
    parsed = ip_address(address)
    return _reach_4(parsed) if isinstance(parsed, IPv4Address) else _reach_6(parsed)


def _reach_4(address: IPv4Address) -> Reach:
    if any(address in network for network in _NEVER_4):
        return "never"
    return "private" if any(address in network for network in _PRIVATE_4) else "public"


def _reach_6(address: IPv6Address) -> Reach:
    if address.scope_id is not None or address == _METADATA_6:
        return "never"
    if address in _MAPPED or address in _NAT64:
        # These are other spellings of an IPv4 address; NAT64 is how IPv6-only networks reach public ones.
        return _reach_4(IPv4Address(int(address) & 0xFFFFFFFF))
    if any(address in network for network in _PRIVATE_6):
        return "private"
    if address not in _GLOBAL_UNICAST or any(address in network for network in _NEVER_6):
        return "never"
    # ISATAP carries an IPv4 address in the interface identifier of any prefix.
    return "never" if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP else "public"
