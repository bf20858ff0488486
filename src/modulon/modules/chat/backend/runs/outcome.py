"""How a run ends: which state, which status of its message, and what the person is told."""

from dataclasses import dataclass
from typing import Final

from modulon.modules.chat.backend import errors
from modulon.modules.chat.backend.contract import RunState
from modulon.modules.chat.backend.schemas import Fault, MessageStatus
from modulon.sdk import Problem
from modulon.sdk.inference import ModelFailed

from .answer import Answer


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a run."""

    state: RunState
    status: MessageStatus
    fault: Fault | None = None


SUCCEEDED: Final = Outcome("succeeded", "complete")


def fault_of(problem: Problem) -> Fault:
    """What *problem* is to the person who asked."""
    if isinstance(problem, ModelFailed):
        problem = errors.MODEL_FAULTS[problem.fault]()
    return Fault(problem.code, problem.message)


def of_answer(answer: Answer) -> Outcome:
    """The provider ended by itself."""
    if answer.finish == "content_filter":
        return Outcome("failed", "failed", fault_of(errors.ModelPolicy()))
    if not answer.parts:
        return Outcome("failed", "failed", fault_of(errors.EmptyAnswer()))
    return Outcome("limited", "limited") if answer.finish == "length" else SUCCEEDED


def of_stop(reason: str) -> Outcome:
    """Somebody wanted it to end."""
    match reason:
        case "owner_suspended":
            return Outcome("cancelled", "cancelled", fault_of(errors.OwnerSuspended()))
        case "server_stopped":
            return Outcome("interrupted", "interrupted", fault_of(errors.ServerStopped()))
        case _:
            return Outcome("cancelled", "cancelled")


def of_limit(problem: Problem) -> Outcome:
    """A limit of ours was reached."""
    return Outcome("limited", "limited", fault_of(problem))


def of_problem(problem: Problem, answer: Answer) -> Outcome:
    """It failed. What had arrived is kept and can be continued; without anything it has failed altogether."""
    if answer.parts:
        return Outcome("interrupted", "interrupted", fault_of(problem))
    return Outcome("failed", "failed", fault_of(problem))
