"""Sealed values open in their own place, with their own key, and nowhere else."""

import contextlib
import os
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modulon.core.secrets import MasterKey, SecretBox
from modulon.core.secrets.box import SecretUnreadable
from modulon.sdk.ids import new_id
from modulon.sdk.secrets import Place

BOX = SecretBox(MasterKey.of(os.urandom(32)))
PLACE = Place("providers", new_id(), "api_key_encrypted")


@given(st.text())
def test_what_is_sealed_opens_again(value: str) -> None:
    assert BOX.open(BOX.seal(value, PLACE), PLACE) == value


def test_the_same_value_never_looks_the_same() -> None:
    assert BOX.seal("sk-canary-1234", PLACE) != BOX.seal("sk-canary-1234", PLACE)


def test_the_text_names_its_version_and_key() -> None:
    master = MasterKey.of(os.urandom(32))
    assert SecretBox(master).seal("x", PLACE).startswith(f"v1:{master.id}:")


@pytest.mark.parametrize(
    "elsewhere",
    [replace(PLACE, table="agents"), replace(PLACE, row=new_id()), replace(PLACE, field="config")],
)
def test_moved_to_another_place_it_does_not_open(elsewhere: Place) -> None:
    sealed = BOX.seal("sk-canary-1234", PLACE)
    with pytest.raises(SecretUnreadable):
        BOX.open(sealed, elsewhere)


def test_places_whose_parts_run_together_are_different() -> None:
    row = PLACE.row
    sealed = BOX.seal("sk-canary-1234", Place("ab", row, "c"))
    with pytest.raises(SecretUnreadable):
        BOX.open(sealed, Place("a", row, "bc"))


def test_another_master_key_does_not_open_it() -> None:
    with pytest.raises(SecretUnreadable):
        SecretBox(MasterKey.of(os.urandom(32))).open(BOX.seal("sk-canary-1234", PLACE), PLACE)


@given(st.data())
def test_no_changed_text_opens(data: st.DataObject) -> None:
    sealed = BOX.seal("sk-canary-1234", PLACE)
    at = data.draw(st.integers(0, len(sealed) - 1))
    changed = sealed[:at] + data.draw(st.characters(max_codepoint=127)) + sealed[at + 1 :]
    if changed == sealed:
        return
    with contextlib.suppress(SecretUnreadable):
        # Base64 has unused bits at its end, so a changed letter there may mean the same bytes.
        assert BOX.open(changed, PLACE) == "sk-canary-1234"


@pytest.mark.parametrize("text", ["", "v1", "v2:a:b:c", "sk-canary-1234", "v1:::", "v1:é:b:c"])
def test_what_was_never_sealed_does_not_open(text: str) -> None:
    with pytest.raises(SecretUnreadable):
        BOX.open(text, PLACE)
