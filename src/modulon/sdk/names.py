"""Names as people may be shown them: one line, without signs that nobody sees or that turn their neighbours round.

A name stands beside others' names in lists, messages and questions. Controls of direction would reorder what stands
around it, and invisible signs make two different names look the same. Text of messages is never touched.
"""

import re
import unicodedata
from typing import Any, Final

from pydantic import BeforeValidator

ZWNJ: Final = "\u200c"
ZWJ: Final = "\u200d"
LONGEST: Final = 4096
"""What is longer is no name and not looked at: its field refuses it."""

_BLACK_FLAG: Final = "\U0001f3f4"
_FLAG: Final = re.compile(f"{_BLACK_FLAG}[\U000e0030-\U000e007a]{{2,6}}\U000e007f")
"""The flags of England, Scotland, Wales and other parts of countries: the only use that tags have."""

_HIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Co", "Cs"})
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2065\u2800\u3164\uffa0")
"""Letters, marks and symbols that are drawn as nothing (Unicode's Default_Ignorable_Code_Point, and blank Braille)."""

_KEYCAP: Final = "\u20e3"
_VIRAMA: Final = 9
"""The combining class of the sign after which Indic scripts join letters."""


def shown_name(text: str) -> str:
    """*text* as a name: spaces collapsed, hidden signs left out. Empty if nothing of it can be seen."""
    return " ".join(_visible(" ".join(text.split())).split())


def hides_something(text: str) -> bool:
    """Whether *text* has signs that nobody sees or that change the order of others."""
    return _visible(text) != text


def _as_shown(value: Any) -> Any:
    if not isinstance(value, str) or len(value) > LONGEST:
        return value
    return shown_name(value) or (value and " ")


Shown: Final = BeforeValidator(_as_shown)
"""For fields of requests that hold a name: `Annotated[str, Field(min_length=1, max_length=80), Shown]`. Its length
counts as shown; one of which nothing can be seen is a space, as if that had been typed."""


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    flags = {place for found in _FLAG.finditer(text) for place in range(*found.span())}
    kept = ""
    for place, sign in enumerate(text):
        if place in flags or _belongs(sign, kept, text[place + 1 : place + 2]):
            kept += sign
    return kept


def _belongs(sign: str, before: str, after: str) -> bool:
    """Whether *sign* may stand between what was kept *before* it and the sign *after*."""
    if sign in (ZWJ, ZWNJ):
        return _joins(sign, before, after)
    if _selects(sign):
        return bool(before) and _has_drawings(before[-1], after)
    point = ord(sign)
    unassigned = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF or 0xFFF0 <= point <= 0xFFF8 or point >= 0xE0000
    return unicodedata.category(sign) not in _HIDDEN_CATEGORIES and sign not in _BLANK and not unassigned


def _joins(sign: str, before: str, after: str) -> bool:
    """Persian and its like part words by ZWNJ, Indic scripts form letters by both, ZWJ makes one picture of two."""
    bare = next((one for one in reversed(before[-8:]) if not _selects(one) and unicodedata.category(one) != "Mn"), "")
    if not before or not after or not bare:
        return False
    if unicodedata.combining(before[-1]) == _VIRAMA:
        return True
    if unicodedata.bidirectional(bare) == "AL":
        return unicodedata.bidirectional(after) == "AL"
    return sign == ZWJ and _is_picture(bare) and _is_picture(after)


def _has_drawings(sign: str, after: str) -> bool:
    """Whether another drawing of *sign* can be asked for; a second selector would be a message to who looks for it."""
    drawn = ord(sign) >= 0x1000 or unicodedata.category(sign) in ("So", "Sm") or after == _KEYCAP
    return drawn and not _selects(sign) and sign not in (ZWJ, ZWNJ) and not sign.isspace()


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) in ("So", "Sk")


def _selects(sign: str) -> bool:
    """A variation selector: which drawing of the sign before it is meant."""
    return "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef" or "\u180b" <= sign <= "\u180f"
