"""The master key: made once, kept private, refused when it is none."""

import base64
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr

from modulon.core.config import Config
from modulon.core.secrets import MasterKey, MasterKeyError


def config(folder: Path, key: str | None = None) -> Config:
    return Config(data_dir=folder, master_key=None if key is None else SecretStr(key))


def random_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


def test_the_first_start_makes_a_private_file_and_later_ones_read_it(tmp_path: Path) -> None:
    first = MasterKey.load(config(tmp_path / "data"))
    file = tmp_path / "data" / "master.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert MasterKey.load(config(tmp_path / "data")) == first
    assert sorted(path.name for path in file.parent.iterdir()) == ["master.key"]


def test_processes_starting_together_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: MasterKey.load(config(tmp_path)), range(32)))
    assert len({key.id for key in keys}) == 1


def test_b03_two_instances_have_different_keys(tmp_path: Path) -> None:
    assert MasterKey.load(config(tmp_path / "a")).key != MasterKey.load(config(tmp_path / "b")).key


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    text = random_key()
    assert MasterKey.load(config(tmp_path, text)).key == base64.b64decode(text)
    assert not (tmp_path / "master.key").exists()


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("", "MODULON_MASTER_KEY is empty"),
        ("   ", "MODULON_MASTER_KEY is empty"),
        ("secret", "not base64"),
        ("changeme", "48 bits"),
        (base64.b64encode(b"0123456789abcdef").decode(), "128 bits"),
        (base64.b64encode(bytes(32)).decode(), "not random"),
    ],
)
def test_b03_an_empty_short_or_constant_key_is_refused(tmp_path: Path, key: str, says: str) -> None:
    with pytest.raises(MasterKeyError, match=says) as caught:
        MasterKey.load(config(tmp_path, key))
    assert not key.strip() or key not in str(caught.value)


def test_b03_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    MasterKey.load(config(tmp_path))
    (tmp_path / "master.key").chmod(0o640)
    with pytest.raises(MasterKeyError, match="chmod 600"):
        MasterKey.load(config(tmp_path))


def test_b03_an_emptied_file_is_refused_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "master.key").touch(0o600)
    with pytest.raises(MasterKeyError, match="is empty"):
        MasterKey.load(config(tmp_path))


def test_derived_keys_depend_on_key_and_label() -> None:
    key, other = MasterKey.of(os.urandom(32)), MasterKey.of(os.urandom(32))
    assert key.derive(b"a") == key.derive(b"a")
    assert len({key.derive(b"a"), key.derive(b"b"), other.derive(b"a")}) == 3


def test_neither_text_form_shows_the_key() -> None:
    raw = os.urandom(32)
    assert str(raw)[2:20] not in repr(MasterKey.of(raw))
