"""Stored forms that need no database to be seen."""

from datetime import UTC, datetime

import pytest

from modulon.sdk.storage import name_key, now


@pytest.mark.parametrize(
    ("name", "key"),
    [("  Two   Words ", "two words"), ("Straße", "strasse"), ("\uff26\uff35ll", "full"), ("Å", "å"), ("", "")],
)
def test_names_that_look_alike_have_one_key(name: str, key: str) -> None:
    assert name_key(name) == key


def test_now_has_its_zone() -> None:
    assert isinstance(now(), datetime)
    assert now().tzinfo is UTC
