"""Envelope encryption of single values (AES-256-GCM, NIST SP 800-38D).

A sealed value is text, `v1:<master key's id>:<wrapped data key>:<value>`: a data key of its own encrypts the value,
the master key encrypts the data key. Table, row, field and format version are authenticated with both, so that a
sealed value copied to another place does not open. Rotation re-wraps the data key alone.
"""

import base64
import binascii
import os
from typing import Final

from modulon.sdk.errors import Unavailable
from modulon.sdk.secrets import Place

from .master import MasterKey
from .recovery import new_recovery_key, wrap
from .redact import remember

VERSION: Final = "v1"
_NONCE: Final = 12


class SecretUnreadable(Unavailable):
    """A sealed value does not open here."""

    code = "secrets.unreadable"
    title = "A stored secret cannot be read"
    detail = (
        "This secret was stored with another master key or was moved. Start the server with the master key it was "
        "stored with, or enter the secret again."
    )


class SecretBox:
    """The contract's `Secrets`. Values that pass through are redacted in logs from then on."""

    def __init__(self, master: MasterKey) -> None:
        self._master = master
        self._wrapping = master.derive(b"wrap")

    def seal(self, value: str, place: Place) -> str:
        """Encrypt *value* for *place*."""
        remember(value)
        data_key = os.urandom(32)
        bound = _associated(place)
        wrapped = _encrypt(self._wrapping, data_key, bound)
        return ":".join((VERSION, self._master.id, _text(wrapped), _text(_encrypt(data_key, value.encode(), bound))))

    def open(self, sealed: str, place: Place) -> str:
        """Decrypt. Raises `SecretUnreadable` if the master key or the place is another one."""
        parts = sealed.split(":")
        if len(parts) != 4 or parts[:2] != [VERSION, self._master.id]:
            raise SecretUnreadable
        bound = _associated(place)
        data_key = _decrypt(self._wrapping, _bytes(parts[2]), bound)
        value = _decrypt(data_key, _bytes(parts[3]), bound).decode()
        remember(value)
        return value

    def derive(self, label: bytes) -> bytes:
        """256 bits for one purpose (signing, hashing), from the master key."""
        return self._master.derive(label)

    def recovery_key(self) -> tuple[str, str]:
        """A new recovery key, and the master key wrapped by it."""
        key = new_recovery_key()
        remember(key)
        return key, wrap(self._master, key)


def _associated(place: Place) -> bytes:
    # Lengths in front, so that no two places have the same encoding.
    parts = (VERSION.encode(), place.table.encode(), place.row.bytes, place.field.encode())
    return b"".join(len(part).to_bytes(4) + part for part in parts)


def _encrypt(key: bytes, value: bytes, bound: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, value, bound)


def _decrypt(key: bytes, value: bytes, bound: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(value[:_NONCE], value[_NONCE:], bound)
    except (InvalidTag, ValueError) as error:
        raise SecretUnreadable from error


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise SecretUnreadable from error
