"""A provider that fails again and again is left alone for a while, and tried by one request."""

import pytest

from modulon.modules.providers.backend import errors
from modulon.modules.providers.backend.serving.breakers import FAILURES, LONGEST_PAUSE, PAUSE, Breaker
from modulon.sdk import new_id
from modulon.sdk.inference import ModelFailed


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(clock)


def fail(breaker: Breaker, failure: ModelFailed | None = None, times: int = 1) -> None:
    for _ in range(times):
        breaker.admit().end(failure or errors.Overloaded(), whole=False)


def test_r21_it_opens_after_five_failures_at_most(breaker: Breaker) -> None:
    fail(breaker, times=FAILURES - 1)
    assert breaker.state == "closed"
    fail(breaker)
    assert (FAILURES, breaker.state, breaker.wait) == (5, "open", PAUSE)
    with pytest.raises(errors.Paused) as caught:
        breaker.admit()
    assert caught.value.retry_after == PAUSE


def test_r21_one_success_between_keeps_it_closed(breaker: Breaker) -> None:
    fail(breaker, times=FAILURES - 1)
    breaker.admit().end(None, whole=True)
    fail(breaker, times=FAILURES - 1)
    assert breaker.state == "closed"


@pytest.mark.parametrize(
    "failure",
    [
        errors.KeyRefused,
        errors.QuotaExhausted,
        errors.ContextTooLong,
        errors.ContentRefused,
        errors.RequestRefused,
        errors.ModelNotOffered,
    ],
)
def test_r21_what_is_refused_with_a_reason_is_no_failure(
    breaker: Breaker, failure: type[errors.ProviderFailed]
) -> None:
    fail(breaker, failure(), times=2 * FAILURES)
    assert breaker.state == "closed"


def test_r21_half_open_one_request_tries_and_its_first_token_closes(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, times=FAILURES)
    clock.now += PAUSE
    assert breaker.state == "half_open"
    trial = breaker.admit()
    with pytest.raises(errors.Paused):
        breaker.admit()
    trial.begin()
    assert breaker.state == "closed"
    breaker.admit()


def test_r21_half_open_a_trial_that_fails_doubles_the_pause(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, times=FAILURES)
    for expected in (2 * PAUSE, 4 * PAUSE, 8 * PAUSE, 16 * PAUSE, LONGEST_PAUSE, LONGEST_PAUSE):
        clock.now += breaker.wait
        fail(breaker)
        assert breaker.wait == expected


def test_r21_a_trial_nobody_waits_for_any_more_lets_the_next_one_try(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, times=FAILURES)
    clock.now += PAUSE
    breaker.admit().end(None, whole=False)
    assert breaker.state == "half_open"
    breaker.admit()


def test_r21_the_pause_is_as_long_as_the_provider_says(breaker: Breaker) -> None:
    fail(breaker, errors.RateLimited(retry_after=60), times=FAILURES)
    assert breaker.wait == 60


def test_r21_failures_that_come_in_late_do_not_prolong_a_pause(breaker: Breaker) -> None:
    attempts = [breaker.admit() for _ in range(3 * FAILURES)]
    for attempt in attempts:
        attempt.end(errors.NoAnswer(), whole=False)
    assert breaker.wait == PAUSE


def test_r21_forgotten_when_the_provider_was_changed() -> None:
    from modulon.modules.providers.backend.serving.breakers import Breakers

    breakers, provider = Breakers(), new_id()
    for _ in range(FAILURES):
        with pytest.raises(errors.NoAnswer), breakers.watch(provider):
            raise errors.NoAnswer
    assert breakers.paused() == {provider}
    breakers.forget(provider)
    with breakers.watch(provider):
        pass
    assert breakers.paused() == frozenset()
