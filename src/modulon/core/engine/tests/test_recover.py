"""A lost master key, and what set-up showed once."""

import stat
from pathlib import Path

import pytest

from modulon.core.config import Config
from modulon.core.engine.recover import restore
from modulon.core.secrets.master import FILE, MasterKeyError
from modulon.core.testing import PASSWORD, App, open_app


def kept_in(folder: Path) -> bytes:
    """Everything in the database's files."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("*.db*")))


async def recovery_key(app: App) -> str:
    body = {"token": app.setup_token, "name": "A", "email": "admin@example.org", "password": PASSWORD}
    return str((await app.client().post("/api/setup", body)).json()["recovery_key"])


async def test_the_recovery_key_brings_a_lost_master_key_back(tmp_path: Path) -> None:
    config = Config(data_dir=tmp_path)
    file = tmp_path / FILE
    async with open_app(tmp_path) as app:
        key = await recovery_key(app)
    before = file.read_text()
    file.unlink()
    with pytest.raises(MasterKeyError, match="was written with the master key"):
        async with open_app(tmp_path):
            raise AssertionError("it started with another master key")
    wrong = file.read_text()
    with pytest.raises(MasterKeyError, match="not the recovery key"):
        await restore(config, "0000-" * 7 + "0000")
    assert file.read_text() == wrong
    assert await restore(config, key.lower().replace("-", " ")) == file
    assert file.read_text() == before
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (tmp_path / f"{FILE}.replaced").read_text() == wrong
    async with open_app(tmp_path) as app:
        signed_in = await app.client().post("/api/sessions", {"email": "admin@example.org", "password": PASSWORD})
        assert signed_in.status == 201
    with pytest.raises(MasterKeyError, match="right key already"):
        await restore(config, key)


async def test_the_database_holds_neither_key(tmp_path: Path) -> None:
    async with open_app(tmp_path) as app:
        key = await recovery_key(app)
    kept = kept_in(tmp_path)
    assert key.encode() not in kept
    assert key.replace("-", "").encode() not in kept
    assert (tmp_path / FILE).read_text().strip().encode() not in kept


async def test_what_cannot_be_recovered_is_said(tmp_path: Path) -> None:
    async with open_app(tmp_path):
        pass
    with pytest.raises(MasterKeyError, match="no recovery key"):
        await restore(Config(data_dir=tmp_path), "0000-" * 7 + "0000")
