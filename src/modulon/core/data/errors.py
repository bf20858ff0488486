"""What can go wrong with a unit of work, for core's own eyes; modules see `modulon.sdk.errors`."""

from dataclasses import dataclass
from typing import Literal

from modulon.sdk.errors import Conflict, Unavailable

Refusal = Literal["expected", "unique", "reference"]


@dataclass
class OperationRefused(Exception):
    """The operation at *index* changed another number of rows than expected, or broke a constraint.

    The unit was undone; others in its batch were not.
    """

    index: int
    reason: Refusal
    detail: str = ""


class DeadlineMissed(Unavailable):
    """An interactive unit held the writer for too long and was undone."""

    code = "storage.deadline"
    detail = "Saving took too long and was undone, to keep others from waiting. Try again."


class ForeignAwait(RuntimeError):
    """Something other than the handle was awaited inside `write()`: it would hold up every other writer."""


class AlreadyAnswered(Conflict):
    """The same `Idempotency-Key` was answered by a request running at the same time. Nothing was changed by this
    one: answer with what is stored (`Engine.answered`)."""

    code = "idempotency.answered"
    detail = "The same request was already carried out. Its answer is kept under its Idempotency-Key."


class IdempotencyMismatch(Conflict):
    """The caller reused an `Idempotency-Key` for another request."""

    code = "idempotency.mismatch"
    title = "Idempotency-Key used twice"
    detail = "This Idempotency-Key was used for a different request. Nothing was changed; use a new key."
