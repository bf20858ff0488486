"""What other modules may rely on: the facts chat tells and the place where they may change a request to a model."""

from typing import ClassVar, Final, Literal
from uuid import UUID

from modulon.sdk import Event, FilterPoint
from modulon.sdk.inference import ModelRequest

RunState = Literal["queued", "running", "waiting", "succeeded", "failed", "cancelled", "limited", "interrupted"]

REQUEST: Final = FilterPoint("chat.request", ModelRequest)
"""Runs on each request of a conversation before the model is asked, on behalf of the person who wrote."""


class ConversationCreated(Event, frozen=True):
    """A conversation was begun."""

    type: ClassVar[str] = "chat.conversation_created"
    notify: ClassVar[bool] = True
    conversation_id: UUID


class ConversationRenamed(Event, frozen=True):
    """A conversation got another title."""

    type: ClassVar[str] = "chat.conversation_renamed"
    notify: ClassVar[bool] = True
    conversation_id: UUID


class ConversationMoved(Event, frozen=True):
    """A conversation stands elsewhere in the lists: in another folder, pinned, archived, or no longer."""

    type: ClassVar[str] = "chat.conversation_moved"
    notify: ClassVar[bool] = True
    conversation_id: UUID


class ConversationRestored(Event, frozen=True):
    """A deleted conversation was taken back."""

    type: ClassVar[str] = "chat.conversation_restored"
    notify: ClassVar[bool] = True
    conversation_id: UUID


class FolderChanged(Event, frozen=True):
    """A folder was made, renamed or deleted."""

    type: ClassVar[str] = "chat.folder_changed"
    notify: ClassVar[bool] = True
    folder_id: UUID


class ConversationDeleted(Event, frozen=True):
    """A conversation was deleted with everything in it; for some days its owner can still take it back."""

    type: ClassVar[str] = "chat.conversation_deleted"
    notify: ClassVar[bool] = True
    conversation_id: UUID


class MessageAccepted(Event, frozen=True):
    """A person asked for an answer; it is safe. *message_id* is what the person wrote, `None` when an answer is
    asked for once more (again, or to go on)."""

    type: ClassVar[str] = "chat.message_accepted"
    notify: ClassVar[bool] = True
    conversation_id: UUID
    message_id: UUID | None
    answer_id: UUID
    run_id: UUID


class RunStarted(Event, frozen=True):
    """A process began to work on a run."""

    type: ClassVar[str] = "chat.run_started"
    conversation_id: UUID
    run_id: UUID


class RunFinished(Event, frozen=True):
    """A run ended, in whichever way *state* says. What it brought is in the answer's parts."""

    type: ClassVar[str] = "chat.run_finished"
    notify: ClassVar[bool] = True
    conversation_id: UUID
    answer_id: UUID
    run_id: UUID
    state: RunState
    model: str
    input_tokens: int = 0
    output_tokens: int = 0
