"""Cursors of lists: opaque to clients, an id to us."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import Final
from uuid import UUID

from modulon.sdk import Invalid

NEWEST: Final = UUID(int=2**128 - 1)
"""Sorts after every id."""


def cursor_of(place: UUID) -> str:
    """The cursor that leads to what comes after *place*."""
    return urlsafe_b64encode(place.bytes).rstrip(b"=").decode()


def place_of(cursor: str) -> UUID:
    """Where *cursor* leads; `Invalid` if it was not made here."""
    try:
        return UUID(bytes=urlsafe_b64decode(cursor + "=="))
    except (ValueError, Error):
        raise Invalid("This cursor is not one of ours. Begin again without it.") from None
