"""Lines of a body that arrives in arbitrary pieces."""

from collections.abc import Sequence
from typing import Final

from modulon.modules.providers.backend.errors import BadResponse

LONGEST: Final = 16 * 1024 * 1024
"""Bytes of one line; a provider that sends more is not believed to end."""


class Lines:
    """Cuts a byte stream at line ends. Characters split between two pieces are whole again: a line is decoded whole."""

    __slots__ = ("_kept", "_size")

    def __init__(self) -> None:
        self._kept: list[bytes] = []
        self._size = 0

    def feed(self, piece: bytes) -> Sequence[bytes]:
        """The lines that *piece* completes, without their ends. Raises `BadResponse` for one beyond the limit."""
        if b"\n" not in piece:
            self._keep(piece)
            return ()
        *lines, rest = piece.split(b"\n")
        if self._kept:
            self._kept.append(lines[0])
            lines[0] = b"".join(self._kept)
            self._kept.clear()
            self._size = 0
        if rest:
            self._keep(rest)
        return lines

    def rest(self) -> bytes:
        """What came after the last line end."""
        return b"".join(self._kept)

    def _keep(self, piece: bytes) -> None:
        # Kept in pieces and joined once: a line of 10 MB would otherwise be copied for each of its pieces.
        self._size += len(piece)
        if self._size > LONGEST:
            raise BadResponse
        self._kept.append(piece)
