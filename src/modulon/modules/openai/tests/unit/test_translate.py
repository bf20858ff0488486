"""Providers of another format behind OpenAI's: what goes in and what comes out."""

import json
from collections.abc import AsyncGenerator, MutableMapping, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
import structlog

from modulon.modules.openai.backend.completions.translate import translate
from modulon.modules.openai.backend.errors import RequestInvalid
from modulon.modules.providers.backend import contract
from modulon.modules.providers.backend.contract import ResolvedModel
from modulon.sdk import new_id
from modulon.sdk.inference import (
    Finish,
    ModelDelta,
    ModelFailed,
    ModelMessage,
    ModelRequest,
    ReasoningDelta,
    TextDelta,
    ToolCall,
    ToolCallDelta,
    Usage,
)

MODEL = ResolvedModel("star/vega", "Vega", new_id(), "Star", "vega", "star", True, None, (), {})
CTX: Any = SimpleNamespace(trace="t1", log=structlog.get_logger())
SAID: list[list[ModelDelta]] = [
    [ReasoningDelta("hm"), TextDelta("Hello ")],
    [TextDelta("you")],
    [ToolCallDelta(0, "c1", "f", '{"x"'), ToolCallDelta(0, "", "", ":1}")],
    [Usage(3, 2), Finish("tool_calls")],
]


class Models:
    """A service whose one model says what it is told to."""

    def __init__(self, batches: Sequence[Sequence[ModelDelta]], failure: Exception | None = None) -> None:
        self._batches = batches
        self._failure = failure
        self.asked: ModelRequest | None = None

    async def stream(self, _model: ResolvedModel, request: ModelRequest) -> AsyncGenerator[Sequence[ModelDelta], None]:
        self.asked = request
        for batch in self._batches:
            yield batch
        if self._failure is not None:
            raise self._failure


class Flaky(Models):
    """A service whose model fails, with *batches* before it, as often as it is told to."""

    def __init__(self, fails: int, batches: Sequence[Sequence[ModelDelta]] = ()) -> None:
        super().__init__(batches, ModelFailed("overload", "Busy.", retry=True))
        self.attempts = 0
        self._fails = fails

    async def stream(self, model: ResolvedModel, request: ModelRequest) -> AsyncGenerator[Sequence[ModelDelta], None]:
        self.attempts += 1
        if self.attempts > self._fails:
            self._batches, self._failure = SAID, None
        async for batch in super().stream(model, request):
            yield batch


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contract, "BACK_OFF_SECONDS", 0.001)


async def ask(models: Any, **fields: Any) -> tuple[int, bytes]:
    """The status and body of one translated request."""
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    body = {"model": "star/vega", "messages": [{"role": "user", "content": "Hi"}], **fields}
    await translate(CTX, models, MODEL, json.dumps(body).encode(), send)
    assert sent[-1].get("more_body", False) is False
    return sent[0]["status"], b"".join(message["body"] for message in sent[1:])


def events(body: bytes) -> list[Any]:
    return [json.loads(line[6:]) for line in body.split(b"\n\n") if line.startswith(b"data: {")]


async def test_a_whole_answer() -> None:
    status, body = await ask(Models(SAID))
    answer = json.loads(body)
    assert status == 200
    assert answer["model"] == "star/vega"
    assert answer["choices"][0]["finish_reason"] == "tool_calls"
    message = answer["choices"][0]["message"]
    assert message["content"] == "Hello you"
    assert message["tool_calls"][0]["function"] == {"name": "f", "arguments": '{"x":1}'}
    assert answer["usage"] == {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}


@pytest.mark.parametrize("wanted", [False, True])
async def test_a_stream(wanted: bool) -> None:
    options = {"stream_options": {"include_usage": True}} if wanted else {}
    _, body = await ask(Models(SAID), stream=True, **options)
    assert body.endswith(b"data: [DONE]\n\n")
    told = events(body)
    deltas = [choice["delta"] for event in told for choice in event["choices"]]
    assert "".join(delta.get("content", "") for delta in deltas) == "Hello you"
    assert deltas[0] == {"reasoning_content": "hm"}
    assert [event["usage"]["total_tokens"] for event in told if "usage" in event] == ([5] if wanted else [])


async def test_the_conversation_that_is_asked() -> None:
    models = Models(SAID)
    call = {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    messages = [
        {"role": "developer", "content": "Be kind"},
        {"role": "user", "content": [{"type": "text", "text": "Hi"}, {"type": "text", "text": "!"}]},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c1", "content": "42"},
    ]
    tools = [{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}]
    await ask(models, messages=messages, tools=tools, temperature=0.5)
    assert models.asked is not None
    assert models.asked.parameters == {"temperature": 0.5}
    assert models.asked.tools[0].name == "f"
    assert models.asked.messages == (
        ModelMessage("system", "Be kind"),
        ModelMessage("user", "Hi!"),
        ModelMessage("assistant", "", (ToolCall("c1", "f", "{}"),)),
        ModelMessage("tool", "42", tool_call_id="c1"),
    )


async def test_a_failure_before_the_first_byte_is_a_problem_and_after_it_an_event() -> None:
    failure = ModelFailed("overload", "It is overloaded.")
    with pytest.raises(ModelFailed):
        await ask(Models([], failure), stream=True)
    with pytest.raises(ModelFailed):
        await ask(Models(SAID, failure))
    status, body = await ask(Models(SAID[:2], failure), stream=True)
    assert status == 200
    assert b"[DONE]" not in body
    assert events(body)[-1]["error"]["code"] == "models.failed"


@pytest.mark.parametrize("messages", [None, "Hi", [{}], [{"role": "robot", "content": "x"}]])
async def test_what_is_no_conversation_is_refused(messages: Any) -> None:
    with pytest.raises(RequestInvalid):
        await ask(Models(SAID), messages=messages)


@pytest.mark.parametrize("stream", [False, True])
async def test_r21_a_model_that_recovers_is_asked_again_until_it_has_begun(stream: bool) -> None:
    models = Flaky(contract.ATTEMPTS - 1)
    status, body = await ask(models, stream=stream)
    assert (status, models.attempts) == (200, contract.ATTEMPTS)
    assert b"Hello " in body
    models = Flaky(contract.ATTEMPTS)
    with pytest.raises(ModelFailed):
        await ask(models, stream=stream)
    assert models.attempts == contract.ATTEMPTS


async def test_r21_a_model_that_had_begun_is_not_asked_again() -> None:
    models = Flaky(1, [[TextDelta("Hel")]])
    with pytest.raises(ModelFailed):
        await ask(models)
    assert models.attempts == 1
    models = Flaky(1, [[TextDelta("Hel")]])
    _, body = await ask(models, stream=True)
    assert (models.attempts, events(body)[-1]["error"]["message"]) == (1, "Busy.")
