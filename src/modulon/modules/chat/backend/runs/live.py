"""One run in the hands of this process."""

import asyncio
from uuid import UUID

from modulon.modules.chat.backend.contract import RunState
from modulon.modules.chat.backend.schemas import Fault, RunRead
from modulon.modules.chat.backend.store.engine import Assignment
from modulon.modules.chat.backend.store.runs import RunRow
from modulon.sdk.inference import ModelMessage

from .answer import Answer
from .ring import Ring
from .vocabulary import RunEvent


class Live:
    """A run this process owns: what it is, what it brought so far, how much of that is safe.

    *last* is the number of the last journalled event of earlier owners; *history* is what the model is told, `None` if
    it must be read first.
    """

    def __init__(self, assignment: Assignment, last: int = 0, history: list[ModelMessage] | None = None) -> None:
        self.assignment = assignment
        self.history = history
        self.ring = Ring(assignment.epoch, last)
        self.answer = Answer(assignment.message_id, assignment.first_index)
        self.journalled = last
        self.unsafe_bytes = 0
        """Bytes in the ring that are not yet in the journal."""
        self.stop = ""
        """Why it shall end: `cancelled`, `owner_suspended` or `server_stopped`."""
        self.lost = False
        """Another process owns it now, or it was deleted: nothing more may be written."""
        self.closing = False
        """Its end is being written: the journal's batches leave it alone."""
        self.writing: asyncio.Future[None] | None = None
        self.task: asyncio.Task[None] | None = None

    @property
    def id(self) -> UUID:
        """The run's id."""
        return self.assignment.run_id

    def read(self, state: RunState, fault: Fault | None = None) -> RunRead:
        """The run as it is shown."""
        told = self.assignment
        return RunRead(
            told.run_id,
            told.conversation_id,
            told.message_id,
            state,
            told.model,
            told.parent_run_id,
            told.created_at,
            None,
            fault,
        )

    def row(self) -> RunRow:
        """The run as its row would tell while it runs."""
        told = self.assignment
        return RunRow(
            told.run_id,
            told.conversation_id,
            told.message_id,
            "running",
            told.model,
            told.parent_run_id,
            told.created_at,
            None,
            None,
            told.epoch,
        )

    def add(self, events: list[RunEvent]) -> None:
        """Show *events* to the followers; the journal is told by `Journal.mark`."""
        self.unsafe_bytes += self.ring.append(events)

    def interrupt(self, reason: str) -> None:
        """Let the work end soon because of *reason*. Its provider's connection closes at once."""
        if not self.stop and not self.closing:
            self.stop = reason
            self._cancel()

    def lose(self) -> None:
        """Drop it without another word: its followers come back to whoever owns it."""
        if not self.lost:
            self.lost = True
            self.ring.end()
            self._cancel()

    def _cancel(self) -> None:
        if self.task is not None:
            self.task.cancel()
