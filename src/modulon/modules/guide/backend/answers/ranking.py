"""Which sections are about a question: BM25F over headings, words and code; synonyms, and words that meet."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from modulon.modules.guide.backend.library.library import Section
from modulon.modules.guide.backend.library.markdown import blocks, is_code, plain

from .nearest import Nearest
from .synonyms import SYNONYMS
from .words import terms

HEADING: Final = 2.0
WHOLE_PAGE: Final = 2.5
TRAIL: Final = 1.2
CODE: Final = 0.4
"""What a word counts in a section's heading, in that of a page (before its first section), in the headings above, and
in code; in its text it counts 1."""

SYNONYM: Final = 0.4
"""What a synonym counts of the word itself."""

MEETING: Final = 0.3
WITHIN: Final = 4
"""What two neighbouring words of a question count more if they stand within so many words of each other."""

READERS: Final = {"guide": 1.0, "operate": 0.9, "develop": 0.6}
"""What sections for operators and for authors of modules count beside those for everybody."""

SATURATION: Final = 1.2
LENGTH: Final = 0.35
"""The two constants of BM25: how soon more of the same stops counting, and how much long sections are held back."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A section, how well it fits, what share of the question's meaning it has, 0 to 1, and how many of its words."""

    section: Section
    score: float
    share: float
    words: int


class Index:
    """Sections, searchable. Built once; a search reads only."""

    def __init__(self, sections: Iterable[Section]) -> None:
        self._sections = [section for section in sections if section.text]
        self._weights = [_weights(section) for section in self._sections]
        self._runs = [_runs(section) for section in self._sections]
        self._near = Nearest(term for weights in self._weights for term in weights)
        self._lengths = [sum(weights.values()) for weights in self._weights]
        self._average = sum(self._lengths) / max(1, len(self._lengths))
        seen = Counter(term for weights in self._weights for term in weights)
        total = len(self._sections)
        self._rarity = {term: math.log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in seen.items()}
        self._unknown = math.log(1 + total + 0.5)

    def search(self, question: str, limit: int = 5) -> list[Hit]:
        """The best sections, best first."""
        asked = [self._near.known(term) for term in dict.fromkeys(terms(question))]
        worth = {term: self._worth(term) for term in asked}
        total = sum(worth.values())
        hits = [self._hit(at, worth, total) for at in range(len(self._sections))]
        return sorted((hit for hit in hits if hit.score > 0), key=lambda hit: -hit.score)[:limit]

    def _worth(self, term: str) -> float:
        """How much a word of a question tells; one the documentation does not know tells most."""
        known = [self._rarity[one] for one in SYNONYMS.get(term, (term,)) if one in self._rarity]
        return self._rarity.get(term) or (min(known) if known else self._unknown)

    def _hit(self, at: int, worth: dict[str, float], total: float) -> Hit:
        weights = self._weights[at]
        held_back = SATURATION * (1 - LENGTH + LENGTH * self._lengths[at] / self._average)
        score = share = 0.0
        words = 0
        for term, value in worth.items():
            near = max((weights.get(one, 0.0) for one in SYNONYMS.get(term, ()) if one != term), default=0.0)
            weight = max(weights.get(term, 0.0), SYNONYM * near)
            if weight:
                words += 1
                score += value * weight * (SATURATION + 1) / (weight + held_back)
                share += value * min(1.0, weight)
        share = share / total if total else 0.0
        score += self._meeting(at, worth)
        likely = READERS.get(self._sections[at].page.partition("/")[0], 1.0)
        return Hit(self._sections[at], score * likely, share * likely, words)

    def _meeting(self, at: int, worth: dict[str, float]) -> float:
        """What is added because words that are neighbours in the question are so in the section."""
        runs = self._runs[at]
        found = 0.0
        for (one, value), (other, more) in pairwise(worth.items()):
            if any(_meet(run, one, other) for run in runs):
                found += MEETING * min(value, more)
        return found


def _weights(section: Section) -> Counter[str]:
    found: Counter[str] = Counter()
    for text, weight in _fields(section):
        for term in terms(text):
            found[term] += weight  # pyright: ignore[reportArgumentType] - a counter of parts of words
    return found


def _fields(section: Section) -> Sequence[tuple[str, float]]:
    parts = [(section.title, HEADING if section.level > 1 else WHOLE_PAGE), (" ".join(section.trail), TRAIL)]
    parts += [(plain(block), CODE if is_code(block) else 1.0) for block in blocks(section.text)]
    return parts


def _runs(section: Section) -> list[dict[str, list[int]]]:
    """For each stretch of text, where its words stand. A heading and those above it are one."""
    texts = [" ".join([*section.trail[-1:], section.title]), *(plain(block) for block in blocks(section.text))]
    found: list[dict[str, list[int]]] = []
    for text in texts:
        run: dict[str, list[int]] = {}
        for place, term in enumerate(terms(text)):
            run.setdefault(term, []).append(place)
        found.append(run)
    return found


def _meet(run: dict[str, list[int]], one: str, other: str) -> bool:
    firsts = [place for term in SYNONYMS.get(one, (one,)) for place in run.get(term, ())]
    seconds = [place for term in SYNONYMS.get(other, (other,)) for place in run.get(term, ())]
    return any(0 < abs(first - second) <= WITHIN for first in firsts for second in seconds)
