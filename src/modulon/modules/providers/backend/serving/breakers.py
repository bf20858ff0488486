"""Leaving a provider alone that fails again and again: one breaker for each provider and process.

Closed, requests pass. After `FAILURES` failures in a row it opens: for a while no request is sent, and each is told
so at once instead of waiting for another time-out. Then one request may try (half open): if its answer begins, the
breaker closes; if it fails, the pause is doubled. What a provider refuses with a reason (a wrong key, a prompt that is
too long) is no failure of the provider.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final, Literal
from uuid import UUID

from modulon.modules.providers.backend.errors import Paused, RequestRefused
from modulon.modules.providers.backend.wire.faults import VendorError, fault_of
from modulon.sdk.inference import ModelFailed

FAILURES: Final = 5
PAUSE: Final = 15.0
"""Seconds of the first pause; each further one is twice as long."""
LONGEST_PAUSE: Final = 300.0
TRIAL: Final = 1.0
"""Seconds that others wait while one request tries."""

State = Literal["closed", "open", "half_open"]

_COUNTED: Final = frozenset({"network", "timeout", "overload", "rate", "bad_response"})


class Attempt:
    """One request under way. *begun* once its answer has begun."""

    __slots__ = ("_breaker", "_refused", "_trial", "begun")

    def __init__(self, breaker: "Breaker", *, trial: bool) -> None:
        self._breaker = breaker
        self._trial = trial
        self.begun = False
        self._refused: ModelFailed | None = None

    def begin(self) -> None:
        """The provider answers: a pause is over."""
        if not self.begun:
            self.begun = True
            if self._trial:
                self._breaker.close()

    def answered(self, status: int, headers: Mapping[str, str]) -> None:
        """The head of a forwarded answer has come. What its status tells of the provider counts in the end."""
        if status < 400:
            self.begin()
        else:
            self._refused = fault_of(status, headers, VendorError())

    def end(self, failure: ModelFailed | None, *, whole: bool) -> None:
        """It ended: *whole*, with a *failure*, or because nobody wanted it any more."""
        failure = failure or self._refused
        if failure is not None:
            self._breaker.note(failure)
        elif whole:
            self._breaker.close()
        if self._trial:
            self._breaker.trying = False


class Breaker:
    """One provider's; *clock* is in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.failures = 0
        self.trying = False
        self._pauses = 0
        self._until = 0.0

    @property
    def state(self) -> State:
        """What it does with the next request."""
        if self.failures < FAILURES:
            return "closed"
        return "open" if self.wait > 0 else "half_open"

    @property
    def wait(self) -> float:
        """Seconds until a request may try again."""
        return max(0.0, self._until - self._clock()) if self.failures >= FAILURES else 0.0

    def admit(self) -> Attempt:
        """Let a request pass. Raises `Paused`."""
        state = self.state
        if state == "open" or (state == "half_open" and self.trying):
            raise Paused(retry_after=max(self.wait, TRIAL))
        self.trying = state == "half_open"
        return Attempt(self, trial=self.trying)

    def note(self, failure: ModelFailed) -> None:
        """Count a failure, unless it is the request's or the key's own."""
        if failure.fault not in _COUNTED or isinstance(failure, RequestRefused | Paused):
            return
        self.failures += 1
        if self.failures >= FAILURES and self.wait == 0:
            pause = max(PAUSE * 2**self._pauses, failure.retry_after or 0.0)
            self._until = self._clock() + min(pause, LONGEST_PAUSE)
            self._pauses += 1

    def close(self) -> None:
        """All is well."""
        self.failures = self._pauses = 0
        self.trying = False


class Breakers:
    """Those of all providers in this process."""

    def __init__(self) -> None:
        self._breakers: dict[UUID, Breaker] = {}

    def of(self, provider_id: UUID) -> Breaker:
        """The provider's; closed if nothing was asked of it yet."""
        found = self._breakers.get(provider_id)
        if found is None:
            found = self._breakers[provider_id] = Breaker()
        return found

    def paused(self) -> frozenset[UUID]:
        """The providers that are left alone at the moment."""
        return frozenset(key for key, breaker in self._breakers.items() if breaker.failures >= FAILURES)

    def forget(self, provider_id: UUID) -> None:
        """Begin anew: it was changed, removed, or answered a test."""
        self._breakers.pop(provider_id, None)

    @contextmanager
    def watch(self, provider_id: UUID) -> Iterator[Attempt]:
        """One request to a provider. Raises `Paused` at once instead of letting it be sent."""
        attempt = self.of(provider_id).admit()
        failure: ModelFailed | None = None
        whole = False
        try:
            yield attempt
            whole = True
        except ModelFailed as failed:
            failure = failed
            raise
        finally:
            attempt.end(failure, whole=whole)
