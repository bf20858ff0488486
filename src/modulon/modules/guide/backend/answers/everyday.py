"""People's words for the documentation's, from `everyday.toml`: which say nothing, are the same, or nearly so."""

import tomllib
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from .words import folded, stem


class Everyday(BaseModel):
    """The file. Its own comments say what each part is for."""

    ignored: str
    neutral: str
    foreign: str
    near: str
    read_as: dict[str, list[str]]


_FILE: Final = Everyday.model_validate(tomllib.loads(Path(__file__).with_name("everyday.toml").read_text("utf-8")))

IGNORED: Final = frozenset(folded(_FILE.ignored))
"""Words that say nothing about what a question is about."""

NEUTRAL: Final = frozenset(map(stem, folded(_FILE.neutral)))
"""Stems of words that say nothing where no page has them."""

FOREIGN: Final = frozenset(map(stem, folded(_FILE.foreign)))
"""Stems of words for what the documentation is not about."""

_READ_AS: Final = {tuple(folded(said)): word for word, others in _FILE.read_as.items() for said in others}
_MOST: Final = max(map(len, _READ_AS))


def read(words: list[str]) -> list[str]:
    """*words* with those that are read as another replaced; of several that fit, the longest."""
    found: list[str] = []
    at = 0
    while at < len(words):
        lengths = range(min(_MOST, len(words) - at), 0, -1)
        fits = next((n for n in lengths if tuple(words[at : at + n]) in _READ_AS), 0)
        found.append(_READ_AS[tuple(words[at : at + fits])] if fits else words[at])
        at += fits or 1
    return found


def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _FILE.near.strip().splitlines():
        group = frozenset(stem(word) for word in read(folded(line)))
        for word in group:
            found[word] = found.get(word, frozenset()) | group
    return found


NEAR: Final = _groups()
"""For a stem, the stems that mean nearly the same; itself among them."""
