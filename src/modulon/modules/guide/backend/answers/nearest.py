"""Words written wrongly: the one of the documentation's words that a question most likely means."""

from bisect import bisect
from collections.abc import Iterable
from typing import Final

from .everyday import NEAR

SHORTEST: Final = 6
"""Letters a word must have: short ones are near too many others."""


LONGEST_ENDING: Final = 4
"""Letters in which two forms of a word may differ at their end."""


class Nearest:
    """The words there are, by what is left of them without one letter: a slip of the pen leaves one of these equal."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words: Final = frozenset(words) | frozenset(NEAR)
        self._sorted = sorted(self.words)
        self._by_rest: dict[str, str] = {}
        for word in self._sorted:
            if len(word) >= SHORTEST - 1 and word.isalpha():
                for rest in _rests(word):
                    self._by_rest.setdefault(rest, word)

    def known(self, word: str) -> str:
        """*word* itself if it is known, or no other is one slip away from it or begins nearly as it does."""
        if word in self.words or len(word) < SHORTEST or not word.isalpha():
            return word
        near = sorted({self._by_rest[rest] for rest in _rests(word) if rest in self._by_rest})
        slips = (other for other in near if other[0] == word[0] and _one_slip(word, other))
        return next(slips, None) or self._beginning(word) or word

    def _beginning(self, word: str) -> str | None:
        """Another form of the word, as *idempotency* of *idempotent*: those beside it in order begin most like it."""
        at = bisect(self._sorted, word)
        for other in self._sorted[max(0, at - 1) : at + 1]:
            same = _same(word, other)
            if same >= SHORTEST and max(len(word), len(other)) - same <= LONGEST_ENDING:
                return other
        return None


def _rests(word: str) -> list[str]:
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def _same(one: str, other: str) -> int:
    """How many letters the two begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter was added, left out, or taken for another, or two that stand together were exchanged."""
    start = _same(one, other)
    a, b = one[start:], other[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
