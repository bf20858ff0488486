"""The two tokens of a session: what is accepted, and everything that is not."""

import base64
import hashlib
import hmac
import json
import os
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from modulon.core.identity.errors import SessionEnded
from modulon.core.identity.tokens import AccessTokens, RefreshTokens
from modulon.sdk.ids import new_id

KEY = os.urandom(32)
USER, SESSION = new_id(), new_id()
TOKENS = AccessTokens(KEY)


def issued(at: datetime | None = None) -> str:
    return TOKENS.issue(USER, SESSION, 1, at or datetime.now(UTC))


def claims(**changes: Any) -> dict[str, Any]:
    return {**jwt.decode(issued(), options={"verify_signature": False}), **changes}


def forged(content: dict[str, Any], *, key: Any = KEY, algorithm: str = "HS256", **header: Any) -> str:
    own = jwt.get_unverified_header(issued())
    return jwt.encode(content, key, algorithm=algorithm, headers={"kid": own["kid"], **header})


def unsigned(header: dict[str, Any], content: dict[str, Any], signature: bytes = b"") -> str:
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (
        json.dumps(header).encode(), json.dumps(content).encode(), signature))  # fmt: skip


def test_an_issued_token_says_who_it_is() -> None:
    access = TOKENS.read(issued())
    assert (access.user, access.session, access.epoch) == (USER, SESSION, 1)


def test_the_attacks_below_would_succeed_with_the_right_contents() -> None:
    assert TOKENS.read(forged(claims())).user == USER


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": 1},
        {"exp": None},
        {"iat": None},
        {"aud": "another"},
        {"aud": ["modulon:session", "another"]},
        {"aud": None},
        {"iss": "another"},
        {"iss": None},
        {"sub": None},
        {"sub": "no id"},
        {"sid": None},
        {"sid": 7},
        {"epoch": None},
        {"epoch": "many"},
        {"nbf": 4_000_000_000},
        {"iat": 4_000_000_000},
    ],
    ids=str,
)
def test_b04_wrong_claims_are_refused(changes: dict[str, Any]) -> None:
    content = {name: value for name, value in claims(**changes).items() if value is not None}
    with pytest.raises(SessionEnded):
        TOKENS.read(forged(content))


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE"])
def test_b04_unsigned_tokens_are_refused(algorithm: str) -> None:
    own = jwt.get_unverified_header(issued())
    for signature in (b"", b"x"):
        with pytest.raises(SessionEnded):
            TOKENS.read(unsigned({**own, "alg": algorithm}, claims(), signature))


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_b04_our_key_with_another_algorithm_is_refused(algorithm: str) -> None:
    with pytest.raises(SessionEnded):
        TOKENS.read(forged(claims(), key=KEY * 2, algorithm=algorithm))


def test_b04_asymmetric_signatures_are_refused() -> None:
    """Confusion of algorithms: signed with a private key, or by HMAC with a public key as the secret."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    with pytest.raises(SessionEnded):
        TOKENS.read(forged(claims(), key=private, algorithm="RS256"))
    own = jwt.get_unverified_header(issued())
    body = unsigned(own, claims()).rpartition(".")[0]
    signature = hmac.digest(public, body.encode(), hashlib.sha256)
    with pytest.raises(SessionEnded):
        TOKENS.read(f"{body}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}")


@pytest.mark.parametrize(
    "kid", ["", "../../../../dev/null", "/dev/null", "' OR '1'='1", "x' UNION SELECT 'secret", "|id", "a" * 600]
)
def test_b04_the_key_id_is_compared_and_never_used(kid: str) -> None:
    with pytest.raises(SessionEnded):
        TOKENS.read(forged(claims(), kid=kid))
    with pytest.raises(SessionEnded):
        TOKENS.read(forged(claims(), key=b"\0" * 32, kid=kid))


@pytest.mark.parametrize(
    "header",
    [
        {"jku": "https://attacker.example/keys"},
        {"jwk": {"kty": "oct", "k": "AA"}},
        {"x5u": "https://attacker.example/chain"},
        {"crit": ["exp"]},
        {"typ": "at+jwt"},
    ],
    ids=str,
)
def test_b04_further_headers_are_refused(header: dict[str, Any]) -> None:
    with pytest.raises(SessionEnded):
        TOKENS.read(forged(claims(), **header))


@pytest.mark.parametrize("text", ["", ".", "..", "a.b.c", "a.b", "🙂.🙂.🙂", "\ud800", "e30.e30.e30", "x" * 5000])
def test_b04_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(SessionEnded):
        TOKENS.read(text)


def test_b04_every_truncation_and_every_twin_is_refused() -> None:
    """A token that shares a prefix with a good one is another token."""
    good = issued()
    for length in range(1, len(good), 7):
        with pytest.raises(SessionEnded):
            TOKENS.read(good[:length])
    for tail in ("A", "=", ".", " ", "\n"):
        with pytest.raises(SessionEnded):
            TOKENS.read(good + tail)


def test_a_token_lasts_ten_minutes() -> None:
    now = datetime.now(UTC)
    assert TOKENS.read(issued(now - timedelta(minutes=9, seconds=50))).user == USER
    with pytest.raises(SessionEnded):
        TOKENS.read(issued(now - timedelta(minutes=10, seconds=1)))


def test_b03_two_instances_do_not_accept_each_others_tokens() -> None:
    with pytest.raises(SessionEnded):
        AccessTokens(os.urandom(32)).read(issued())
    first = RefreshTokens(os.urandom(32)).first(SESSION)
    assert RefreshTokens(os.urandom(32)).session_of(first) is None


@pytest.mark.parametrize("key", [b"", b"secret", b"changeme" * 3, b"x" * 31])
def test_b03_a_short_key_is_refused(key: bytes) -> None:
    with pytest.raises(ValueError, match="256 bits"):
        AccessTokens(key)
    with pytest.raises(ValueError, match="256 bits"):
        RefreshTokens(key)


def test_a_successor_is_one_and_unlike_its_parent() -> None:
    tokens = RefreshTokens(KEY)
    first = tokens.first(SESSION)
    second = tokens.successor(first)
    assert second == tokens.successor(first)
    assert len({first, second, tokens.successor(second)}) == 3
    assert tokens.session_of(second) == SESSION
    assert RefreshTokens(os.urandom(32)).successor(first) != second
    assert tokens.first(SESSION) != first


@pytest.mark.parametrize("token", ["", "x", "A" * 86, "!" * 86, "é" * 86, "A" * 4000])
def test_an_invented_refresh_token_names_no_session(token: str) -> None:
    assert RefreshTokens(KEY).session_of(token) is None


def test_a_changed_refresh_token_names_no_session() -> None:
    tokens = RefreshTokens(KEY)
    raw = bytearray(base64.urlsafe_b64decode(tokens.first(SESSION) + "=="))
    for index in range(len(raw)):
        changed = bytearray(raw)
        changed[index] ^= 1
        assert tokens.session_of(base64.urlsafe_b64encode(changed).decode().rstrip("=")) is None
