"""The text of an API key: `mdl_<prefix>_<secret>`, 256 random bits, stored as an HMAC alone."""

import base64
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Final

from .tokens import checked_key

KEY: Final = re.compile(r"mdl_[a-z2-7]{8}_[a-z2-7]{52}")
"""Its shape, recognisable by secret scanners and by our own guards."""

_SHOWN: Final = len("mdl_") + 8


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made: the only moment at which its *text* is known."""

    text: str
    prefix: str
    hash: bytes


class KeyHashes:
    """Makes keys and computes what is stored of them, with one 256-bit key."""

    def __init__(self, key: bytes) -> None:
        self._key = checked_key(key)

    def make(self) -> NewKey:
        """A new key."""
        text = f"mdl_{_base32(5)}_{_base32(32)}"
        return NewKey(text, text[:_SHOWN], self.hash(text))

    def hash(self, text: str) -> bytes:
        """What is stored of the key *text*."""
        return hmac.digest(self._key, text.encode(), "sha256")


def is_key(text: str) -> bool:
    """Whether *text* has the shape of a key."""
    return KEY.fullmatch(text) is not None


def _base32(size: int) -> str:
    return base64.b32encode(secrets.token_bytes(size)).decode().rstrip("=").lower()
