"""Whoever reads German or Arabic gets every error in their words, not the server's English."""

from functools import cache
from pathlib import Path

import msgspec
import pytest

from tools.paths import ROOT
from tools.reference.errors import codes
from tools.reference.source import loaded_modules

SHELL = ROOT / "web" / "shell" / "locales"
LANGUAGES = sorted(path.stem for path in SHELL.glob("*.json"))


class Catalogue(msgspec.Struct):
    """What is read of a catalogue."""

    errors: dict[str, str]


@cache
def homes() -> dict[str, Path]:
    """Where the words for a module's errors lie."""
    return {module.id: module.discovered.folder / "frontend" / "locales" for module in loaded_modules()}


def place(code: str) -> tuple[Path, str]:
    """The folder and the key of a code's words: the module's that raises it, else the shell's. Core's are needed where
    no module's words are loaded, also those that are named after one: `modules.disabled` is told to everybody."""
    owner, _, reason = code.rpartition(".")
    of_a_module = owner in homes() and not codes()[code].__module__.startswith("modulon.core.")
    return (homes()[owner], reason) if of_a_module else (SHELL, code)


def is_of_core(code: str) -> bool:
    """Whether core or the contract raise it, and no module."""
    return place(code)[0] == SHELL


@cache
def errors_in(folder: Path, language: str) -> dict[str, str]:
    """The words for errors of one catalogue."""
    return msgspec.json.decode((folder / f"{language}.json").read_bytes(), type=Catalogue).errors


def words(code: str, language: str) -> str:
    """What a person reads. English has none for core: there the server's own sentence is shown."""
    folder, key = place(code)
    if language == "en" and is_of_core(code):
        return codes()[code].detail
    return errors_in(folder, language).get(key, "")


def test_the_codes_are_those_of_all_parts() -> None:
    found = set(codes())
    assert {"denied", "stale", "head_too_large", "identity.last_admin", "egress.refused", "storage.deadline"} <= {
        code for code in found if is_of_core(code)
    }
    assert {code.split(".")[0] for code in found if not is_of_core(code)} == set(homes()) - {"modules"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_words(language: str) -> None:
    missing = {code: str(place(code)[0].relative_to(ROOT)) for code in codes() if not words(code, language)}
    assert not missing, f"{language}.json in these folders has no words for these errors: {missing}"


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_no_error_is_still_english(language: str) -> None:
    assert not [code for code in codes() if words(code, language) == words(code, "en")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shell_has_no_words_for_errors_that_are_not(language: str) -> None:
    known = {code for code in codes() if is_of_core(code) and language != "en"} | {"offline", "unexpected"}
    said = set(errors_in(SHELL, language))
    assert said <= known, f"web/shell/locales/{language}.json has words that nobody reads: {said - known}"
