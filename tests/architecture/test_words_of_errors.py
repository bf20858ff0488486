"""Whoever reads German or Arabic gets the general errors in their words, not the server's English."""

import msgspec
import pytest

from tools.paths import ROOT
from tools.reference.errors import codes

CATALOGUES = sorted((ROOT / "web" / "shell" / "locales").glob("*.json"))


class Catalogue(msgspec.Struct):
    """What is read of a catalogue."""

    errors: dict[str, str]


def errors_in(language: str) -> dict[str, str]:
    """The shell's words for errors."""
    body = (ROOT / "web" / "shell" / "locales" / f"{language}.json").read_bytes()
    return msgspec.json.decode(body, type=Catalogue).errors


@pytest.mark.parametrize("language", [path.stem for path in CATALOGUES])
def test_every_general_error_has_words(language: str) -> None:
    general = {code for code in codes() if "." not in code}
    assert {"denied", "not_found", "stale", "too_large", "head_too_large"} <= general
    words = errors_in(language)
    missing = sorted(code for code in general if not words.get(code))
    assert not missing, f"web/shell/locales/{language}.json has no words for {missing}"
    if language != "en":
        english = errors_in("en")
        assert not [code for code in general if words[code] == english[code]], "these are still English"
