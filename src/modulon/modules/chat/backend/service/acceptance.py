"""Accepting a message: what a person wrote, the answer to come, its run and the fact in the log, in one unit of work.

The unit is gathered and sent at once, so that it costs a fraction of a millisecond and is durable before 202 is said.
Reads before it only choose words for a refusal; the unit itself demands that everything named belongs together.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from modulon.modules.chat.backend.contract import MessageAccepted
from modulon.modules.chat.backend.runs.answer import clean
from modulon.modules.chat.backend.runs.engine import engine_of
from modulon.modules.chat.backend.schemas import MessageRead, PartRow, RunRead, TextInput
from modulon.modules.chat.backend.store import messages as messages_store
from modulon.modules.chat.backend.store import runs as store
from modulon.modules.chat.backend.store.engine import Assignment
from modulon.sdk import Context, Unauthenticated, Write, new_id
from modulon.sdk.storage import now

from .views import message_read

ENDINGS: Final = ("error", "notice")
"""Parts that say why an answer ended; they go when it goes on."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One answer to be written: its place in the tree, its run, and what begins it.

    *parent_id* is what the answer follows; *first_index* where its next part goes.
    """

    conversation_id: UUID
    parent_id: UUID | None
    answer_id: UUID
    run_id: UUID
    trigger: str
    model: str
    at: datetime
    parent_run_id: UUID | None = None
    first_index: int = 0

    def run(self) -> RunRead:
        """The run as it is shown."""
        return RunRead(
            self.run_id, self.conversation_id, self.answer_id, "queued", self.model, self.parent_run_id, self.at
        )

    def answer_row(self) -> messages_store.MessageRow:
        """The answer, still empty."""
        return messages_store.MessageRow(
            self.answer_id,
            self.conversation_id,
            self.parent_id,
            "assistant",
            "streaming",
            self.model,
            self.run_id,
            None,
            None,
            None,
            None,
            self.at,
        )


def turn(conversation: UUID, parent: UUID | None, trigger: str, model: str) -> Turn:
    """A new answer after *parent*."""
    return Turn(conversation, parent, new_id(), new_id(), trigger, model, now())


def written(conversation: UUID, parent: UUID | None, message: UUID) -> messages_store.MessageRow:
    """What a person wrote, as a row."""
    nothing = (None, None, None, None, None)  # no run, and neither tokens nor cost
    return messages_store.MessageRow(message, conversation, parent, "user", "complete", "", *nothing, now())


def parts_of(texts: tuple[TextInput, ...]) -> list[PartRow]:
    """What a person wrote, as parts."""
    return [PartRow(new_id(), index, "text", {"text": clean(one.text)}) for index, one in enumerate(texts)]


def add_message(tx: Write, row: messages_store.MessageRow, parts: list[PartRow], back: int) -> MessageRead:
    """Add a message to the unit; *back* counts from the last of those the conversation makes room for."""
    tx.run(
        messages_store.ADD,
        {
            "id": row.id,
            "conversation_id": row.conversation_id,
            "parent_id": row.parent_id,
            "back": back,
            "role": row.role,
            "status": row.status,
            "model": row.model,
            "run_id": row.run_id,
            "input_tokens": None,
            "output_tokens": None,
            "cost": None,
            "currency": None,
            "created_at": row.created_at,
        },
    )
    tx.run(
        messages_store.ADD_PART,
        [{"id": p.id, "message_id": row.id, "index": p.index, "type": p.type, "content": p.content} for p in parts],
    )
    return message_read(row, parts, (row.id,))


def add_run(ctx: Context, tx: Write, turn: Turn, message_id: UUID | None) -> Assignment:
    """Add the run of *turn*, its first step and the fact to the unit; returns what this process will work on."""
    user, workspace = acting(ctx)
    owner = engine_of(ctx).me
    tx.run(store.ADD, _run_row(turn, user, owner))
    tx.run(
        store.ADD_STEP,
        {
            "run_id": turn.run_id,
            "n": 1,
            "kind": "model",
            "state": "intended",
            "input_hash": _input_hash(turn),
            "attempt": 0,
            "started_at": None,
            "finished_at": None,
        },
    )
    tx.emit(
        MessageAccepted(turn.conversation_id, message_id, turn.answer_id, turn.run_id), key=str(turn.conversation_id)
    )
    return Assignment(
        turn.run_id,
        turn.conversation_id,
        workspace,
        turn.answer_id,
        turn.parent_id,
        user,
        turn.trigger,
        turn.parent_run_id,
        "queued",
        turn.model,
        1,
        turn.first_index,
        turn.at,
    )


def acting(ctx: Context) -> tuple[UUID, UUID]:
    """The person who acts, and where."""
    principal = ctx.principal
    if principal.user is None or principal.workspace is None:
        raise Unauthenticated
    return principal.user, principal.workspace


def _run_row(turn: Turn, user: UUID, owner: UUID) -> dict[str, Any]:
    return {
        "id": turn.run_id,
        "conversation_id": turn.conversation_id,
        "message_id": turn.answer_id,
        "trigger": turn.trigger,
        "on_behalf_of": user,
        "parent_run_id": turn.parent_run_id,
        "state": "queued",
        "model": turn.model,
        "owner": owner,
        "stream_epoch": 1,
        "stop": "",
        "error": None,
        "input_tokens": None,
        "output_tokens": None,
        "cost": None,
        "currency": None,
        "created_at": turn.at,
        "started_at": None,
        "finished_at": None,
    }


def _input_hash(turn: Turn) -> bytes:
    """What the step is asked, in short: messages never change, so the place in the tree and the model say it all."""
    leaf = turn.answer_id if turn.trigger == "continue" else turn.parent_id
    return hashlib.sha256((leaf.bytes if leaf else b"") + turn.model.encode()).digest()
