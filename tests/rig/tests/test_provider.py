"""The simulated provider, as the official OpenAI client sees it."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import openai
import pytest
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletionChunk, ChatCompletionFunctionToolParam

from tests.rig.provider import Provider, answer_text
from tests.rig.provider.behaviour import KINDS
from tests.rig.provider.text import BIG, DOCUMENT, MANY_SCRIPTS, big_text
from tests.rig.waiting import until

WEATHER: ChatCompletionFunctionToolParam = {
    "type": "function",
    "function": {"name": "get_weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}},
}


@pytest.fixture
async def client(provider: Provider) -> AsyncIterator[AsyncOpenAI]:
    async with AsyncOpenAI(base_url=provider.url, api_key="key-of-the-test", max_retries=0) as client:
        yield client


async def ask(client: AsyncOpenAI, model: str, text: str = "Hello") -> str:
    answer = await client.chat.completions.create(model=model, messages=[{"role": "user", "content": text}])
    return answer.choices[0].message.content or ""


async def stream(client: AsyncOpenAI, model: str, text: str = "Hello") -> list[ChatCompletionChunk]:
    chunks = await client.chat.completions.create(
        model=model,
        messages=[{"role": "user", "content": text}],
        stream=True,
        stream_options={"include_usage": True},
    )
    return [chunk async for chunk in chunks]


def text_of(chunks: list[ChatCompletionChunk]) -> str:
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


async def test_it_lists_a_model_of_every_kind(client: AsyncOpenAI) -> None:
    listed = {model.id async for model in client.models.list()}
    assert listed == {f"sim-{kind}" for kind in KINDS}


async def test_streamed_and_whole_answers_are_the_same_text(client: AsyncOpenAI, provider: Provider) -> None:
    chunks = await stream(client, "sim-n300")
    assert text_of(chunks) == await ask(client, "sim-n300") == answer_text(300)
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.completion_tokens == 300
    assert (provider.stats.completed, provider.stats.in_flight) == (2, 0)
    assert provider.stats.last_authorization == "Bearer key-of-the-test"


async def test_a_limit_ends_the_answer_with_length(client: AsyncOpenAI) -> None:
    answer = await client.chat.completions.create(
        model="sim-fast", messages=[{"role": "user", "content": "Hi"}], max_completion_tokens=7
    )
    assert answer.choices[0].finish_reason == "length"
    assert answer.choices[0].message.content == answer_text(7)


@pytest.mark.parametrize(
    ("model", "expected"),
    [("sim-code", DOCUMENT), ("sim-empty", ""), ("sim-split-n40", MANY_SCRIPTS * 4), ("sim-echo", "Say  this\ntwice")],
)
async def test_the_kinds_of_text(client: AsyncOpenAI, model: str, expected: str) -> None:
    assert text_of(await stream(client, model, "Say  this\ntwice")) == expected


async def test_one_delta_may_be_big(client: AsyncOpenAI) -> None:
    chunks = await stream(client, "sim-big")
    assert text_of(chunks) == big_text()
    assert len(big_text()) == BIG
    assert len(chunks) == 4  # role, text, finish, usage


async def test_reasoning_comes_before_the_answer(client: AsyncOpenAI) -> None:
    chunks = [chunk for chunk in await stream(client, "sim-think-n20") if chunk.choices]
    reasoning = [(chunk.choices[0].delta.model_extra or {}).get("reasoning_content") for chunk in chunks]
    assert "".join(filter(None, reasoning)).startswith("Step 1. Step 2. ")
    assert text_of(chunks[:11]) == ""
    assert text_of(chunks) == answer_text(20)


async def test_a_scripted_tool_call(client: AsyncOpenAI) -> None:
    chunks = await client.chat.completions.create(
        model="sim-fast",
        messages=[{"role": "user", "content": 'Now [[call:get_weather {"city": "Oslo"}]] please'}],
        tools=[WEATHER],
        stream=True,
    )
    fragments = [call async for chunk in chunks for call in chunk.choices[0].delta.tool_calls or []]
    assert [call.function.name for call in fragments if call.function and call.function.name] == ["get_weather"]
    assert "".join(call.function.arguments or "" for call in fragments if call.function) == '{"city": "Oslo"}'


async def test_no_tool_is_called_that_was_not_offered(client: AsyncOpenAI) -> None:
    assert await ask(client, "sim-n5", "[[call:get_weather {}]]") == answer_text(5)


@pytest.mark.parametrize(
    ("model", "error"),
    [
        ("sim-401", openai.AuthenticationError),
        ("sim-429", openai.RateLimitError),
        ("sim-500", openai.InternalServerError),
        ("sim-context", openai.BadRequestError),
        ("no-such-model", openai.NotFoundError),
    ],
)
async def test_errors_have_their_type(client: AsyncOpenAI, model: str, error: type[openai.APIStatusError]) -> None:
    with pytest.raises(error):
        await ask(client, model)


async def test_a_flaky_model_fails_every_other_time(client: AsyncOpenAI) -> None:
    with pytest.raises(openai.InternalServerError):
        await ask(client, "sim-flaky-n3")
    assert await ask(client, "sim-flaky-n3") == answer_text(3)


async def post(provider: Provider, model: str, *, stream: bool = True) -> AsyncIterator[bytes]:
    """The raw pieces of an answer, as they arrive."""
    body = {"model": model, "messages": [{"role": "user", "content": "Hello"}], "stream": stream}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{provider.url}/chat/completions", json=body) as response,
    ):
        async for piece in response.content.iter_any():
            yield piece


async def read(provider: Provider, model: str, *, stream: bool = True) -> bytes:
    return b"".join([piece async for piece in post(provider, model, stream=stream)])


@pytest.mark.parametrize("stream", [True, False])
async def test_a_dropped_connection(provider: Provider, stream: bool) -> None:
    with pytest.raises(aiohttp.ClientError):
        await read(provider, "sim-drop", stream=stream)


async def test_a_truncated_stream_ends_politely_but_early(provider: Provider) -> None:
    received = await read(provider, "sim-truncated-n20")
    assert received.count(b'"content"') == 11  # the role's empty one, and half of twenty
    assert b"[DONE]" not in received


async def test_a_malformed_event_lies_in_the_middle(provider: Provider) -> None:
    assert b'\n\ndata: {"choices": [{"delta"\n\n' in await read(provider, "sim-malformed")


async def test_a_stalled_answer_goes_on_when_released(provider: Provider) -> None:
    pieces = post(provider, "sim-stall-n20")
    received = b""
    while received.count(b'"content"') < 11:
        received += await anext(pieces)
    assert provider.stats.in_flight == 1
    provider.release()
    received += b"".join([piece async for piece in pieces])
    assert received.count(b'"content"') == 21
    assert received.endswith(b"data: [DONE]\n\n")


@pytest.mark.parametrize("model", ["sim-hang", "sim-stall"])
async def test_leaving_counts_as_abandoned(provider: Provider, model: str) -> None:
    reading = asyncio.create_task(read(provider, model))
    await until(lambda: provider.stats.in_flight == 1)
    reading.cancel()
    await until(lambda: provider.stats.in_flight == 0)
    assert (provider.stats.abandoned, provider.stats.completed) == (1, 0)


async def test_a_rate_paces_the_tokens(client: AsyncOpenAI) -> None:
    started = asyncio.get_running_loop().time()
    await stream(client, "sim-n21-r100-d100")
    assert 0.3 <= asyncio.get_running_loop().time() - started < 2.0
