"""What of a section is compared with a question: its words by where they stand, which meet, what it is called."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from modulon.modules.guide.backend.library.library import Section
from modulon.modules.guide.backend.library.markdown import blocks, is_code, plain

from .terms import terms
from .words import compounds, stem

HEADING: Final = 3.0
WHOLE_PAGE: Final = 1.6
TRAIL: Final = 1.2
ASKED: Final = 1.2
CODE: Final = 0.3
"""What a word counts in a section's heading, in that of a page (before its first section), in the headings above, in
what people ask it as, and in code; in its text it counts 1."""

_NUMBERED: Final = re.compile(r"\d+\.\s")


def weights(section: Section) -> dict[str, float]:
    """For each word, how much it counts. However often something is asked, a word counts once for it."""
    found: Counter[str] = Counter()
    parts = [(_title(section), HEADING if section.level > 1 else WHOLE_PAGE), (" ".join(section.trail), TRAIL)]
    parts += [(plain(block), CODE if is_code(block) else 1.0) for block in blocks(section.text)]
    for text, weight in parts:
        for term in _all(text):
            found[term] += weight  # pyright: ignore[reportArgumentType] - a counter of parts of words
    for term in {term for asked in section.asked for term in _all(asked)}:
        found[term] += ASKED  # pyright: ignore[reportArgumentType]
    return dict(found)


def runs(section: Section) -> list[dict[str, list[int]]]:
    """For each stretch of text, where its words stand. A heading and those above it are one."""
    texts = [" ".join([*section.trail[-1:], _title(section)]), *(plain(block) for block in blocks(section.text))]
    found: list[dict[str, list[int]]] = []
    for text in texts:
        run: dict[str, list[int]] = {}
        for place, term in enumerate(terms(text)):
            run.setdefault(term, []).append(place)
        found.append(run)
    return found


def phrases(section: Section) -> Sequence[frozenset[str]]:
    """What the section is called: its heading, and each of what people ask it as."""
    return [one for text in (_title(section), *section.asked) if (one := frozenset(_all(text)))]


def _title(section: Section) -> str:
    return _NUMBERED.sub("", section.title, count=1)


def _all(text: str) -> list[str]:
    return [*terms(text), *map(stem, compounds(text))]
