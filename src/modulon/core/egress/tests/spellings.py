"""Ways to write a private address that some parser or resolver understands."""

from ipaddress import IPv4Address, IPv6Address
from itertools import product

TARGETS = ("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "0.0.0.0", "100.100.100.200")


def spellings() -> list[str]:
    """More than 200 hosts, each meant for loopback, a private network or a cloud's metadata service."""
    found: list[str] = []
    for target in TARGETS:
        found += _four(IPv4Address(target))
        found += _six(IPv4Address(target))
    found += _names()
    return list(dict.fromkeys(found))


def _four(address: IPv4Address) -> list[str]:
    octets = address.packed
    number = int(address)
    tail = number & 0xFFFFFF
    found = [
        str(number),
        hex(number),
        f"0{number:o}",
        f"0x{number:X}",
        f"{octets[0]}.{tail}",
        f"{octets[0]}.{hex(tail)}",
    ]
    found += [f"{octets[0]}.{octets[1]}.{number & 0xFFFF}", f"{octets[0]}.0{octets[1]:o}.{number & 0xFFFF}"]
    found += [".".join(style(octet) for octet in octets) for style in (hex, _octal, _padded)]
    found += [f"{address}.", f"{address}..", f"%{octets[0]:02x}.{octets[1]}", str(address).replace(".", "。")]
    found += [_circled(str(address)), _fullwidth(str(address)), str(address).replace(".", "%2e"), str(address)]
    return found


def _octal(octet: int) -> str:
    return f"0{octet:o}"


def _padded(octet: int) -> str:
    return f"{octet:04d}"


def _six(address: IPv4Address) -> list[str]:
    low = int(address)
    prefixes = (0xFFFF << 32, 0, 0x64FF9B << 96, 0x64FF9B0001 << 80, 0xFFFF << 48, 0x0000_5EFE << 32, 0xFE80 << 112)
    found = [f"[{IPv6Address(prefix | low)}]" for prefix in prefixes]
    found += [
        f"[::ffff:{address}]",
        f"[::{address}]",
        f"[64:ff9b::{address}]",
        f"[{IPv6Address(0x2002 << 112 | low << 80)}]",
    ]
    found.append(f"[{IPv6Address(0x20010000 << 96 | (low ^ 0xFFFFFFFF))}]")
    return found


def _names() -> list[str]:
    hosts = (
        "localhost",
        "LOCALHOST",
        "localhost.",
        "localhost.localdomain",
        "ip6-localhost",
        "a.localhost",
        "127.0.0.1.nip.test",
    )
    literal = (
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[fe80::1]",
        "[fe80::1%25lo]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[ff02::1]",
    )
    strange = (
        "①②⑦.⓪.⓪.①",
        "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
        "loca\u200blhost",
        "metadata.google.internal",
        "[::1",
        "::1",
        "127.0.0.1%00.example.org",
    )
    users = tuple(f"{user}@127.0.0.1" for user in ("a", "example.org", "example.org:80", "a:b"))
    mixed = tuple(
        f"{a}{b}127.0.0.1" for a, b in product(("example.org", "a"), ("\\@", "#@", "%40", "\t", "\n", " ", "\\", "?@"))
    )
    return [*hosts, *literal, *strange, *users, *mixed]


def _circled(text: str) -> str:
    return text.translate({ord("0"): "⓪", **{ord(str(n)): chr(0x2460 + n - 1) for n in range(1, 10)}})


def _fullwidth(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)
