"""The parts of OpenAI's chat completion format that are read. Everything else in an event is skipped undecoded."""

from typing import Any

import msgspec


class Function(msgspec.Struct, gc=False):
    """Name and arguments of a call; some providers send the arguments as an object."""

    name: str | None = None
    arguments: str | dict[str, Any] | None = None


class Call(msgspec.Struct, gc=False):
    """Part of a tool call; some providers leave out the index."""

    index: int | None = None
    id: str | None = None
    function: Function | None = None


class Piece(msgspec.Struct, gc=False):
    """One element of a content that comes as a list."""

    type: str = ""
    text: str | None = None
    thinking: "str | list[Piece] | None" = None


class Delta(msgspec.Struct, gc=False):
    """What one event adds, or a whole message."""

    content: str | list[Piece] | None = None
    reasoning_content: str | None = None
    reasoning: str | None = None
    tool_calls: list[Call] | None = None


class Choice(msgspec.Struct, gc=False):
    """One answer; there is only ever one. `message` stands in answers that are not streamed."""

    delta: Delta | None = None
    message: Delta | None = None
    finish_reason: str | None = None


class PromptDetails(msgspec.Struct, gc=False):
    """How much of the prompt was cached."""

    cached_tokens: int | None = None


class TokenUsage(msgspec.Struct, gc=False):
    """The provider's counts."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    prompt_tokens_details: PromptDetails | None = None


class Chunk(msgspec.Struct, gc=False):
    """One event of a stream, or a whole answer."""

    choices: list[Choice] | None = None
    usage: TokenUsage | None = None
    error: Any = None


decode_chunk = msgspec.json.Decoder(Chunk).decode
