"""What of a section is quoted: all of a short one, of a long one what the question is about."""

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Final

from modulon.modules.guide.backend.library.library import Section
from modulon.modules.guide.backend.library.markdown import blocks, is_code

from .everyday import NEAR
from .terms import terms

SHORT: Final = 600
"""Characters of a section that are quoted whole, and about as many as are quoted of a longer one."""

FEW: Final = 3
"""Rows of a table that stand for it if they alone have to do with the question."""

ALIKE: Final = 0.6
"""What a word of nearly the same meaning counts of the word itself."""

LONGEST: Final = 1_800
"""Characters that are quoted of a section that is asked for as a whole; at least its first part is."""

HALF: Final = 0.5
"""The share of a question a part must have to be what it is about: else the whole section is."""

CLOSE: Final = 0.5
"""What follows is quoted too, as long as it is short, if it has this share of what the best part has."""

_IMAGE: Final = re.compile(r"!\[[^\]]*\]\([^)]*\)")


def passage(section: Section, worth: Mapping[str, float]) -> str:
    """The words of *section* that answer a question of these words, worth so much; without pictures."""
    parts = [part for block in blocks(section.text) if (part := _without_pictures(block)).strip(" |\n-")]
    if sum(map(len, parts)) <= SHORT:
        return "\n\n".join(parts)
    left = _beyond(section.title, worth)
    told = [_rows(part, left) if part.startswith("|") else part for part in parts]
    values = [_value(part, left) for part in told]
    whole = max(values) < HALF * sum(worth.values())
    quoted = _beginning(parts) if whole else _stretch(told, values)
    more = [] if quoted == parts else [f"[… more of this]({section.address})"]
    return "\n\n".join([*quoted, *more])


def _beyond(title: str, worth: Mapping[str, float]) -> dict[str, float]:
    """What a question asks for beyond *title*, which holds for all that stands below it."""
    said = frozenset(terms(title))
    return {term: value for term, value in worth.items() if not _alike(term, said)}


def _beginning(parts: Sequence[str]) -> list[str]:
    ends = accumulate(map(len, parts))
    return [part for at, (part, end) in enumerate(zip(parts, ends, strict=True)) if not at or end <= LONGEST]


def _stretch(parts: Sequence[str], values: Sequence[float]) -> list[str]:
    """The part that has most to do with the question, and those around it that belong to it."""
    first = last = values.index(max(values))
    while first and _leads_in(parts[first - 1], parts[first]):
        first -= 1
    while last + 1 < len(parts):
        short = sum(map(len, parts[first : last + 2])) <= SHORT and values[last + 1] >= CLOSE * max(values)
        if not short and not _leads_in(parts[last], parts[last + 1]):
            break
        last += 1
    return list(parts[first : last + 1])


def _without_pictures(block: str) -> str:
    return block if is_code(block) else _IMAGE.sub("", block)


def _value(text: str, worth: Mapping[str, float]) -> float:
    """How much of the question is in *text*."""
    there = frozenset(terms(text))
    return sum(value * _alike(term, there) for term, value in worth.items())


def _alike(term: str, there: frozenset[str]) -> float:
    if term in there:
        return 1.0
    return ALIKE if NEAR.get(term, frozenset()) & there else 0.0


def _rows(table: str, worth: Mapping[str, float]) -> str:
    """The table with those rows alone that have most to do with the question, if they are few."""
    head, line, *rows = table.splitlines() if table.count("\n") else (table, "")
    values = [_value(row, worth) for row in rows]
    best = max(values, default=0.0)
    kept = [row for row, value in zip(rows, values, strict=True) if value == best]
    return "\n".join([head, line, *kept]) if best and len(kept) <= FEW else table


def _leads_in(before: str, after: str) -> bool:
    """Whether *after* is not understood without *before*: code, a table or a list, or what a colon announces."""
    return before.rstrip().endswith(":") or (is_code(after) and not is_code(before))
