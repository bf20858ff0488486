"""The master key: 256 bits that wrap every secret of this server and from which its other keys are derived."""

import base64
import binascii
import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from modulon.core.config import Config, ConfigError
from modulon.core.durable import sync_folder

BYTES: Final = 32
FILE: Final = "master.key"

_HOW = "Make one with: python3 -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())'"

# 32 random bytes hold about 30 different ones; fewer than this happens to no generator that works.
_LEAST_DIFFERENT = 16


class MasterKeyError(ConfigError):
    """The master key cannot be used; the message says where it is and what to do. It never contains the key."""


@dataclass(frozen=True, slots=True)
class MasterKey:
    """The key and its *id*, which stands in everything the key has sealed."""

    key: bytes = field(repr=False)
    id: str

    @classmethod
    def load(cls, config: Config) -> "MasterKey":
        """The key from `MODULON_MASTER_KEY`, else from the data folder, where the first start makes it."""
        if config.master_key is not None:
            return cls.of(_decoded(config.master_key.get_secret_value(), "MODULON_MASTER_KEY"))
        path = config.data_dir / FILE
        if not path.exists():
            _create(path)
        return cls.of(_read(path))

    @classmethod
    def present(cls, config: Config) -> "MasterKey | None":
        """The key that `load` would give, but none is made."""
        there = config.master_key is not None or (config.data_dir / FILE).exists()
        return cls.load(config) if there else None

    def write(self, path: Path) -> None:
        """Write the key's file at *path*, where there must be none, whole and on the disk."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(self.key) + b"\n")
            file.flush()
            os.fsync(file.fileno())

    @classmethod
    def of(cls, key: bytes) -> "MasterKey":
        """The key made of exactly these 32 bytes."""
        return cls(key, derived(key, b"key id", 6).hex())

    def derive(self, label: bytes, length: int = BYTES) -> bytes:
        """A key for one purpose: equal for equal labels, and of no help in finding another one."""
        return derived(self.key, label, length)


def derived(key: bytes, label: bytes, length: int) -> bytes:
    """HKDF-SHA-256 (RFC 5869) with an empty salt: the master key is uniformly random already."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=length, salt=None, info=b"modulon:" + label).derive(key)


def _decoded(text: str, where: str) -> bytes:
    text = text.strip()
    if not text:
        raise MasterKeyError(f"{where} is empty. Unset it to use the data folder's own key, or set a key. {_HOW}")
    try:
        key = base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except binascii.Error as error:
        raise MasterKeyError(f"{where} is not base64. {_HOW}") from error
    if len(key) != BYTES:
        raise MasterKeyError(f"{where} holds {len(key) * 8} bits; a master key has exactly {BYTES * 8}. {_HOW}")
    if len(set(key)) < _LEAST_DIFFERENT:
        raise MasterKeyError(f"{where} is not random. {_HOW}")
    return key


def _read(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        text = path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise MasterKeyError(f"{path} cannot be read: it must be text, open to the server's user.") from error
    if stat.S_IMODE(mode) & 0o077:
        raise MasterKeyError(f"{path} can be read by other users of this machine. Run: chmod 600 '{path}'")
    return _decoded(text, str(path))


def _create(path: Path) -> None:
    """Write a new key, whole and on the disk, or leave the one another process has made meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f".{FILE}.{secrets.token_hex(8)}")
    try:
        MasterKey.of(secrets.token_bytes(BYTES)).write(partial)
        os.link(partial, path)
    except FileExistsError:
        return
    finally:
        partial.unlink(missing_ok=True)
    sync_folder(path.parent)
