"""Guessing is slowed down by who is guessed and by who guesses."""

import pytest

from modulon.core.identity import throttle as module
from modulon.core.identity.errors import SignInPaused
from modulon.core.identity.throttle import ACCOUNT_TRIES, ADDRESS_TRIES, PAUSE, TRIES, Throttle


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def paused(throttle: Throttle, account: str, address: str) -> int:
    with pytest.raises(SignInPaused) as caught:
        throttle.begin(account, address)
    return int(caught.value.headers["Retry-After"])


def guesses(throttle: Throttle, clock: Clock, count: int, address: str = "192.0.2.1") -> int:
    """How many of *count* guesses, one a second, were let through."""
    let = 0
    for _ in range(count):
        clock.now += 1
        try:
            throttle.begin("ada", address)
        except SignInPaused:
            continue
        let += 1
    return let


def test_after_five_tries_a_pause_each_twice_as_long(clock: Clock) -> None:
    throttle = Throttle(clock)
    for expected in (PAUSE, 2 * PAUSE, 4 * PAUSE, 8 * PAUSE, 16 * PAUSE, 16 * PAUSE):
        assert [throttle.begin("ada", "192.0.2.1") for _ in range(TRIES)] == [4, 3, 2, 1, 0]
        assert paused(throttle, "ada", "192.0.2.1") == expected
        clock.now += expected - 1
        assert paused(throttle, "ada", "192.0.2.1") == 1
        clock.now += 1


def test_a_right_password_clears_the_way(clock: Clock) -> None:
    throttle = Throttle(clock)
    for _ in range(ADDRESS_TRIES * 3):
        assert throttle.begin("ada", "192.0.2.1") == 4
        throttle.succeeded("ada", "192.0.2.1")


def test_tries_are_forgotten_after_a_quarter_of_an_hour(clock: Clock) -> None:
    throttle = Throttle(clock)
    throttle.begin("ada", "192.0.2.1")
    clock.now += PAUSE + 1
    assert throttle.begin("ada", "192.0.2.1") == 4


def test_pauses_are_forgotten_after_a_long_quiet(clock: Clock) -> None:
    throttle = Throttle(clock)
    guesses(throttle, clock, 6)
    clock.now += 9 * 3600
    assert throttle.begin("ada", "192.0.2.1") == 4
    guesses(throttle, clock, 5)
    assert paused(throttle, "ada", "192.0.2.1") <= PAUSE


def test_another_address_is_not_paused_with_it(clock: Clock) -> None:
    throttle = Throttle(clock)
    guesses(throttle, clock, 10)
    assert throttle.begin("ada", "192.0.2.2") == 4


def test_b08_a_thousand_guesses_from_one_address_are_a_handful(clock: Clock) -> None:
    assert guesses(Throttle(clock), clock, 1000) == TRIES + TRIES


def test_b08_one_address_trying_many_accounts_is_paused(clock: Clock) -> None:
    throttle = Throttle(clock)
    for number in range(ADDRESS_TRIES):
        throttle.begin(f"user{number}", "192.0.2.1")
    assert paused(throttle, "another", "192.0.2.1") == PAUSE
    throttle.begin("another", "192.0.2.2")


def test_b08_many_addresses_trying_one_account_are_paused(clock: Clock) -> None:
    throttle = Throttle(clock)
    for number in range(ACCOUNT_TRIES):
        throttle.begin("ada", f"192.0.2.{number}")
    assert paused(throttle, "ada", "198.51.100.1") == PAUSE


def test_an_ipv6_customer_is_one_address(clock: Clock) -> None:
    throttle = Throttle(clock)
    for number in range(TRIES):
        throttle.begin("ada", f"2001:db8:0:1::{number:x}")
    assert paused(throttle, "ada", "2001:db8:0:1:ffff::1") == PAUSE
    throttle.begin("ada", "2001:db8:0:2::1")
    throttle.begin("ada", "::1")


def test_a_mapped_address_is_the_ipv4_one(clock: Clock) -> None:
    throttle = Throttle(clock)
    guesses(throttle, clock, TRIES)
    assert paused(throttle, "ada", "::ffff:192.0.2.1") == PAUSE
    assert throttle.begin("ada", "local") == 4


def test_memory_is_bounded(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SIZE", 30)
    throttle = Throttle(clock)
    for number in range(100):
        throttle.begin(f"user{number}", f"192.0.2.{number}")
    assert len(throttle._counts) == 30
    throttle.succeeded("gone", "203.0.113.1")
