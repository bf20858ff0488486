"""Words as they are compared: folded, without the commonest ones, reduced to their stem."""

import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    """Every word, folded: lower-case, without accents."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return _WORD.findall(bare.replace("'", "").replace("\u2019", ""))


STOP: Final = frozenset(
    tokens(
        """
        a about above after all also am an and any anybody anyone anything are as at be because been before being but
        by came can cannot could d did do does doing done dont each else etc even ever every few for from further get
        gets getting go goes going gone got had happen happened happens has have having he hello help her here hey hi
        him his how i if in into is isnt it its itself just kind know let like ll look m make makes many may maybe me
        mean might more most much must my myself need needs no nor not now of off ok on once one only or other our out
        over own please possible re really s same seem shall she should show so some somehow someone something still
        such t tell than thank thanks step steps that the their them then there theres these they thing things this
        those through to too trying tried under until up us use used using ve very via want wants was way we well were
        what whats when where which while who whole why will wish with without wont work works would yes yet you your
        yours yourself explain modulon actually already anyway bit best better bring came comes computer correctly
        easily easy exactly fine great hook laptop last lately latest little long look lot month mine next nice
        normally proper properly quickly quite simply simple soon stuff sure take took today tomorrow week year
        yesterday
        """
    )
)
"""Words that say nothing about what a question is about."""


_VERB: Final = "back|set|sign|log|shut|switch|turn|start|run|runs|ran"
_TOGETHER: Final = re.compile(
    rf"\b({_VERB})((?: (?:the|my|a|this|our|it|server|database|data|everything)){{0,2}}) (up|in|out|down|on|off)\b",
    re.IGNORECASE,
)
"""Two words that mean one thing, and stand as one word elsewhere; what is done to it may stand between."""

_ATTEMPT: Final = re.compile(r"\btry (?=to\b|and\b)", re.IGNORECASE)
"""To try to do something is to do it; to try something is not."""


def terms(text: str) -> list[str]:
    """The stems of the words that matter, in their order."""
    joined = _TOGETHER.sub(r"\1\3\2", _ATTEMPT.sub("", text))
    return [stem(word) for word in tokens(joined) if not {word, _singular(word)} & STOP]


def stem(word: str) -> str:
    """What a word shares with its other forms. Not always a word itself; only ever compared with other stems."""
    if len(word) <= 3 or not word.isascii() or not word.isalpha():
        return word
    word = _singular(word)
    for ending in ("ingly", "edly", "ing", "ed", "ly"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3 and any(vowel in base for vowel in "aeiouy"):
            word = _undoubled(base)
            break
    for ending in ("ation", "ition", "ion", "ment", "ness", "er", "or"):
        base = word.removesuffix(ending)
        if base != word and len(_undoubled(base)) >= 4:
            word = _undoubled(base)
            break
    return word.removesuffix("e") if len(word) > 3 else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _undoubled(word: str) -> str:
    double = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls"
    return word[:-1] if double else word
