"""What the guide says, in Markdown: the documentation's own words, and where they stand."""

from collections.abc import Mapping, Sequence
from typing import Final

from modulon.modules.guide.backend.library.library import Section

from .language import Language
from .passage import passage
from .ranking import Hit

ENOUGH: Final = 0.45
LEAST: Final = 0.9
"""A section helps if it has this share of what a question asks for, and fits at least so well."""

NEARLY: Final = 0.7
"""A section that helps is quoted if it fits at least this well beside the first one, which may not."""

SEE_ALSO: Final = 0.6
"""A further section is named if it fits at least this well beside the first."""

PERHAPS: Final = 0.25
"""A section that does not help is named as the nearest if it has this share of what a question asks for."""

ABOUT: Final = (
    "I am the guide: I answer questions about Modulon by quoting its documentation. There is no language model behind "
    "me, so I cannot reason, write or remember; and I need no key and no network."
)
INTRODUCTION: Final = "*This is the guide, not a language model: it quotes the documentation.*"
DECLINED: Final = (
    "The documentation says nothing about this, and quoting it is all I can do: for anything else, choose another "
    "model in the message box, or let an administrator connect one in [Settings → Providers](/settings/providers)."
)
NEAREST: Final = "Perhaps one of these helps"
CHECK_IT: Final = "You can read all of it in [Help](/help).\n\nSource: [The guide](/help/guide/guide)"

TRAIL: Final = " \u203a "
BETWEEN: Final = " \u00b7 "


def answer(hits: Sequence[Hit], worth: Mapping[str, float], *, first: bool, language: Language | None) -> str:
    """The best section's words with their places, or that there are none. *worth* is what the question's words tell;
    *first* introduces the guide; *language* is what the question may be in, if not in English."""
    introduction = INTRODUCTION if first else ""
    helpful = [hit for hit in hits if helps(hit) and hit.score >= SEE_ALSO * hits[0].score]
    if not helpful or helpful[0].score < NEARLY * hits[0].score:
        return not_english(hits, language) if language else _joined(introduction, DECLINED, _nearest(hits, NEAREST))
    best, *others = [hit.section for hit in helpful]
    also = f"  \nSee also: {_links(others[:2])}" if others else ""
    return _joined(introduction, passage(best, worth), f"Source: {_links([best])}{also}")


def not_english(hits: Sequence[Hit], language: Language) -> str:
    """What the guide is, and that it reads English, in the person's language, and the nearest pages."""
    return _joined(language.text.replace("\n", " ").strip(), _nearest(hits, language.nearest))


def helps(hit: Hit) -> bool:
    """Whether a section is about the question at all."""
    return hit.share >= ENOUGH and hit.score >= LEAST


def about() -> str:
    """What it is and is not."""
    return _joined(ABOUT, CHECK_IT)


def _nearest(hits: Sequence[Hit], said: str) -> str:
    near = [hit.section for hit in hits if hit.share >= PERHAPS and hit.score >= NEARLY * hits[0].score][:3]
    return f"{said}: {_links(near)}" if near else ""


def _links(sections: Sequence[Section]) -> str:
    return BETWEEN.join(f"[{TRAIL.join([*one.trail, one.title])}]({one.address})" for one in sections)


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
