"""Redaction by value: a secret that was entered or opened in this process is blanked wherever a log line has it.

Kept of each value: its first four characters, its length, and a keyed hash. So the memory of what to hide is not
itself a list of secrets.
"""

import hashlib
import json
import os
import threading
import urllib.parse
from collections import OrderedDict
from collections.abc import Mapping, MutableMapping
from typing import Any, Final, cast

BLANK: Final = "[secret]"
SHORTEST: Final = 8
"""Values below this many characters are not redacted: blanking them would blank ordinary words."""

_PREFIX: Final = 4
_Entry = tuple[str, int, bytes]


class Redactor:
    """Remembers up to *limit* values, the least recently used going first, and blanks them in text."""

    def __init__(self, limit: int = 4096) -> None:
        self._limit = limit
        self._salt = os.urandom(16)
        self._entries: OrderedDict[_Entry, None] = OrderedDict()
        self._index: dict[str, dict[int, set[bytes]]] = {}
        self._lock = threading.Lock()

    def remember(self, value: str) -> None:
        """Blank *value* from now on, also in its URL and JSON spellings."""
        if len(value) < SHORTEST:
            return
        for spelling in {value, urllib.parse.quote(value, safe=""), json.dumps(value)[1:-1], repr(value)[1:-1]}:
            self._add((spelling[:_PREFIX], len(spelling), self._hash(spelling)))

    def clean(self, text: str) -> str:
        """*text* with every remembered value replaced."""
        index = self._index
        if not index or len(text) < SHORTEST:
            return text
        pieces: list[str] = []
        start = position = 0
        end = len(text) - SHORTEST
        while position <= end:
            lengths = index.get(text[position : position + _PREFIX])
            found = self._match(text, position, lengths) if lengths else 0
            if found:
                pieces += (text[start:position], BLANK)
                position += found
                start = position
            else:
                position += 1
        return "".join(pieces) + text[start:] if pieces else text

    def _match(self, text: str, position: int, lengths: Mapping[int, set[bytes]]) -> int:
        """The length of the longest remembered value at *position*, or 0."""
        for length in sorted(lengths, reverse=True):
            candidate = text[position : position + length]
            if len(candidate) == length and self._hash(candidate) in lengths.get(length, ()):
                return length
        return 0

    def _add(self, entry: _Entry) -> None:
        prefix, length, digest = entry
        with self._lock:
            if entry in self._entries:
                self._entries.move_to_end(entry)
                return
            self._entries[entry] = None
            self._index.setdefault(prefix, {}).setdefault(length, set()).add(digest)
            if len(self._entries) > self._limit:
                self._forget(self._entries.popitem(last=False)[0])

    def _forget(self, entry: _Entry) -> None:
        prefix, length, digest = entry
        lengths = self._index[prefix]
        lengths[length].discard(digest)
        if not lengths[length]:
            del lengths[length]
        if not lengths:
            del self._index[prefix]

    def _hash(self, value: str) -> bytes:
        return hashlib.blake2b(value.encode(errors="surrogatepass"), digest_size=16, key=self._salt).digest()


_process = Redactor()

remember = _process.remember
clean = _process.clean


def redact_event(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: blanks remembered values in an event's fields, however deep they stand."""
    for name, value in event.items():
        event[name] = _cleaned(value)
    return event


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        found = cast(Mapping[Any, Any], value)
        return {_cleaned(key): _cleaned(item) for key, item in found.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_cleaned(item) for item in cast("list[Any]", value)]
    # Exceptions, records and bytes are written by their repr, which may hold a value as well.
    return clean(repr(value))
