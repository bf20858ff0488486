"""JSON bodies, which are read some at a time: the largest would keep every other request waiting for half a second."""

import asyncio
import json
from collections.abc import Iterable, Sized
from typing import Any, Final, cast

import msgspec

PIECE: Final = 256 * 1024
"""Bytes that are read at once."""
_DEEPEST: Final = 6
"""How many levels of a large value are taken apart: each is looked through once more for it."""

_fields = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_items = msgspec.json.Decoder(list[msgspec.Raw]).decode


class TooManyValues(Exception):
    """A body holds more values, at all depths, than its route takes."""


async def read_json(body: bytes, most: int) -> Any:
    """What *body* says, which holds at most *most* values. Raises `TooManyValues`, or what `json.loads` does."""
    if len(body) > PIECE:
        try:
            return await _Reading(most).read(body.lstrip(), 0)
        except (msgspec.DecodeError, RecursionError):
            pass  # `json.loads` knows how to say what is wrong
    return _Reading(most).whole(body)


class _Reading:
    """One body on its way; *left* is how many values may still come."""

    def __init__(self, left: int) -> None:
        self._left = left
        self._since = 0

    async def read(self, text: bytes | msgspec.Raw, depth: int) -> Any:
        size = memoryview(text).nbytes
        await self._take(min(size, PIECE))
        first = bytes(memoryview(text)[:1])
        if size <= PIECE or depth == _DEEPEST or first not in (b"{", b"["):
            return self.whole(text)
        if first == b"{":
            fields = _fields(text)
            self._count(len(fields))
            return {name: await self.read(value, depth + 1) for name, value in fields.items()}
        items = _items(text)
        self._count(len(items))
        return [await self.read(item, depth + 1) for item in items]

    def whole(self, text: bytes | msgspec.Raw) -> Any:
        """All of it at once."""
        value = json.loads(bytes(text))
        waiting = [value]
        while waiting:
            inner = waiting.pop()
            if isinstance(inner, dict | list):
                self._count(len(cast("Sized", inner)))
                waiting.extend(cast("Iterable[Any]", inner.values() if isinstance(inner, dict) else inner))
        return value

    async def _take(self, size: int) -> None:
        """Others have their turn after each piece."""
        self._since += size
        if self._since >= PIECE:
            self._since = 0
            await asyncio.sleep(0)

    def _count(self, values: int) -> None:
        self._left -= values
        if self._left < 0:
            raise TooManyValues
