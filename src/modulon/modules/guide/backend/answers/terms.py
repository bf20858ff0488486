"""What a text is about: the stems of its words that matter."""

import re
from collections.abc import Container
from typing import Final

from .everyday import IGNORED, NEUTRAL, read
from .words import compounds, folded, singular, stem

_VERB: Final = "back|set|shut|switch|turn|start|run|runs|ran|sign|log"
_TOGETHER: Final = re.compile(
    rf"\b({_VERB})((?: (?:the|my|a|this|our|it|them|server|database|data|everything))"
    r"{0,2}) (up|in|out|down|on|off)\b",
    re.IGNORECASE,
)
"""Two words that mean one thing, and stand as one word elsewhere; what is done to it may stand between."""

SHORTEST_PAIR: Final = 6
"""Letters of two words that may be one together."""

_SAID: Final = re.compile(r"\btry (?=to\b|and\b)|\bhelp (me|us)\b", re.IGNORECASE)
"""To try to do something is to do it; to try something is not. To be helped is not to look for help."""


def terms(text: str) -> list[str]:
    """The stems of the words that matter, in their order."""
    return _stems(folded(_joined(text)))


def asked(question: str, vocabulary: Container[str]) -> list[str]:
    """The same for a question put to documents of that *vocabulary*: two words that are one there are read as it,
    and what is held together, `master.key`, counts as a word too if it is one there."""
    words = [word for word in _stems(_paired(folded(_joined(question)), vocabulary)) if _tells(word, vocabulary)]
    whole = [word for word in map(stem, compounds(question)) if word in vocabulary]
    return list(dict.fromkeys([*words, *whole]))


def _tells(word: str, vocabulary: Container[str]) -> bool:
    """A number nobody wrote says nothing, as 80 in *port 80*; nor do common words."""
    return word in vocabulary or not (word.isdigit() or word in NEUTRAL)


def _joined(text: str) -> str:
    return _TOGETHER.sub(r"\1\3\2", _SAID.sub("", text))


def _stems(words: list[str]) -> list[str]:
    return [stem(word) for word in read(words) if not {word, singular(word)} & IGNORED]


def _paired(words: list[str], vocabulary: Container[str]) -> list[str]:
    """Only where one of the two is no word by itself: *side bar*, not *api key*."""
    found: list[str] = []
    for word in words:
        before = found[-1] if found else ""
        whole = before + word
        alone = stem(word) in vocabulary and stem(before) in vocabulary
        if before and not alone and len(whole) >= SHORTEST_PAIR and stem(whole) in vocabulary:
            found[-1] = whole
        else:
            found.append(word)
    return found
