"""The recovery key: 160 random bits on paper that bring the master key back when its file is lost.

Made at set-up and shown once. The server keeps the master key wrapped by it (AES-256-GCM), in the database, so that a
backup of the database and the recovery key together are enough. Written in Crockford's base32, which leaves out
letters that are taken for others; reading forgives case, spaces, hyphens, and O, I and L.
"""

import base64
import binascii
import os
import re
import secrets
from typing import Final

from .master import MasterKey, MasterKeyError, derived

RECOVERY_KEY: Final = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}")
"""Its shape, for guards that must not keep one."""

_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_STANDARD: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_WRITE: Final = str.maketrans(_STANDARD, _CROCKFORD)
_READ: Final = str.maketrans(_CROCKFORD + "OIL", _STANDARD + "ABB")
_BYTES: Final = 20
_NONCE: Final = 12
_VERSION: Final = "r1"

_WRONG = "This is not the recovery key of this database. Nothing was changed."


def new_recovery_key() -> str:
    """A key as people write it down: eight groups of four."""
    text = base64.b32encode(secrets.token_bytes(_BYTES)).decode().translate(_WRITE)
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def wrap(master: MasterKey, recovery_key: str) -> str:
    """The master key, readable with *recovery_key* alone."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE)
    sealed = nonce + AESGCM(_key(recovery_key)).encrypt(nonce, master.key, _bound(master.id))
    return f"{_VERSION}:{master.id}:{base64.urlsafe_b64encode(sealed).decode()}"


def unwrap(wrapped: str, recovery_key: str) -> MasterKey:
    """The master key again. Raises `MasterKeyError` if *recovery_key* is another one."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    version, _, rest = wrapped.partition(":")
    key_id, _, text = rest.partition(":")
    try:
        if version != _VERSION:
            raise ValueError(version)
        sealed = base64.urlsafe_b64decode(text)
        key = AESGCM(_key(recovery_key)).decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(key_id))
    except (InvalidTag, ValueError) as error:
        raise MasterKeyError(_WRONG) from error
    return MasterKey.of(key)


def _key(recovery_key: str) -> bytes:
    compact = re.sub(r"[\s-]", "", recovery_key).upper()
    try:
        raw = base64.b32decode(compact.translate(_READ))
    except binascii.Error as error:
        raise MasterKeyError(f"A recovery key is eight groups of four letters and digits. {_WRONG}") from error
    if len(raw) != _BYTES:
        raise MasterKeyError(f"A recovery key is eight groups of four letters and digits. {_WRONG}")
    # Uniformly random: nothing to stretch.
    return derived(raw, b"recovery", 32)


def _bound(key_id: str) -> bytes:
    return f"{_VERSION}:{key_id}".encode()
