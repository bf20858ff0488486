"""Shapes of requests and answers. Answers are plain records, the same in the API, in streams and under an
`Idempotency-Key`; requests are pydantic models that refuse what they do not know."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from modulon.sdk import Shown

from .contract import RunState
from .runs.usage import UsageRead

Shelf = Literal["all", "loose", "pinned", "archived", "deleted"]
"""Which conversations a list holds: all in sight, those neither pinned nor in a folder, …"""

TitleBy = Literal["words", "model", "person"]
MessageStatus = Literal["complete", "streaming", "interrupted", "failed", "cancelled", "limited"]
Role = Literal["user", "assistant"]

MAX_TEXT: Final = 1_000_000
"""Characters in one part that a person sends."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a run did not succeed: a stable code, and a sentence that says what is safe and what to do."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class TextPart:
    """Some text, Markdown in answers."""

    id: UUID
    index: int
    text: str
    type: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class ReasoningPart:
    """What the model showed of its thinking."""

    id: UUID
    index: int
    text: str
    type: Literal["reasoning"] = "reasoning"


@dataclass(frozen=True, slots=True)
class ToolCallPart:
    """A tool the model wants to call; *arguments* is JSON text."""

    id: UUID
    index: int
    call_id: str
    name: str
    arguments: str
    type: Literal["tool_call"] = "tool_call"


@dataclass(frozen=True, slots=True)
class ErrorPart:
    """Why the answer ends here."""

    id: UUID
    index: int
    code: str
    detail: str
    type: Literal["error"] = "error"


@dataclass(frozen=True, slots=True)
class NoticePart:
    """Something the person should know about the answer."""

    id: UUID
    index: int
    code: str
    detail: str
    type: Literal["notice"] = "notice"


Part = TextPart | ReasoningPart | ToolCallPart | ErrorPart | NoticePart


@dataclass(frozen=True, slots=True)
class MessageRead:
    """A message. *siblings* are the messages with the same parent, oldest first, itself included.

    While an answer is `streaming` its parts hold what earlier runs brought; the rest comes by its run's events.
    """

    id: UUID
    conversation_id: UUID
    parent_id: UUID | None
    role: Role
    status: MessageStatus
    model: str
    run_id: UUID | None
    created_at: datetime
    parts: tuple[Part, ...]
    siblings: tuple[UUID, ...]
    usage: UsageRead | None = None


@dataclass(frozen=True, slots=True)
class RunRead:
    """One attempt to answer."""

    id: UUID
    conversation_id: UUID
    message_id: UUID
    state: RunState
    model: str
    parent_run_id: UUID | None
    created_at: datetime
    finished_at: datetime | None = None
    error: Fault | None = None


@dataclass(frozen=True, slots=True)
class ConversationRead:
    """A conversation without its messages."""

    id: UUID
    title: str
    model: str
    active_message_id: UUID | None
    active_run_id: UUID | None
    created_at: datetime
    updated_at: datetime
    title_by: TitleBy = "words"
    folder_id: UUID | None = None
    pinned: bool = False
    archived: bool = False
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BulkItem:
    """What became of one of many: the *status* a request of its own would have had, and why it was refused."""

    id: UUID
    status: int
    error: Fault | None = None


@dataclass(frozen=True, slots=True)
class BulkResult:
    """A result for each id, in the order they were given."""

    items: tuple[BulkItem, ...]


@dataclass(frozen=True, slots=True)
class FolderRead:
    """A folder of conversations."""

    id: UUID
    name: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class FolderPage:
    """Folders by name."""

    items: tuple[FolderRead, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """Conversations, the most recently used first; *next* leads to older ones."""

    items: tuple[ConversationRead, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class MessagePage:
    """Part of the active branch, oldest first; *next* leads to the messages before these."""

    items: tuple[MessageRead, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was stored before this was said. The answer is being written; follow its run's events."""

    answer: MessageRead
    run: RunRead
    message: MessageRead | None = None
    conversation: ConversationRead | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a passage; *hit*: it is what was searched for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Where something was found: in a message, or without *message_id* in the title. *passage* is the text around."""

    conversation_id: UUID
    title: tuple[Piece, ...]
    message_id: UUID | None
    role: Role | None
    passage: tuple[Piece, ...]
    at: datetime
    pinned: bool
    archived: bool
    folder_id: UUID | None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was found, the newest first; each conversation once on a page. *next* leads to more."""

    items: tuple[SearchHit, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Created:
    """A new conversation."""

    conversation: ConversationRead


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TextInput(_Request):
    """Text a person wrote."""

    type: Literal["text"]
    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]


Parts = Annotated[tuple[TextInput, ...], Field(min_length=1, max_length=20)]
Model = Annotated[str, Field(min_length=1, max_length=300)]


class FirstMessage(_Request):
    """The message a conversation begins with."""

    parts: Parts
    model: Model | None = None


class ConversationCreate(_Request):
    """A new conversation, with or without its first message."""

    title: Annotated[str, Field(max_length=200), Shown] = ""
    model: Model | None = None
    message: FirstMessage | None = None


class ConversationUpdate(_Request):
    """JSON Merge Patch. *active_message_id* shows the branch through that message, down to its newest end;
    a *folder_id* of `null` takes it out of its folder."""

    title: Annotated[str, Field(min_length=1, max_length=200), Shown] | None = None
    active_message_id: UUID | None = None
    folder_id: UUID | None = None
    pinned: bool | None = None
    archived: bool | None = None


class BulkChange(_Request):
    """The same change to many conversations. *update* takes the fields below that are given, as `PATCH` of one does."""

    ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=200)]
    action: Literal["update", "delete", "restore", "delete_for_ever"]
    folder_id: UUID | None = None
    pinned: bool | None = None
    archived: bool | None = None


FolderName = Annotated[str, Field(min_length=1, max_length=80), Shown]


class FolderCreate(_Request):
    """A new folder."""

    name: FolderName


class FolderUpdate(_Request):
    """JSON Merge Patch."""

    name: FolderName | None = None


class MessageCreate(_Request):
    """A message after *parent_id* (`null`: at the beginning). One with the same parent as another is its edit."""

    parent_id: UUID | None
    parts: Parts
    model: Model | None = None


class Regenerate(_Request):
    """Another answer beside this one, by another model if one is named."""

    model: Model | None = None


PartType = Literal["text", "reasoning", "tool_call", "error", "notice"]


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part as it is stored: *content* holds what is particular to its type."""

    id: UUID
    index: int
    type: PartType
    content: dict[str, str] = field(default_factory=dict[str, str])

    def read(self) -> Part:
        """The part as it is shown."""
        told = self.content
        match self.type:
            case "text":
                return TextPart(self.id, self.index, told["text"])
            case "reasoning":
                return ReasoningPart(self.id, self.index, told["text"])
            case "tool_call":
                return ToolCallPart(self.id, self.index, told["call_id"], told["name"], told["arguments"])
            case "error":
                return ErrorPart(self.id, self.index, told["code"], told["detail"])
            case "notice":
                return NoticePart(self.id, self.index, told["code"], told["detail"])
