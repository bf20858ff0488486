"""The portable form of conversations: all that is in them, without whose they are. Version 1.

What is read is checked as what comes from a stranger: unknown fields are refused, every id is only a name inside the
file, and nothing in it can say whose something becomes.
"""

from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, WrapValidator

from modulon.modules.chat.backend.errors import CostHigh
from modulon.modules.chat.backend.schemas import MAX_TEXT, MessageStatus, Role, TitleBy
from modulon.sdk import Largest, Shown
from modulon.sdk.money import AMOUNT, CURRENCY, micros_of

FORMAT: Final = "modulon.conversations"
VERSION: Final = 1
MOST_AT_ONCE: Final = 20
MOST_MESSAGES: Final = 20_000
"""Messages of one conversation."""
MOST_MICROS: Final = 10**14
"""What an answer may cost, so that the sum of all that one conversation holds can be stored."""
ENOUGH_MESSAGES: Final = 5_000
"""Nothing is added to a portion that has so many."""
LARGEST: Final = Largest(bytes=48 * 1024 * 1024, values=500_000)
"""A portion that is read, so that the longest conversation fits: a message is some 17 values, and about 2 KB."""

AS_IT_CAME: Final = WrapValidator(lambda value, _look: value)
"""Not compared with its shape with all that stands around it: `portable_check.checked` does that, some at a time."""

Long = Annotated[str, Field(max_length=MAX_TEXT * 4)]
Short = Annotated[str, Field(max_length=2_000)]
Name = Annotated[str, Field(max_length=300), Shown]


def _can_be_added(amount: str) -> str:
    if micros_of(amount) >= MOST_MICROS:
        raise CostHigh
    return amount


class _Portable(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PortableText(_Portable):
    """Text, or what a model showed of its thinking."""

    type: Literal["text", "reasoning"]
    text: Long


class PortableToolCall(_Portable):
    """A tool the model wanted to call."""

    type: Literal["tool_call"]
    call_id: Short
    name: Short
    arguments: Long


class PortableRemark(_Portable):
    """Why an answer ended, or something to know about it."""

    type: Literal["error", "notice"]
    code: Short
    detail: Short


PortablePart = Annotated[PortableText | PortableToolCall | PortableRemark, Field(discriminator="type")]


class PortableCost(_Portable):
    """What an answer cost when it was written."""

    amount: Annotated[str, Field(pattern=AMOUNT), AfterValidator(_can_be_added)]
    currency: Annotated[str, Field(pattern=CURRENCY)]


class PortableUsage(_Portable):
    """Tokens the provider counted, and their cost if a price was known."""

    input_tokens: Annotated[int, Field(ge=0, le=2**31 - 1)]
    output_tokens: Annotated[int, Field(ge=0, le=2**31 - 1)]
    cost: PortableCost | None = None


class PortableMessage(_Portable):
    """A message; its parent comes before it in the file."""

    id: UUID
    parent_id: UUID | None
    role: Role
    status: MessageStatus
    model: Name
    created_at: AwareDatetime
    parts: Annotated[tuple[PortablePart, ...], Field(max_length=1_000)]
    usage: PortableUsage | None = None


class PortableConversation(_Portable):
    """A conversation with every branch. *id* tells, when it is read twice, that it is the same one."""

    id: UUID
    title: Annotated[str, Field(max_length=200), Shown]
    title_by: TitleBy
    model: Name
    folder: Annotated[str, Field(max_length=80), Shown] | None
    pinned: bool
    archived: bool
    created_at: AwareDatetime
    updated_at: AwareDatetime
    active_message_id: UUID | None
    messages: Annotated[tuple[PortableMessage, ...], Field(max_length=MOST_MESSAGES)]


class PortableFile(_Portable):
    """What is written to a file."""

    format: Literal["modulon.conversations"]
    version: Literal[1]
    exported_at: AwareDatetime
    conversations: tuple[PortableConversation, ...]


class ExportRequest(_Portable):
    """Which conversations."""

    ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MOST_AT_ONCE)]


class ImportRequest(_Portable):
    """Some of the conversations of a file."""

    format: Literal["modulon.conversations"]
    version: Literal[1]
    exported_at: datetime | None = None
    conversations: Annotated[
        tuple[Annotated[PortableConversation, AS_IT_CAME], ...], Field(min_length=1, max_length=MOST_AT_ONCE)
    ]


class Imported(_Portable):
    """What became of one: made anew under *id*, or `known`: it was here already and is left as it is."""

    origin: UUID
    id: UUID
    result: Literal["created", "known"]


class ImportResult(_Portable):
    """A result for each conversation, in the order of the file."""

    items: tuple[Imported, ...]
