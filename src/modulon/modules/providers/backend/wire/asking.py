"""What goes with a request: headers, and how long to wait for what."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from modulon.sdk.inference import ProviderConnection

FIRST_BYTE: Final = 300.0
"""Seconds until an answer begins, unless the connection's `config` has a `first_byte_timeout`."""
IDLE: Final = 120.0
"""Seconds between two pieces of an answer, unless the connection's `config` has an `idle_timeout`."""
LISTING: Final = 30.0
"""Seconds until a list of models begins, and between two pieces of it."""

_ANTHROPIC: Final = "api.anthropic.com"


def headers_for(connection: ProviderConnection) -> Mapping[str, str]:
    """The headers of a request; without a key there is no `Authorization`."""
    headers = {"Content-Type": "application/json"}
    if connection.api_key:
        headers["Authorization"] = f"Bearer {connection.api_key}"
    return headers


def listing_url(connection: ProviderConnection) -> str:
    """Where the models are listed, all on one page."""
    pages = "?limit=1000" if _is_anthropic(connection) else ""
    return f"{connection.endpoint}/models{pages}"


def listing_headers(connection: ProviderConnection) -> Mapping[str, str]:
    """The headers to list models. Anthropic's compatible address has OpenAI's answers but its own list of models."""
    headers = dict(headers_for(connection))
    if _is_anthropic(connection):
        headers["anthropic-version"] = "2023-06-01"
        if connection.api_key:
            headers["x-api-key"] = connection.api_key
            del headers["Authorization"]
    return headers


def first_byte(connection: ProviderConnection) -> float:
    """Seconds until an answer must have begun."""
    return _seconds(connection, "first_byte_timeout", FIRST_BYTE)


def idle(connection: ProviderConnection) -> float:
    """Seconds without a byte after which an answer that has begun counts as lost."""
    return _seconds(connection, "idle_timeout", IDLE)


def _seconds(connection: ProviderConnection, name: str, otherwise: float) -> float:
    value = connection.config.get(name)
    return float(value) if isinstance(value, int | float) and value > 0 else otherwise


def _is_anthropic(connection: ProviderConnection) -> bool:
    return urlsplit(connection.endpoint).hostname == _ANTHROPIC
