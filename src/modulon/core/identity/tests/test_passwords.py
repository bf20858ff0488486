"""Password hashing."""

import asyncio
from collections.abc import Iterator

import pytest

from modulon.core.identity import passwords as module
from modulon.core.identity.errors import SignInBusy
from modulon.core.identity.passwords import Passwords


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    made = Passwords()
    yield made
    made.close()


async def test_a_hash_is_argon2id_with_todays_parameters_and_a_salt(passwords: Passwords) -> None:
    first, second = await passwords.hash("secret"), await passwords.hash("secret")
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second
    assert not passwords.outdated(first)
    assert passwords.outdated(first.replace("m=19456", "m=8"))


async def test_only_the_password_matches(passwords: Passwords) -> None:
    stored = await passwords.hash("secret")
    assert await passwords.matches(stored, "secret")
    for wrong in ("Secret", "secret ", "", "x" * 1024):
        assert not await passwords.matches(stored, wrong)
    assert not await passwords.matches(None, "secret")


async def test_the_same_letters_match_however_they_were_composed(passwords: Passwords) -> None:
    assert await passwords.matches(await passwords.hash("ma\u0308dchen"), "m\u00e4dchen")


async def test_a_queue_of_seconds_is_refused(passwords: Passwords, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_WAITING", 3)
    outcomes = await asyncio.gather(*(passwords.hash("secret") for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(outcome, SignInBusy) for outcome in outcomes) == 2
    assert await passwords.hash("secret")
