"""Words written wrongly: the one of the documentation's words that a question most likely means."""

from collections.abc import Iterable
from typing import Final

from .everyday import NEAR

SHORTEST: Final = 6
"""Letters a word must have: short ones are near too many others."""


class Nearest:
    """The words there are, by what is left of them without one letter: a slip of the pen leaves one of these equal."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words: Final = frozenset(words) | frozenset(NEAR)
        self._by_rest: dict[str, str] = {}
        for word in sorted(self.words):
            if len(word) >= SHORTEST - 1 and word.isalpha():
                for rest in _rests(word):
                    self._by_rest.setdefault(rest, word)

    def known(self, word: str) -> str:
        """*word* itself if it is known or no other is one slip away from it."""
        if word in self.words or len(word) < SHORTEST or not word.isalpha():
            return word
        near = sorted({self._by_rest[rest] for rest in _rests(word) if rest in self._by_rest})
        return next((other for other in near if other[0] == word[0] and _one_slip(word, other)), word)


def _rests(word: str) -> list[str]:
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter was added, left out, or taken for another, or two that stand together were exchanged."""
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
