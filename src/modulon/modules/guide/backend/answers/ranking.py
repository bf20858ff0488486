"""Which sections are about a question: BM25F over their words, what they are called, and words that meet."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from modulon.modules.guide.backend.library.library import Section

from . import fields
from .everyday import FOREIGN, NEAR
from .nearest import Nearest
from .terms import asked as asked_for

SYNONYM: Final = 0.4
"""What a synonym counts of the word itself."""

LIKE: Final = 0.6
"""The same, for what a section is called and for the share of a question it has."""

WHOLLY: Final = 0.8
"""The weight at which a section has all of a word's share."""

UNKNOWN: Final = 1.2
STRANGE: Final = 2.5
"""What a word nobody has written counts of the rarest one, and one for what the documentation is not about: a question
with several of them, or with such a one, is about something else."""

MEETING: Final = 0.5
WITHIN: Final = 6
"""What two neighbouring words of a question count more if they stand within so many words of each other."""

READERS: Final = {"guide": 1.0, "operate": 0.9, "develop": 0.6}
"""What sections for operators and for authors of modules count beside those for everybody."""

SATURATION: Final = 2.5
LENGTH: Final = 0.2
"""The two constants of BM25: how soon more of the same stops counting, and how much long sections are held back."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A section, how well it fits, where 1 is about a rare word in its text, and what share of the question's meaning
    it has, 0 to 1."""

    section: Section
    score: float
    share: float


class Index:
    """Sections, searchable. Built once; a search reads only."""

    def __init__(self, sections: Iterable[Section]) -> None:
        self._sections = [section for section in sections if section.text]
        self._weights = [fields.weights(section) for section in self._sections]
        self._runs = [fields.runs(section) for section in self._sections]
        self._phrases = [fields.phrases(section) for section in self._sections]
        self._near = Nearest(term for weights in self._weights for term in weights)
        self._lengths = [sum(weights.values()) for weights in self._weights]
        self._average = sum(self._lengths) / max(1, len(self._lengths))
        seen = Counter(term for weights in self._weights for term in weights)
        total = len(self._sections)
        self._rarity = {term: math.log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in seen.items()}
        self._rarest = math.log(1 + total + 0.5)

    def search(self, question: str, limit: int = 5) -> list[Hit]:
        """The best sections, best first."""
        worth = self.worth(question)
        total = sum(worth.values())
        hits = [self._hit(at, worth, total) for at in range(len(self._sections))]
        return sorted((hit for hit in hits if hit.score > 0), key=lambda hit: -hit.score)[:limit]

    def worth(self, question: str) -> dict[str, float]:
        """The words of a question as they are looked up, and how much each tells."""
        asked = map(self._near.known, asked_for(question, self._near.words))
        return {term: self._worth(term) for term in dict.fromkeys(asked)}

    def _worth(self, term: str) -> float:
        """How much a word of a question tells."""
        known = [self._rarity[one] for one in NEAR.get(term, (term,)) if one in self._rarity]
        if known:
            return self._rarity.get(term) or min(known)
        return self._rarest * (STRANGE if term in FOREIGN else UNKNOWN)

    def _hit(self, at: int, worth: dict[str, float], total: float) -> Hit:
        weights = self._weights[at]
        held_back = SATURATION * (1 - LENGTH + LENGTH * self._lengths[at] / self._average)
        score = share = 0.0
        for term, value in worth.items():
            itself = weights.get(term, 0.0)
            near = max((weights.get(one, 0.0) for one in NEAR.get(term, ()) if one != term), default=0.0)
            weight = max(itself, SYNONYM * near)
            score += value * weight * (SATURATION + 1) / (weight + held_back)
            share += value * min(1.0, max(itself, LIKE * near) / WHOLLY)
        if not score:
            return Hit(self._sections[at], 0.0, 0.0)
        score += self._called(at, worth) + self._meeting(at, worth)
        likely = READERS.get(self._sections[at].page.partition("/")[0], 1.0)
        return Hit(self._sections[at], score / self._rarest * likely, share / total * likely)

    def _called(self, at: int, worth: dict[str, float]) -> float:
        """How much of the question is one of the section's names, times how much of that name it is."""
        return max((self._named(phrase, worth) for phrase in self._phrases[at]), default=0.0)

    def _named(self, phrase: frozenset[str], worth: dict[str, float]) -> float:
        asked = sum(value * max(_alike(term, one) for one in phrase) for term, value in worth.items())
        if not asked:
            return 0.0
        there = sum(self._rarity[one] * max(_alike(term, one) for term in worth) for one in phrase)
        return asked * there / sum(self._rarity[one] for one in phrase)

    def _meeting(self, at: int, worth: dict[str, float]) -> float:
        """What is added because words that are neighbours in the question are so in the section."""
        runs = self._runs[at]
        found = 0.0
        for (one, value), (other, more) in pairwise(worth.items()):
            if any(_meet(run, one, other) for run in runs):
                found += MEETING * min(value, more)
        return found


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    return LIKE if other in NEAR.get(one, ()) else 0.0


def _meet(run: dict[str, list[int]], one: str, other: str) -> bool:
    firsts = [place for term in NEAR.get(one, (one,)) for place in run.get(term, ())]
    seconds = [place for term in NEAR.get(other, (other,)) for place in run.get(term, ())]
    return any(0 < abs(first - second) <= WITHIN for first in firsts for second in seconds)
