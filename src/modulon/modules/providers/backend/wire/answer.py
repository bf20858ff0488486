"""An answer in OpenAI's format, event by event, as the contract's deltas."""

from collections.abc import Sequence
from typing import Final

import msgspec

from modulon.modules.providers.backend.errors import BadResponse, ConnectionFailed
from modulon.sdk import NOT_JSON, UpstreamFailed
from modulon.sdk.inference import (
    Finish,
    FinishReason,
    ModelDelta,
    ReasoningDelta,
    TextDelta,
    ToolCallDelta,
    Usage,
)

from .faults import VendorError, fault_of
from .shapes import Call, Chunk, Delta, Piece, TokenUsage, decode_chunk

_REASONS: Final[dict[str, FinishReason]] = {
    "stop": "stop",
    "length": "length",
    "tool_calls": "tool_calls",
    "function_call": "tool_calls",
    "content_filter": "content_filter",
}


class Answer:
    """Takes the lines of one stream. *done* once the provider said so; *finish* once it gave a reason to end."""

    __slots__ = ("_call", "_calls", "done", "ended", "finish", "usage")

    def __init__(self) -> None:
        self.done = False
        self.ended = False
        self.finish: FinishReason | None = None
        self.usage: Usage | None = None
        self._calls: dict[str, int] = {}
        self._call = 0

    def take(self, lines: Sequence[bytes]) -> tuple[list[ModelDelta], UpstreamFailed | None]:
        """What *lines* say, and the failure after it: what arrived before an error counts."""
        batch: list[ModelDelta] = []
        try:
            for line in lines:
                # Blank lines, comments, and `event:`, which only repeats what the data say, are passed over.
                if line.startswith(b"data:"):
                    data = line[5:].strip()
                    if data == b"[DONE]":
                        self.done = True
                        break
                    if data:
                        self._take_chunk(data, batch)
        except UpstreamFailed as failure:
            return batch, failure
        return batch, None

    def whole(self, body: bytes) -> list[ModelDelta]:
        """What an answer says that was not streamed although it was asked for. Raises `ModelFailed`."""
        batch: list[ModelDelta] = []
        self._take_chunk(body, batch)
        self.done = True
        return batch

    def end(self) -> list[ModelDelta]:
        """The last batch: usage, if it was told, and the end. Raises `ConnectionFailed` if there was none."""
        if self.finish is None and not self.done:
            raise ConnectionFailed
        self.ended = True
        finish = Finish(self.finish or "stop")
        return [finish] if self.usage is None else [self.usage, finish]

    def _take_chunk(self, data: bytes, batch: list[ModelDelta]) -> None:
        try:
            chunk = decode_chunk(data)
        except NOT_JSON as error:
            raise BadResponse from error
        if chunk.choices:
            choice = chunk.choices[0]
            delta = choice.delta or choice.message
            if delta is not None:
                self._add(delta, batch)
            if choice.finish_reason:
                self.finish = _REASONS.get(choice.finish_reason, "other")
        if chunk.usage is not None:
            self.usage = _usage(chunk.usage)
        if chunk.error is not None:
            raise _failure(chunk)

    def _add(self, delta: Delta, batch: list[ModelDelta]) -> None:
        content = delta.content
        if content:
            if isinstance(content, str):
                batch.append(TextDelta(content))
            else:
                _add_pieces(content, batch)
        reasoning = delta.reasoning_content or delta.reasoning
        if reasoning:
            batch.append(ReasoningDelta(reasoning))
        if delta.tool_calls:
            batch.extend(self._call_delta(call) for call in delta.tool_calls)

    def _call_delta(self, call: Call) -> ToolCallDelta:
        """One part of a call. Without an index, a new id begins a new call; all else goes on with the last."""
        index = call.index
        if index is None:
            if call.id and call.id not in self._calls:
                self._calls[call.id] = len(self._calls)
            index = self._calls[call.id] if call.id else self._call
        self._call = index
        function = call.function
        if function is None:
            return ToolCallDelta(index, call.id or "")
        arguments = function.arguments
        if isinstance(arguments, dict):
            arguments = msgspec.json.encode(arguments).decode()
        return ToolCallDelta(index, call.id or "", function.name or "", arguments or "")


def _add_pieces(pieces: list[Piece], batch: list[ModelDelta]) -> None:
    for piece in pieces:
        if piece.thinking:
            thinking = piece.thinking
            batch.append(
                ReasoningDelta(thinking if isinstance(thinking, str) else "".join(p.text or "" for p in thinking))
            )
        elif piece.text:
            batch.append(TextDelta(piece.text))


def _usage(usage: TokenUsage) -> Usage:
    details = usage.prompt_tokens_details
    cached = details.cached_tokens if details else None
    return Usage(usage.prompt_tokens or 0, usage.completion_tokens or 0, cached or 0)


def _failure(chunk: Chunk) -> UpstreamFailed:
    found = VendorError.of({"error": chunk.error})
    # An error inside a stream has no status of its own; most providers repeat it as the code.
    return fault_of(found.status or 500, {}, found)
