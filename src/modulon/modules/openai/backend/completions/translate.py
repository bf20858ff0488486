"""Chat completions over providers that speak another format: translated event by event."""

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from typing import Any, Final

import msgspec

from modulon.modules.openai.backend.errors import RequestInvalid, openai_error
from modulon.modules.providers.backend.contract import ModelsService, ResolvedModel, asked_again
from modulon.sdk import NOT_JSON, Context, UpstreamFailed, new_id
from modulon.sdk.inference import (
    Finish,
    ModelDelta,
    ModelMessage,
    ModelRequest,
    ReasoningDelta,
    TextDelta,
    ToolCall,
    ToolCallDelta,
    ToolDefinition,
    Usage,
)
from modulon.sdk.routes import Send

from .relay import send_json

_EVENTS: Final = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-cache")]
_OURS: Final = frozenset({"model", "messages", "tools", "stream", "stream_options"})
_encode = msgspec.json.Encoder().encode


class _Function(msgspec.Struct):
    name: str
    description: str = ""
    arguments: str = ""
    parameters: dict[str, Any] = msgspec.field(default_factory=dict[str, Any])


class _Call(msgspec.Struct):
    id: str
    function: _Function


class _Tool(msgspec.Struct):
    function: _Function


class _Piece(msgspec.Struct):
    text: str = ""


class _Message(msgspec.Struct):
    role: str
    content: str | list[_Piece] | None = None
    tool_calls: list[_Call] = msgspec.field(default_factory=list[_Call])
    tool_call_id: str = ""


class _Options(msgspec.Struct):
    include_usage: bool = False


class _Body(msgspec.Struct):
    messages: list[_Message]
    tools: list[_Tool] = msgspec.field(default_factory=list[_Tool])
    stream: bool = False
    stream_options: _Options | None = None


async def translate(ctx: Context, models: ModelsService, model: ResolvedModel, body: bytes, send: Send) -> None:
    """Ask *model* and answer in OpenAI's format. Raises a `Problem` only before the first byte."""
    try:
        asked = msgspec.json.decode(body, type=_Body)
        everything = msgspec.json.decode(body, type=dict[str, Any])
    except NOT_JSON as error:
        raise RequestInvalid from error
    parameters = {name: value for name, value in everything.items() if name not in _OURS}
    request = ModelRequest(
        model.vendor_id,
        tuple(_message(message) for message in asked.messages),
        tuple(ToolDefinition(t.function.name, t.function.description, t.function.parameters) for t in asked.tools),
        parameters,
    )
    answer = _Answer(model.id)
    async with aclosing(asked_again(ctx, lambda: models.stream(model, request))) as batches:
        if asked.stream:
            options = asked.stream_options
            await _stream(batches, answer, send, ctx.trace, with_usage=bool(options and options.include_usage))
        else:
            async for batch in batches:
                for delta in batch:
                    answer.add(delta)
            await send_json(send, 200, answer.whole())


async def _stream(
    batches: AsyncIterator[Sequence[ModelDelta]], answer: "_Answer", send: Send, trace: str, *, with_usage: bool
) -> None:
    started = False
    last = b"data: [DONE]\n\n"
    try:
        async for batch in batches:
            if not started:
                started = True
                await send({"type": "http.response.start", "status": 200, "headers": list(_EVENTS)})
            events = b"".join(answer.event(delta, with_usage=with_usage) for delta in batch)
            if events:
                await send({"type": "http.response.body", "body": events, "more_body": True})
    except UpstreamFailed as problem:
        if not started:
            raise
        last = b"data: " + openai_error(problem, trace) + b"\n\n"
    if not started:
        await send({"type": "http.response.start", "status": 200, "headers": list(_EVENTS)})
    await send({"type": "http.response.body", "body": last})


class _Answer:
    """One answer in OpenAI's format, whole or as events."""

    def __init__(self, model: str) -> None:
        self._fixed = {"id": f"chatcmpl-{new_id().hex}", "created": int(time.time()), "model": model}
        self._text: list[str] = []
        self._calls: dict[int, dict[str, Any]] = {}
        self._usage = Usage()
        self._reason = "stop"

    def add(self, delta: ModelDelta) -> None:
        """Gather a delta for the whole answer."""
        match delta:
            case TextDelta():
                self._text.append(delta.text)
            case ToolCallDelta():
                empty = {"id": delta.id, "type": "function", "function": {"name": delta.name, "arguments": ""}}
                self._calls.setdefault(delta.index, empty)["function"]["arguments"] += delta.arguments
            case Usage():
                self._usage = delta
            case Finish():
                self._reason = delta.reason
            case _:
                pass

    def whole(self) -> bytes:
        """The answer that is not streamed."""
        message: dict[str, Any] = {"role": "assistant", "content": "".join(self._text)}
        if self._calls:
            message["tool_calls"] = list(self._calls.values())
        choice = {"index": 0, "message": message, "finish_reason": self._reason}
        fixed = {**self._fixed, "object": "chat.completion"}
        return _encode({**fixed, "choices": [choice], "usage": _counts(self._usage)})

    def event(self, delta: ModelDelta, *, with_usage: bool) -> bytes:
        """One event of a stream; empty for what the client did not ask for."""
        match delta:
            case TextDelta():
                return self._chunk({"content": delta.text})
            case ReasoningDelta():
                return self._chunk({"reasoning_content": delta.text})
            case ToolCallDelta():
                function = {"name": delta.name, "arguments": delta.arguments}
                call = {"index": delta.index, "id": delta.id, "type": "function", "function": function}
                return self._chunk({"tool_calls": [call]})
            case Finish():
                return self._chunk({}, delta.reason) + (self._counted() if with_usage else b"")
            case Usage():
                self._usage = delta
                return b""

    def _chunk(self, delta: dict[str, Any], reason: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        return _event({**self._fixed, "object": "chat.completion.chunk", "choices": [choice]})

    def _counted(self) -> bytes:
        fixed = {**self._fixed, "object": "chat.completion.chunk"}
        return _event({**fixed, "choices": [], "usage": _counts(self._usage)})


def _event(value: dict[str, Any]) -> bytes:
    return b"data: " + _encode(value) + b"\n\n"


def _counts(usage: Usage) -> dict[str, int]:
    total = usage.input_tokens + usage.output_tokens
    return {"prompt_tokens": usage.input_tokens, "completion_tokens": usage.output_tokens, "total_tokens": total}


def _message(message: _Message) -> ModelMessage:
    content = message.content
    text = content if isinstance(content, str) else "".join(piece.text for piece in content or ())
    calls = tuple(ToolCall(call.id, call.function.name, call.function.arguments) for call in message.tool_calls)
    match message.role:
        case "user" | "assistant" | "system" | "tool" as role:
            return ModelMessage(role, text, calls, message.tool_call_id)
        case "developer":
            return ModelMessage("system", text)
        case _:
            raise RequestInvalid
