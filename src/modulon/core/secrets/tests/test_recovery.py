"""The recovery key: what it opens, how it is read, what it does not open."""

import re

import pytest

from modulon.core.secrets.master import MasterKey, MasterKeyError
from modulon.core.secrets.recovery import RECOVERY_KEY, new_recovery_key, unwrap, wrap

MASTER = MasterKey.of(bytes(range(32)))


def test_it_brings_the_master_key_back() -> None:
    key = new_recovery_key()
    assert RECOVERY_KEY.fullmatch(key)
    assert unwrap(wrap(MASTER, key), key) == MASTER


def test_it_is_read_as_people_write_it() -> None:
    key = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ"
    wrapped = wrap(MASTER, key)
    for written in (key.lower(), key.replace("-", " "), f"  {key} \n", key.replace("0", "o").replace("1", "l")):
        assert unwrap(wrapped, written) == MASTER


@pytest.mark.parametrize("wrong", ["", "x", "0123-4567", "u" * 32, "é" * 32, "0" * 40, "0000-" * 7 + "0000"])
def test_another_one_opens_nothing(wrong: str) -> None:
    with pytest.raises(MasterKeyError, match="Nothing was changed"):
        unwrap(wrap(MASTER, new_recovery_key()), wrong)


def test_a_changed_wrap_opens_nothing() -> None:
    key = new_recovery_key()
    wrapped = wrap(MASTER, key)
    other = MasterKey.of(bytes(reversed(range(32))))
    for changed in (wrapped.replace(MASTER.id, other.id), wrapped[:-8], "r2" + wrapped[2:], "", "r1:x:!"):
        with pytest.raises(MasterKeyError):
            unwrap(changed, key)


def test_no_two_are_alike_and_the_wrap_shows_neither_key() -> None:
    keys = {new_recovery_key() for _ in range(100)}
    assert len(keys) == 100
    key = keys.pop()
    wrapped = wrap(MASTER, key)
    assert key not in wrapped
    assert wrap(MASTER, key) != wrapped
    assert not re.search(MASTER.key.hex(), wrapped)
