"""Questions that are not in English, which is what the documentation is written in: noticed, and told so."""

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from .everyday import IGNORED

MOST: Final = 0.5
"""The share of a question's letters that must be of a script."""


FEWEST: Final = 2
"""Words of a language a question must have: one may be a name, or the same in English."""


class Language(BaseModel):
    """One of `languages.toml`. Its own comments say what each part is for."""

    words: str
    clear: str = ""
    letters: str = ""
    text: str
    nearest: str


class _File(BaseModel):
    language: list[Language]


_WORD: Final = re.compile(r"[^\W\d_]+")
_LANGUAGES: Final = _File.model_validate(
    tomllib.loads(Path(__file__).with_name("languages.toml").read_text("utf-8"))
).language
_WORDS: Final = [frozenset(language.words.split()) for language in _LANGUAGES]


def foreign(question: str) -> Language | None:
    """The language of *question*, or None for English and for all that is not told apart from it."""
    whole = _written(question)
    letters = sum(char.isalpha() for char in whole)
    for language in _LANGUAGES:
        if language.letters and len(re.findall(language.letters, whole)) > MOST * letters:
            return language
    words = _WORD.findall(whole)
    english = sum(word in IGNORED for word in words)
    counts = [sum(word in common for word in words) for common in _WORDS]
    return _LANGUAGES[counts.index(max(counts))] if max(counts) >= max(FEWEST, english + 1) else None


def perhaps(question: str) -> Language | None:
    """The language of a *question* too short to be sure of it: good enough to decline in."""
    whole = _written(question)
    words = _WORD.findall(whole)
    english = sum(word in IGNORED for word in words)
    for language, common in zip(_LANGUAGES, _WORDS, strict=True):
        clear = language.clear.split()
        if any(word in clear for word in words) and sum(word in common or word in clear for word in words) > english:
            return language
        if language.letters and not english and re.search(language.letters, whole):
            return language
    return None


def _written(question: str) -> str:
    return unicodedata.normalize("NFC", question).casefold()
