"""Reading what a provider counted, and keeping from a client the event it did not ask for."""

import re
from typing import Final

import msgspec

from modulon.modules.openai.backend.schemas import Counted, TokenUsage
from modulon.sdk import NOT_JSON
from modulon.sdk.inference import Usage

_counted = msgspec.json.Decoder(Counted).decode

# The event with the usage has no choices. Inside a string the quotes would be escaped, so text cannot look like it.
_NO_CHOICES: Final = re.compile(rb'"choices"\s*:\s*\[\s*\]')
_USAGE: Final = re.compile(rb'"usage"\s*:\s*\{')

LONGEST_HELD: Final = 64 * 1024
"""Bytes of an unfinished line that may still be the event with the usage; a longer one is passed on at once."""


def usage_of(body: bytes) -> Usage | None:
    """The usage of an answer that was not streamed; one that counts in another way has none. Raises one of
    `NOT_JSON` if it is no JSON at all."""
    try:
        return _usage(_counted(body).usage)
    except msgspec.ValidationError:
        return None


class PassingStream:
    """Events on their way through. With *strip* the event that holds nothing but the usage is left out; *started*
    once the client has been sent anything."""

    __slots__ = ("_before", "_held", "_last", "_through", "started", "strip", "usage")

    def __init__(self, *, strip: bool) -> None:
        self.strip = strip
        self.started = False
        self._held = b""
        self._before = b""
        self._last = b""
        self._through = False
        self.usage: Usage | None = None

    def take(self, piece: bytes) -> bytes:
        """What of *piece*, and of what was held back before it, goes to the client now."""
        if not self.strip:
            if b'"usage"' in piece and _NO_CHOICES.search(piece):
                self._count(piece)
            self._before, self._last = self._last, piece
            return piece
        return self._take_lines(piece)

    def end(self) -> bytes:
        """What is still held back, once the stream has ended."""
        held, self._held = self._held, b""
        if self.usage is None:
            # Some providers count in the event that ends the answer, and the network may have cut the one that counts.
            self._count(self._before[-LONGEST_HELD:] + self._last)
        return held

    def _take_lines(self, piece: bytes) -> bytes:
        data = self._held + piece if self._held else piece
        cut = data.rfind(b"\n") + 1
        if cut == len(data):
            ready, self._held = data, b""
        else:
            ready, self._held = data[:cut], data[cut:]
            if len(self._held) > LONGEST_HELD or self._through:
                # Longer than any usage: pass it on, and the rest of its line too.
                ready, self._held, self._through = data, b"", True
                return ready
        self._through = False
        if ready:
            self._before, self._last = self._last, ready
            if b'"usage"' in ready and _NO_CHOICES.search(ready):
                return self._without_usage(ready)
        return ready

    def _without_usage(self, ready: bytes) -> bytes:
        lines = ready.splitlines(keepends=True)
        return b"".join(line for line in lines if not (_NO_CHOICES.search(line) and self._count(line)))

    def _count(self, data: bytes) -> bool:
        """Note the last usage in *data*; whether there was one."""
        for line in reversed(data.splitlines()):
            if _USAGE.search(line):
                try:
                    found = usage_of(line.removeprefix(b"data:"))
                except NOT_JSON:
                    continue  # cut off, or not the line it looked like
                if found is not None:
                    self.usage = found
                    return True
        return False


def _usage(found: TokenUsage | None) -> Usage | None:
    if found is None:
        return None
    details = found.prompt_tokens_details
    return Usage(found.prompt_tokens or 0, found.completion_tokens or 0, (details and details.cached_tokens) or 0)
