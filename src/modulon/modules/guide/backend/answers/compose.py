"""What the guide says, in Markdown: the documentation's own words, and where they stand."""

import re
from collections.abc import Sequence
from typing import Final

from modulon.modules.guide.backend.library.library import Section
from modulon.modules.guide.backend.library.markdown import blocks, is_code

from .ranking import Hit

LONGEST: Final = 1_800
"""Characters of a section that are quoted; at least its first block is."""

ENOUGH: Final = 0.45
LEAST: Final = 0.9
"""A section helps if it has this share of what a question asks for, and fits at least so well."""

NEARLY: Final = 0.7
"""A section that helps is quoted if it fits at least this well beside the first one, which may not."""

SEE_ALSO: Final = 0.55
"""A further section is named if it fits at least this well beside the first."""

ABOUT: Final = (
    "I am the guide: I answer questions about Modulon by quoting its documentation. There is no language model behind "
    "me, so I cannot reason, write or remember; and I need no key and no network."
)
INTRODUCTION: Final = "*This is the guide, not a language model: it quotes the documentation.*"
DECLINED: Final = (
    "The documentation says nothing about this, and quoting it is all I can do: for anything else, choose another "
    "model in the message box, or let an administrator connect one in [Settings → Providers](/settings/providers)."
)
CHECK_IT: Final = "You can read all of it in [Help](/help).\n\nSource: [The guide](/help/guide/guide)"

TRAIL: Final = " \u203a "
BETWEEN: Final = " \u00b7 "
_IMAGE: Final = re.compile(r"!\[[^\]]*\]\([^)]*\)")


def answer(hits: Sequence[Hit], *, first: bool) -> str:
    """The best section's words with their places, or that there are none. *first* introduces the guide."""
    helpful = [hit for hit in hits if helps(hit) and hit.score >= SEE_ALSO * hits[0].score]
    if not helpful or helpful[0].score < NEARLY * hits[0].score:
        return _joined(INTRODUCTION if first else "", DECLINED)
    best, *others = helpful
    also = [one.section for one in others][:2]
    return _joined(INTRODUCTION if first else "", excerpt(best.section), _places([best.section, *also]))


def helps(hit: Hit) -> bool:
    """Whether a section is about the question at all."""
    return hit.share >= ENOUGH and hit.score >= LEAST


def about() -> str:
    """What it is and is not."""
    return _joined(ABOUT, CHECK_IT)


def excerpt(section: Section) -> str:
    """A section's text without pictures, ended between two blocks if it is long."""
    kept: list[str] = []
    left = LONGEST
    for block in blocks(_without_pictures(section.text)):
        if kept and len(block) > left:
            kept.append(f"[… goes on there]({section.address})")
            break
        kept.append(block)
        left -= len(block)
    return "\n\n".join(kept)


def _without_pictures(text: str) -> str:
    whole = (block if is_code(block) else _IMAGE.sub("", block) for block in blocks(text))
    return "\n\n".join(block for block in whole if block.strip(" |\n-"))


def _places(sections: Sequence[Section]) -> str:
    names = [f"[{TRAIL.join([*one.trail, one.title])}]({one.address})" for one in sections]
    also = f"  \nSee also: {BETWEEN.join(names[1:])}" if len(names) > 1 else ""
    return f"Source: {names[0]}{also}"


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
