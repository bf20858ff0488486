"""OpenAI's wire format: pieces become deltas, errors become what a person can do."""

import json
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modulon.modules.providers.backend.errors import BadResponse, ConnectionFailed, ProviderFailed
from modulon.modules.providers.backend.wire.answer import Answer
from modulon.modules.providers.backend.wire.faults import fault_of, read_error, retry_after
from modulon.modules.providers.backend.wire.lines import LONGEST, Lines
from modulon.modules.providers.backend.wire.listing import models_of
from modulon.modules.providers.backend.wire.requests import chat_body
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


def event(value: Any) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"


def delta(**fields: Any) -> bytes:
    return event({"choices": [{"delta": fields}]})


def deltas_of(*events: bytes) -> list[ModelDelta]:
    answer, found = Answer(), list[ModelDelta]()
    for one in events:
        batch, failure = answer.take(one.split(b"\n"))
        found += batch
        if failure:
            raise failure
    return found


STREAM = b"".join(
    [
        b": OPENROUTER PROCESSING\n\n",
        delta(role="assistant", content=""),
        delta(reasoning_content="hm"),
        delta(content="Zoë 寿司 🦊"),
        b"event: message\n",
        delta(content="!"),
        event({"choices": [{"delta": {}, "finish_reason": "length"}]}),
        event({"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 2}}),
        b"data: [DONE]\n\n",
    ]
)
EXPECTED = [ReasoningDelta("hm"), TextDelta("Zoë 寿司 🦊"), TextDelta("!"), Usage(3, 2, 0), Finish("length")]


@given(st.lists(st.integers(0, len(STREAM)), max_size=20), st.booleans())
def test_r21_however_the_network_cuts_it_the_deltas_are_the_same(places: list[int], crlf: bool) -> None:
    data = STREAM.replace(b"\n", b"\r\n") if crlf else STREAM
    at = [0, *sorted(places), len(data)]
    lines, answer, found = Lines(), Answer(), list[ModelDelta]()
    for a, b in pairwise(at):
        batch, failure = answer.take(lines.feed(data[a:b]))
        assert failure is None
        found += batch
    assert found + answer.end() == EXPECTED


def test_tool_calls_in_parts_and_without_an_index() -> None:
    parts = deltas_of(
        delta(tool_calls=[{"index": 1, "id": "a", "function": {"name": "f", "arguments": ""}}]),
        delta(tool_calls=[{"index": 1, "function": {"arguments": '{"x"'}}]),
    )
    assert parts == [ToolCallDelta(1, "a", "f", ""), ToolCallDelta(1, "", "", '{"x"')]
    loose = deltas_of(
        delta(tool_calls=[{"id": "a", "function": {"name": "f", "arguments": {"x": 1}}}, {"id": "b"}]),
        delta(tool_calls=[{"function": {"arguments": "}"}}]),
    )
    assert loose == [ToolCallDelta(0, "a", "f", '{"x":1}'), ToolCallDelta(1, "b"), ToolCallDelta(1, "", "", "}")]


def test_content_as_a_list_of_pieces() -> None:
    found = deltas_of(
        delta(
            content=[{"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}, {"type": "text", "text": "ok"}]
        )
    )
    assert found == [ReasoningDelta("hm"), TextDelta("ok")]


def test_what_came_before_an_error_counts() -> None:
    answer = Answer()
    batch, failure = answer.take(
        (delta(content="begun") + event({"error": {"code": 429, "message": "slow"}})).split(b"\n")
    )
    assert batch == [TextDelta("begun")]
    assert isinstance(failure, ProviderFailed)
    assert failure.fault == "rate"


@pytest.mark.parametrize("data", [b"{", b'{"choices": 3}', b'{"choices": [{"delta": {"content": "\xff"}}]}', b"null"])
def test_r21_a_malformed_event_is_a_bad_response(data: bytes) -> None:
    _, failure = Answer().take([b"data: " + data])
    assert isinstance(failure, BadResponse)


def test_a_stream_without_an_end_was_cut() -> None:
    with pytest.raises(ConnectionFailed):
        Answer().end()


def test_an_answer_that_was_not_streamed() -> None:
    answer = Answer()
    body = {"choices": [{"message": {"content": "Hi"}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 1}}
    assert answer.whole(json.dumps(body).encode()) == [TextDelta("Hi")]
    assert answer.end() == [Usage(1, 0, 0), Finish("stop")]


def test_a_line_beyond_the_limit_is_refused() -> None:
    lines = Lines()
    lines.feed(bytes(LONGEST))
    with pytest.raises(BadResponse):
        lines.feed(b"x")


@pytest.mark.parametrize(
    ("status", "error", "fault"),
    [
        (401, {"message": "no"}, "auth"),
        (403, {"message": "country"}, "auth"),
        (403, {"message": "flagged by moderation"}, "policy"),
        (402, {"message": "pay"}, "quota"),
        (429, {"code": "insufficient_quota"}, "quota"),
        (429, {"message": "slow down"}, "rate"),
        (503, {"code": 503, "message": "Loading model", "type": "unavailable_error"}, "overload"),
        (529, {"type": "overloaded_error"}, "overload"),
        (504, {}, "timeout"),
        (400, {"code": "context_length_exceeded"}, "context"),
        (400, {"message": "the request exceeds the available context size"}, "context"),
        (413, {"message": "prompt is too long"}, "context"),
        (400, {"code": "content_policy_violation"}, "policy"),
        (400, {"message": "temperature must be below 2"}, "bad_response"),
        (404, {"code": "model_not_found"}, "unknown_model"),
        (404, {"message": 'model "x" not found, try pulling it first'}, "unknown_model"),
        (404, {"message": "Not Found"}, "bad_response"),
        (302, {}, "bad_response"),
    ],
)
def test_errors_say_who_can_do_what(status: int, error: dict[str, Any], fault: str) -> None:
    failure = fault_of(status, {}, read_error(json.dumps({"error": error}).encode()))
    assert failure.fault == fault
    assert failure.code.startswith("providers.")
    assert failure.message


@pytest.mark.parametrize(
    "body", [b"", b"<html>502</html>", b'{"error": "busy"}', b'{"detail": "x"}', b"[1]", b"3", b"\xff"]
)
def test_error_bodies_of_any_shape_are_read(body: bytes) -> None:
    assert fault_of(500, {}, read_error(body)).fault == "overload"


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"error": "\xff\xfe"}', b"{"], ids=["deep", "latin", "cut"])
def test_r21_what_cannot_be_read_is_the_providers_failure(body: bytes) -> None:
    assert read_error(body).message == ""
    with pytest.raises(BadResponse):
        models_of(body)
    with pytest.raises(BadResponse):
        Answer().whole(body)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after": "Tue, 24 Nov 2026 08:00:30 GMT"}, 30.0),
        ({"retry-after": "Tue, 24 Nov 2026 07:00:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, lambda: datetime(2026, 11, 24, 8, tzinfo=UTC)) == seconds


def test_the_request_that_is_sent() -> None:
    request = ModelRequest(
        "gpt",
        (
            ModelMessage("system", "Be kind"),
            ModelMessage("assistant", "", (ToolCall("c1", "f", "{}"),)),
            ModelMessage("tool", "42", tool_call_id="c1"),
        ),
        (ToolDefinition("f"),),
        {"temperature": 0.5, "model": "other", "stream": False},
    )
    body = json.loads(chat_body(request, include_usage=True))
    assert (body["model"], body["stream"], body["temperature"]) == ("gpt", True, 0.5)
    assert body["stream_options"] == {"include_usage": True}
    assert body["messages"][1]["tool_calls"][0]["function"] == {"name": "f", "arguments": "{}"}
    assert body["messages"][2] == {"role": "tool", "tool_call_id": "c1", "content": "42"}
    assert body["tools"][0]["function"]["parameters"] == {"type": "object", "properties": {}}
    assert "stream_options" not in json.loads(chat_body(request, include_usage=False))


def test_lists_of_models_in_the_dialects_of_servers() -> None:
    listed = [
        {"id": "a", "context_length": 8192, "architecture": {"input_modalities": ["text", "image"]}},
        {"id": "b", "meta": {"n_ctx_train": 2048}},
        {"id": "c", "max_model_len": 4096, "display_name": "See", "supported_parameters": ["tools", "reasoning"]},
        {"id": "d", "capabilities": {"function_calling": True, "vision": False}},
        {"id": "a"},
        {"id": " "},
    ]
    found = models_of(json.dumps({"object": "list", "data": listed}).encode())
    assert [model.id for model in found] == ["a", "b", "c", "d"]
    assert [model.context_window for model in found] == [None, 2048, 4096, None]
    assert found[2].name == "See"
    assert found[2].capabilities == ("reasoning", "tools")
    assert found[3].capabilities == ("tools",)
    assert len(models_of(json.dumps(listed[:2]).encode())) == 2
    for broken in (b"", b"{}", b"<html>", b'{"data": [{}]}'):
        with pytest.raises(BadResponse):
            models_of(broken)
