"""Searching the documentation: sections with every word first as they are typed, words of them around the first."""

from functools import cache
from typing import Final

from modulon.modules.guide.backend.library.library import GROUPS, Section, packaged
from modulon.modules.guide.backend.library.markdown import plain

from .ranking import Index
from .words import folded, stem

AROUND: Final = 160
"""Characters of a snippet."""


def find(question: str, limit: int) -> list[tuple[Section, str]]:
    """The best sections of all pages, with a snippet."""
    stems = frozenset(stem(word) for word in folded(question))
    return [(hit.section, snippet(hit.section.text, stems)) for hit in _everything().search(question, limit)]


def snippet(text: str, stems: frozenset[str]) -> str:
    """Words of *text* around the first one whose stem is wanted, else its beginning."""
    words = plain(text).split()
    first = next((at for at, word in enumerate(words) if stems & {stem(one) for one in folded(word)}), 0)
    start = max(0, first - 6)
    kept: list[str] = []
    for word in words[start:]:
        if kept and sum(map(len, kept)) + len(kept) + len(word) > AROUND:
            return _marked(kept, start) + " …"
        kept.append(word)
    return _marked(kept, start)


def _marked(words: list[str], start: int) -> str:
    return ("… " if start else "") + " ".join(words)


@cache
def _everything() -> Index:
    return Index(packaged().sections(*GROUPS))
