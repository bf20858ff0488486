"""Cursors of lists: opaque to clients, an id to us."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from modulon.sdk import Invalid


class _Placed(Protocol):
    @property
    def id(self) -> UUID: ...


T = TypeVar("T", bound=_Placed)


def page(found: Sequence[T], limit: int) -> tuple[Sequence[T], str | None]:
    """The first *limit* of what was found (one more was asked for), and the cursor to the rest, if there is one."""
    shown = found[:limit]
    return shown, _cursor_of(shown[-1].id) if len(found) > limit else None


def place_of(cursor: str | None) -> UUID | None:
    """Where *cursor* leads; `Invalid` if it was not made here."""
    if cursor is None:
        return None
    try:
        return UUID(bytes=urlsafe_b64decode(cursor + "=="))
    except (ValueError, Error):
        raise Invalid("This cursor is not one of ours. Begin again without it.") from None


def _cursor_of(place: UUID) -> str:
    return urlsafe_b64encode(place.bytes).rstrip(b"=").decode()
