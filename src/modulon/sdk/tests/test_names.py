"""D14: what a name may hold, and what is left out of it."""

from typing import Annotated

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from modulon.sdk.names import Shown, hides_something, shown_name

HIDDEN = {
    "overrides": "\u202a\u202b\u202c\u202d\u202e",
    "isolates": "\u2066\u2067\u2068\u2069",
    "marks of direction": "\u200e\u200f\u061c",
    "zero width": "\u200b\u200c\u200d\ufeff\u2060\u2061\u2062\u2063\u2064\u00ad",
    "deprecated controls": "\u206a\u206b\u206c\u206d\u206e\u206f",
    "controls": "\x00\x01\x07\x08\x1b\x7f\x80\x9f",
    "tags": "\U000e0001\U000e0041\U000e0042\U000e007f",
    "fillers": "\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4",
    "selectors": "\ufe00\ufe0f\U000e0100\u180b",
    "private": "\ue000\U000f0000",
    "noncharacters": "\ufffe\uffff\ufdd0\U0001ffff\ufff0",
    "lone surrogate": "\ud800",
    "interlinear": "\ufff9\ufffa\ufffb",
}
SEEN = {
    "Persian": "می\u200cخواهم",  # noqa: RUF001 - no Latin letters
    "Hindi": "क्\u200dष",
    "Sinhala": "ශ්\u200dරී",
    "family": "👨\u200d👩\u200d👧",
    "skin": "👩🏽\u200d🚀",
    "heart": "❤\ufe0f\u200d🔥",
    "rainbow": "🏳\ufe0f\u200d🌈",
    "Wales": "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    "keycap": "1\ufe0f\u20e3 and ©\ufe0f",
    "Norwegian": "Blåbærsyltetøy",
    "decomposed": "e\u0301te\u0301",
    "Hebrew": "שלום עולם",
    "Arabic with vowels": "مُحَمَّد",
    "Chinese": "你好世界",
    "Korean": "안녕",
    "Thai": "สวัสดี",
    "symbols": "C++ & <b> “q” €5 ½ µ",
}


@pytest.mark.parametrize("which", HIDDEN)
def test_d14_what_is_hidden_is_left_out(which: str) -> None:
    for sign in HIDDEN[which]:
        told = f"{which} U+{ord(sign):04X}"
        assert shown_name(f"pay{sign}pal") in ("paypal", "pay pal"), told
        assert shown_name(f"{sign}paypal") == shown_name(f"paypal{sign}") == "paypal", told
        assert shown_name(sign * 20) == "", told
        assert hides_something(f"{sign}paypal"), told
    assert shown_name(HIDDEN[which]) == ""


def test_d14_a_selector_stands_alone_behind_what_it_selects() -> None:
    assert shown_name("❤\ufe0f" + "".join(chr(0xE0100 + byte) for byte in b"secret")) == "❤\ufe0f"
    assert shown_name("葛\U000e0100") == "葛\U000e0100"


@pytest.mark.parametrize("which", SEEN)
def test_d14_what_a_script_needs_stays(which: str) -> None:
    assert shown_name(SEEN[which]) == SEEN[which]
    assert not hides_something(SEEN[which])


def test_d14_a_joiner_between_letters_that_never_join_is_none() -> None:
    for text in ("pay\u200dpal", "pay\u200cpal", "می\u200c", "\u200d👩", "👩\u200d", "👩\u200cx", "प\u200d\u200d"):
        assert shown_name(text) == text.replace("\u200d", "").replace("\u200c", "")


def test_d14_a_name_is_one_line() -> None:
    assert shown_name("  one\r\n\ttwo\u2028three\u2029four\u00a0five ") == "one two three four five"


def test_d14_a_field_counts_what_is_shown() -> None:
    field = TypeAdapter(Annotated[str, Field(min_length=1, max_length=5), Shown])
    assert field.validate_python("\u202eabc\u202c" + "\u200b" * 50) == "abc"
    assert field.validate_python("\u200b\u202e") == " "
    for refused in ("", 5, None, "abcdef", "\u200b" * 8_000_000):
        with pytest.raises(ValidationError):
            field.validate_python(refused)
