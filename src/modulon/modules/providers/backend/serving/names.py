"""Names and addresses: a provider's short name, its endpoint in one spelling, whether it is a local one."""

import ipaddress
import re
import unicodedata
from typing import Final
from urllib.parse import SplitResult, urlsplit

from modulon.modules.providers.backend.errors import EndpointInvalid
from modulon.sdk import Allowed

_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")
_HOST: Final = re.compile(r"[A-Za-z0-9._:-]{1,253}")
_PATH: Final = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/%-]*")
_PORTS: Final = {"http": 80, "https": 443}
_LOCAL_NAMES: Final = (".local", ".lan", ".home", ".internal", ".localhost", ".localdomain")
_OPERATIONS: Final = ("/chat/completions", "/completions", "/models")

LONGEST_SLUG: Final = 40


def slug_of(name: str, taken: frozenset[str] = frozenset()) -> str:
    """A short name for URLs and model names: lower-case ASCII letters, digits and hyphens, none of *taken*."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = _NOT_SLUG.sub("-", plain).strip("-")[:LONGEST_SLUG].rstrip("-") or "provider"
    candidate, number = base, 2
    while candidate in taken:
        candidate, number = f"{base}-{number}", number + 1
    return candidate


def normal_endpoint(text: str) -> str:
    """The base address without a slash at its end; a pasted operation is cut off. Raises `EndpointInvalid`."""
    parts = _split(text)
    path = parts.path.rstrip("/")
    for operation in _OPERATIONS:
        path = path.removesuffix(operation)
    return f"{parts.scheme}://{parts.netloc.lower()}{path.rstrip('/')}"


def allowed_by(endpoint: str) -> Allowed:
    """The exact host and port that adding *endpoint* allows."""
    parts = urlsplit(endpoint)
    return Allowed(parts.hostname or "", parts.port or _PORTS[parts.scheme])


def same_origin(one: str, other: str) -> bool:
    """Whether two endpoints lead to the same server by the same scheme: only then does a key stay."""
    return urlsplit(one).scheme == urlsplit(other).scheme and allowed_by(one) == allowed_by(other)


def is_local(endpoint: str) -> bool:
    """Whether the address is one of this machine or network, as far as it can be told without asking anybody."""
    host = urlsplit(endpoint).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(_LOCAL_NAMES)


def _split(text: str) -> SplitResult:
    if not text.isascii() or any(character.isspace() or not character.isprintable() for character in text):
        raise EndpointInvalid
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise EndpointInvalid from error
    host = parts.hostname or ""
    fine = (
        parts.scheme in _PORTS
        and _HOST.fullmatch(host)
        and _PATH.fullmatch(parts.path)
        and "@" not in parts.netloc
        and not (parts.query or parts.fragment or "?" in text or "#" in text)
        and port != 0
    )
    if not fine:
        raise EndpointInvalid
    return parts
