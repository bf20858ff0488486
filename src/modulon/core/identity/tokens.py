"""The two tokens of a browser session.

The **access token** is a JWT (RFC 7519) that says who it is for ten minutes. The **refresh token** is exchanged for a
new pair; it is 256 random bits, sealed by the server, stored as an HMAC alone.

A refresh token's successor is computed from it, with a key only the server has. So ten tabs that send the same token
at once get the same successor, and none has to be kept in plain text. Since the seal tells an old token of ours from
an invented one, a token that comes back too late ends its session, however many exchanges ago it was used, while
nobody can end a session by guessing.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from .errors import SessionEnded

ACCESS_LIFE: Final = timedelta(minutes=10)
KEY_BYTES: Final = 32

_ALGORITHM: Final = "HS256"
_ISSUER: Final = "modulon"
_AUDIENCE: Final = "modulon:session"
_CLAIMS: Final = ["exp", "iat", "iss", "aud", "sub", "sid", "epoch"]
_LONGEST: Final = 1024
_SHAPE: Final = re.compile(r"[\w-]+\.[\w-]+\.[\w-]{42}[AEIMQUYcgkosw048]", re.ASCII)
"""Three parts of base64url, the last of exactly 256 bits in their one spelling: decoders are more generous."""

_SESSION: Final = slice(0, 16)
_SECRET: Final = slice(16, 48)
_SEAL: Final = slice(48, 64)
_REFRESH_BYTES: Final = 64


@dataclass(frozen=True, slots=True)
class Access:
    """What an access token says: the user, the session, the user's epoch at issue, and until when (seconds)."""

    user: UUID
    session: UUID
    epoch: int
    expires: float


class AccessTokens:
    """Issues and reads access tokens with one 256-bit key."""

    def __init__(self, key: bytes) -> None:
        self._key = checked_key(key)
        self._header = {"alg": _ALGORITHM, "typ": "JWT", "kid": hashlib.sha256(b"kid:" + key).hexdigest()[:16]}

    def issue(self, user: UUID, session: UUID, epoch: int, at: datetime) -> str:
        """A token for ten minutes from *at*."""
        import jwt

        claims = {
            "iss": _ISSUER,
            "aud": _AUDIENCE,
            "sub": str(user),
            "sid": str(session),
            "epoch": epoch,
            "iat": int(at.timestamp()),
            "exp": int((at + ACCESS_LIFE).timestamp()),
        }
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM, headers={"kid": self._header["kid"]})

    def read(self, token: str) -> Access:
        """The token's contents. Raises `SessionEnded` for every token that is not exactly one of ours, in time."""
        import jwt

        try:
            # The header is compared whole: no algorithm, key id or key address is ever taken from the token.
            if len(token) > _LONGEST or not _SHAPE.fullmatch(token) or jwt.get_unverified_header(token) != self._header:
                raise SessionEnded
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key,
                algorithms=[_ALGORITHM],
                issuer=_ISSUER,
                audience=_AUDIENCE,
                options={"require": _CLAIMS, "strict_aud": True},
            )
            return Access(
                UUID(str(claims["sub"])), UUID(str(claims["sid"])), int(claims["epoch"]), float(claims["exp"])
            )
        except (jwt.InvalidTokenError, ValueError, TypeError) as error:
            raise SessionEnded from error


class RefreshTokens:
    """Makes, recognises and hashes refresh tokens with one 256-bit key."""

    def __init__(self, key: bytes) -> None:
        self._key = checked_key(key)

    def first(self, session: UUID) -> str:
        """The first token of a session."""
        return self._sealed(session.bytes, secrets.token_bytes(32))

    def successor(self, token: str) -> str:
        """The one token that follows *token*."""
        raw = _decoded(token)
        return self._sealed(raw[_SESSION], self._mac(b"next", raw))

    def session_of(self, token: str) -> UUID | None:
        """The session *token* was made for; `None` if this server did not make it."""
        raw = _decoded(token)
        if len(raw) != _REFRESH_BYTES:
            return None
        if not hmac.compare_digest(raw[_SEAL], self._seal(raw[_SESSION], raw[_SECRET])):
            return None
        return UUID(bytes=raw[_SESSION])

    def hash(self, token: str) -> bytes:
        """What is stored of *token*."""
        return self._mac(b"hash", _decoded(token))

    def _sealed(self, session: bytes, secret: bytes) -> str:
        raw = session + secret + self._seal(session, secret)
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    def _seal(self, session: bytes, secret: bytes) -> bytes:
        return self._mac(b"seal", session + secret)[:16]

    def _mac(self, purpose: bytes, data: bytes) -> bytes:
        return hmac.digest(self._key, purpose + data, "sha256")


def checked_key(key: bytes) -> bytes:
    """*key*, if it is long enough to sign with; raises `ValueError`."""
    if len(key) < KEY_BYTES:
        raise ValueError(f"a signing key has {KEY_BYTES * 8} bits; this one has {len(key) * 8}")
    return key


def _decoded(token: str) -> bytes:
    """The token's bytes, none if it is not base64."""
    try:
        return base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
