"""Answers in OpenAI's chat completions format, encoded before the first byte is sent."""

from dataclasses import dataclass
from typing import Final

import msgspec

from tests.rig.provider import text
from tests.rig.provider.behaviour import Behaviour
from tests.rig.provider.request import ChatRequest, ToolCall, scripted_tool_call

CREATED: Final = 1_700_000_000
"""A fixed time: answers must be the same byte for byte."""
SPLIT_SIZE: Final = 7
"""Bytes per piece of `sim-split`: shorter than an event and no multiple of a character's length."""
_DONE: Final = b"data: [DONE]\n\n"

Json = dict[str, object]
encode = msgspec.json.encode


@dataclass(frozen=True)
class Answer:
    """One answer, streamed and not."""

    whole: bytes
    """The body when the request does not stream."""
    head: bytes
    """Streamed after the delay."""
    tokens: tuple[bytes, ...]
    """Streamed at the chosen pace."""
    tail: bytes
    """Streamed after the last token."""


def event(value: object) -> bytes:
    return b"data: " + encode(value) + b"\n\n"


class _Chunks:
    """Writes the chunks of one streamed answer."""

    def __init__(self, model: str) -> None:
        self.model = model

    def __call__(self, delta: Json, finish: str | None = None) -> bytes:
        return self.bare(choices=[{"index": 0, "delta": delta, "finish_reason": finish}])

    def bare(self, **fields: object) -> bytes:
        base = {"id": "chatcmpl-sim", "object": "chat.completion.chunk", "created": CREATED, "model": self.model}
        return event({**base, **fields})


def build_answer(request: ChatRequest, how: Behaviour) -> Answer:
    """Encode the answer to *request* that *how* describes."""
    chunks = _Chunks(request.model)
    call = scripted_tool_call(request)
    if call is not None:
        message, streamed, count, finish = _call_message(call), _call_events(chunks, call), how.tokens, "tool_calls"
    else:
        reasoning, words = _words(request, how)
        message = _text_message("".join(reasoning), "".join(words))
        streamed = [chunks({"reasoning_content": word}) for word in reasoning]
        streamed += [chunks({"content": word}) for word in words]
        count = len(reasoning) + len(words)
        finish = "length" if request.limit is not None and count >= request.limit else "stop"
    usage = {
        "prompt_tokens": request.prompt_tokens,
        "completion_tokens": count,
        "total_tokens": request.prompt_tokens + count,
    }
    wants_usage = request.stream_options is not None and request.stream_options.include_usage
    tail = chunks({}, finish) + (chunks.bare(choices=[], usage=usage) if wants_usage else b"") + _DONE
    return Answer(
        whole=_whole(request.model, message, finish, usage),
        head=chunks({"role": "assistant", "content": ""}),
        tokens=_disturbed(how.kind, streamed),
        tail=tail,
    )


def _whole(model: str, message: Json, finish: str, usage: dict[str, int]) -> bytes:
    choice = {"index": 0, "message": message, "finish_reason": finish}
    base = {"id": "chatcmpl-sim", "object": "chat.completion", "created": CREATED, "model": model}
    return encode({**base, "choices": [choice], "usage": usage})


def _words(request: ChatRequest, how: Behaviour) -> tuple[list[str], list[str]]:
    """The reasoning and the answer as lists of tokens."""
    match how.kind:
        case "empty":
            return [], []
        case "big":
            return [], [text.big_text()]
        case "echo":
            return [], text.pieces(request.last_user_text)
        case "split":
            return [], [text.MANY_SCRIPTS] * max(1, how.tokens // 10)
        case "think":
            return [f"Step {number}. " for number in range(1, how.tokens // 2 + 1)], text.tokens(how.tokens)
        case _:
            return [], text.tokens(how.tokens)


def _text_message(reasoning: str, content: str) -> Json:
    thought: Json = {"reasoning_content": reasoning} if reasoning else {}
    return {"role": "assistant", "content": content, **thought}


def _call_message(call: ToolCall) -> Json:
    function = {"name": call.name, "arguments": call.arguments}
    return {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": call.id, "type": "function", "function": function}],
    }


def _call_events(chunks: _Chunks, call: ToolCall) -> list[bytes]:
    """The call's head, then its arguments in two halves, as real providers send them."""
    head = {"index": 0, "id": call.id, "type": "function", "function": {"name": call.name, "arguments": ""}}
    half = len(call.arguments) // 2
    return [
        chunks({"tool_calls": [head]}),
        *(
            chunks({"tool_calls": [{"index": 0, "function": {"arguments": part}}]})
            for part in (call.arguments[:half], call.arguments[half:])
        ),
    ]


def _disturbed(kind: str, events: list[bytes]) -> tuple[bytes, ...]:
    """Damage the stream as *kind* demands."""
    if kind == "split":
        stream = b"".join(events)
        return tuple(stream[start : start + SPLIT_SIZE] for start in range(0, len(stream), SPLIT_SIZE))
    if kind == "malformed":
        middle = len(events) // 2
        return (*events[:middle], b'data: {"choices": [{"delta"\n\n', *events[middle:])
    if kind == "bytes":
        middle = len(events) // 2
        return (*events[:middle], b'data: {"choices": [{"delta": {"content": "\xff\xfe"}}]}\n\n', *events[middle:])
    return tuple(events)
