"""Words as they are compared: folded, and reduced to their stem."""

import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_COMPOUND: Final = re.compile(r"[^\W_]+(?:[-_./:][^\W_]+)+")
_Z: Final = re.compile(r"iz(?=e$|es$|ed$|er$|ing$|ation)")


def folded(text: str) -> list[str]:
    """Every word, lower-case, without accents."""
    return _WORD.findall(_low(text))


def compounds(text: str) -> list[str]:
    """Words in one, of what holds them together: `masterkey` of `master.key`."""
    return ["".join(_WORD.findall(found[0])) for found in _COMPOUND.finditer(_low(text))]


def _low(text: str) -> str:
    low = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(char for char in low if not unicodedata.combining(char))
    return bare.replace("'", "").replace("\u2019", "")


def stem(word: str) -> str:
    """What a word shares with its other forms. Not always a word itself; only ever compared with other stems."""
    if len(word) <= 3 or not word.isascii() or not word.isalpha():
        return word
    word = one = _Z.sub("is", singular(word))
    for ending in ("ingly", "edly", "ing", "ed", "ly"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3 and any(vowel in base for vowel in "aeiouy"):
            word = _undoubled(base)
            break
    # restored is of restore, not of a restor
    doer = ("er", "or") if word == one else ()
    for ending in ("ation", "ition", "ion", "ment", "ness", *doer):
        base = word.removesuffix(ending)
        if base != word and len(_undoubled(base)) >= 4:
            word = _undoubled(base)
            break
    return word.removesuffix("e") if len(word) > 3 else word


def singular(word: str) -> str:
    """One of several, as far as the ending tells."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "news")):
        return word[:-1]
    return word


def _undoubled(word: str) -> str:
    double = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls"
    return word[:-1] if double else word
