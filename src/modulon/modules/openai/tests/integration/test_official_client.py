"""The official `openai` client against our interface: models, answers, streams, tool calls and its own exceptions."""

import asyncio
from typing import Any

import openai
import pytest

from modulon.modules.openai.tests.conftest import Face
from modulon.modules.providers.backend import contract
from tests.rig.waiting import until

HELLO: Any = [{"role": "user", "content": "hello there"}]
TOOLS: Any = [{"type": "function", "function": {"name": "get_weather", "parameters": {"type": "object"}}}]
CALL: Any = [{"role": "user", "content": '[[call:get_weather {"city": "Oslo"}]]'}]


async def test_models_are_listed_and_read_by_name(face: Face) -> None:
    async with face.client() as client:
        names = [model.id async for model in client.models.list()]
        assert "sim/sim-fast" in names
        assert (await client.models.retrieve("sim/sim-fast")).owned_by == "Sim"
        assert (await client.models.retrieve("sim-fast")).id == "sim/sim-fast"
        with pytest.raises(openai.NotFoundError):
            await client.models.retrieve("other/none/such")


@pytest.mark.parametrize("model", ["sim/sim-echo", "sim-echo"])
async def test_an_answer(face: Face, model: str) -> None:
    async with face.client() as client:
        answer = await client.chat.completions.create(model=model, messages=HELLO)
    assert answer.choices[0].message.content == "hello there"
    assert answer.usage is not None
    assert answer.usage.completion_tokens > 0
    assert face.provider.stats.last_authorization == "Bearer sk-canary-of-provider"


async def test_a_stream_without_the_usage_nobody_asked_for(face: Face) -> None:
    async with face.client() as client:
        stream = await client.chat.completions.create(model="sim/sim-echo", messages=HELLO, stream=True)
        chunks = [chunk async for chunk in stream]
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == "hello there"
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert all(chunk.usage is None for chunk in chunks)


async def test_a_stream_with_usage(face: Face) -> None:
    async with face.client() as client:
        stream = await client.chat.completions.create(
            model="sim/sim-echo", messages=HELLO, stream=True, stream_options={"include_usage": True}
        )
        chunks = [chunk async for chunk in stream]
    assert chunks[-1].choices == []
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.completion_tokens > 0


@pytest.mark.parametrize("stream", [False, True])
async def test_a_tool_call(face: Face, stream: bool) -> None:
    async with face.client() as client:
        options: Any = {"model": "sim/sim-fast", "messages": CALL, "tools": TOOLS}
        if stream:
            arguments, name = "", ""
            async for chunk in await client.chat.completions.create(stream=True, **options):
                for call in chunk.choices[0].delta.tool_calls or []:
                    assert call.function is not None
                    name += call.function.name or ""
                    arguments += call.function.arguments or ""
        else:
            answer = await client.chat.completions.create(**options)
            (made,) = answer.choices[0].message.tool_calls or []
            name, arguments = made.function.name, made.function.arguments  # type: ignore[union-attr]
    assert (name, arguments) == ("get_weather", '{"city": "Oslo"}')


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("model", "expected", "code"),
    [
        ("sim/sim-401", openai.InternalServerError, "providers.key_refused"),
        ("sim/sim-429", openai.RateLimitError, "providers.rate_limited"),
        ("sim/sim-500", openai.InternalServerError, "providers.overloaded"),
        ("sim/sim-context", openai.BadRequestError, "providers.context_too_long"),
        ("sim/unheard-of", openai.NotFoundError, "providers.model_not_offered"),
        ("other/model/x", openai.NotFoundError, "providers.model_unknown"),
    ],
)
async def test_its_exceptions_with_our_codes(
    face: Face, model: str, expected: type[openai.APIStatusError], code: str, stream: bool
) -> None:
    if code == "providers.model_unknown":  # a second provider, so that a bare name is not the first one's
        body = {"name": "Second", "type": "openai", "endpoint": face.provider.url}
        assert (await face.admin.post("/api/providers", body)).status == 201
    async with face.client() as client:
        with pytest.raises(expected) as caught:
            await client.chat.completions.create(model=model, messages=HELLO, stream=stream)  # type: ignore[call-overload]
    assert caught.value.code == code
    assert "sk-canary" not in caught.value.response.text
    if expected is openai.RateLimitError:
        assert caught.value.response.headers["retry-after"] == "1"


async def test_a16_the_provider_s_401_is_not_the_caller_s(face: Face) -> None:
    """A program must not throw its own key away because the server's key for the provider is wrong."""
    async with face.client() as client:
        with pytest.raises(openai.InternalServerError) as caught:
            await client.chat.completions.create(model="sim/sim-401", messages=HELLO)
    assert caught.value.status_code == 502
    assert caught.value.response.headers["x-should-retry"] == "false"


async def test_r09_a_repeated_request_with_the_same_key_spends_once(face: Face) -> None:
    body = {"model": "sim/sim-fast-n20-d50", "messages": HELLO}
    program, once = face.program(), {"idempotency-key": "k-1"}
    replies = await asyncio.gather(*(program.post("/v1/chat/completions", body, headers=once) for _ in range(20)))
    assert {reply.status for reply in replies} == {200}
    assert len({reply.json()["choices"][0]["message"]["content"] for reply in replies}) == 1
    assert face.provider.stats.requests["/v1/chat/completions"] == 1
    other = await program.post("/v1/chat/completions", {**body, "temperature": 1}, headers=once)
    assert (other.status, other.json()["error"]["code"]) == (409, "idempotency.reused")
    face.provider.failing = contract.ATTEMPTS
    for status in (503, 200, 200):  # a failure changed nothing, so it may be tried again under the same key
        assert (await program.post("/v1/chat/completions", body, headers={"idempotency-key": "k-2"})).status == status
    assert face.provider.stats.requests["/v1/chat/completions"] == 1 + contract.ATTEMPTS + 1


async def test_a_stream_is_asked_for_anew_whatever_its_key(face: Face) -> None:
    body = {"model": "sim/sim-fast-n3", "messages": HELLO, "stream": True}
    for _ in range(2):
        reply = await face.program().post("/v1/chat/completions", body, headers={"idempotency-key": "k"})
        assert reply.text.endswith("data: [DONE]\n\n")
    assert face.provider.stats.requests["/v1/chat/completions"] == 2


@pytest.mark.parametrize("stream", [False, True])
async def test_r21_a_provider_that_recovers_is_asked_again(face: Face, stream: bool) -> None:
    face.provider.failing = 1
    body = {"model": "sim/sim-fast-n3", "messages": HELLO, "stream": stream}
    reply = await face.program().post("/v1/chat/completions", body)
    assert (reply.status, "error" in reply.text) == (200, False)
    assert face.provider.stats.requests["/v1/chat/completions"] == 2
    shown = (await face.admin.get(f"/api/providers/{face.provider_id}")).json()["breaker"]
    assert (shown["state"], shown["failures"]) == ("closed", 0)


@pytest.mark.parametrize("stream", [False, True])
async def test_r21_a_provider_that_does_not_recover_is_not_asked_for_ever(face: Face, stream: bool) -> None:
    body = {"model": "sim/sim-500", "messages": HELLO, "stream": stream}
    reply = await face.program().post("/v1/chat/completions", body)
    assert (reply.status, reply.json()["error"]["code"]) == (500, "providers.overloaded")
    assert reply.json()["error"]["message"] == "The server had an error."  # the provider's own words
    assert face.provider.stats.requests["/v1/chat/completions"] == contract.ATTEMPTS


@pytest.mark.parametrize(("model", "stream"), [("401", False), ("401", True), ("drop", False), ("drop", True)])
async def test_r21_what_asking_again_does_not_help_or_was_begun_is_asked_once(
    face: Face, model: str, stream: bool
) -> None:
    body = {"model": f"sim/sim-{model}", "messages": HELLO, "stream": stream}
    await face.program().post("/v1/chat/completions", body)
    assert face.provider.stats.requests["/v1/chat/completions"] == 1


async def test_r21_a_provider_that_fails_five_times_is_left_alone(face: Face) -> None:
    program = face.program()
    body = {"model": "sim/sim-500", "messages": HELLO}
    first = await program.post("/v1/chat/completions", body)
    assert (first.status, first.json()["error"]["code"]) == (500, "providers.overloaded")
    assert face.provider.stats.requests["/v1/chat/completions"] == contract.ATTEMPTS
    await program.post("/v1/chat/completions", body)  # the fifth failure in a row comes while it is asked again
    paused = await program.post("/v1/chat/completions", {"model": "sim/sim-fast", "messages": HELLO})
    assert (paused.status, paused.json()["error"]["code"]) == (503, "providers.paused")
    assert int(paused.headers["retry-after"]) > 0
    assert face.provider.stats.requests["/v1/chat/completions"] == 5
    shown = (await face.admin.get(f"/api/providers/{face.provider_id}")).json()["breaker"]
    assert (shown["state"], shown["failures"]) == ("open", 5)
    models = (await face.admin.get("/api/models")).json()["items"]
    of_sim = {(model["available"], model["reason"]) for model in models if model["id"].startswith("sim/")}
    assert of_sim == {(False, "providers.paused")}
    await face.admin.post(f"/api/providers/{face.provider_id}/test")
    assert (await program.post("/v1/chat/completions", {**body, "model": "sim/sim-fast"})).status == 200


async def test_a_wrong_key_is_an_authentication_error(face: Face) -> None:
    async with face.client("mod-wrong") as client:
        with pytest.raises(openai.AuthenticationError) as caught:
            await client.models.list()
    assert caught.value.code == "identity.key_refused"
    assert face.provider.stats.requests["/v1/chat/completions"] == 0


async def test_a_request_without_a_model_is_a_bad_request(face: Face) -> None:
    async with face.client() as client:
        with pytest.raises(openai.BadRequestError) as caught:
            await client.post("/chat/completions", body={"messages": []}, cast_to=object)
    assert caught.value.code == "openai.request_invalid"


async def test_a_provider_that_is_gone(face: Face) -> None:
    await face.admin.patch(f"/api/providers/{face.provider_id}", {"endpoint": "http://127.0.0.1:9/v1"})
    async with face.client() as client:
        with pytest.raises(openai.InternalServerError) as caught:
            await client.chat.completions.create(model="sim/sim-fast", messages=HELLO)
    assert (caught.value.status_code, caught.value.code) == (502, "providers.connection_failed")


async def test_no_server_is_a_connection_error() -> None:
    async with openai.AsyncOpenAI(base_url="http://127.0.0.1:9/v1", api_key="x", max_retries=0) as client:
        with pytest.raises(openai.APIConnectionError):
            await client.models.list()


async def test_a_stream_that_is_cut_says_so_after_what_arrived(face: Face) -> None:
    text = ""
    async with face.client() as client:
        stream = await client.chat.completions.create(model="sim/sim-drop", messages=HELLO, stream=True)
        with pytest.raises(openai.APIError) as caught:
            async for chunk in stream:
                text += chunk.choices[0].delta.content or ""
    assert len(text) > 100
    assert caught.value.code == "providers.connection_failed"


async def test_an_answer_that_is_cut_is_no_answer(face: Face) -> None:
    async with face.client() as client:
        with pytest.raises(openai.InternalServerError) as caught:
            await client.chat.completions.create(model="sim/sim-drop", messages=HELLO)
    assert caught.value.code == "providers.connection_failed"


@pytest.mark.parametrize("stream", [False, True])
async def test_a_client_that_leaves_stops_the_provider(face: Face, stream: bool) -> None:
    async with face.client() as client:
        model = "sim/sim-n5000-r100" if stream else "sim/sim-hang"
        if stream:
            answer = await client.chat.completions.create(model=model, messages=HELLO, stream=True)
            await anext(aiter(answer))
            await answer.close()
        else:
            with pytest.raises(openai.APITimeoutError):
                await client.chat.completions.create(model=model, messages=HELLO, timeout=0.2)
    await until(lambda: face.provider.stats.in_flight == 0)
    assert face.provider.stats.abandoned == 1


async def test_unknown_fields_reach_the_provider(face: Face) -> None:
    async with face.client() as client:
        await client.chat.completions.create(
            model="sim/sim-echo", messages=HELLO, extra_body={"min_p": 0.1, "nested": {"model": "untouched"}}
        )
    sent: Any = face.provider.stats.last_request
    assert (sent["model"], sent["min_p"], sent["nested"]) == ("sim-echo", 0.1, {"model": "untouched"})


async def test_a15_a_model_of_a_disabled_provider_is_absent_everywhere(face: Face) -> None:
    await face.admin.patch(f"/api/providers/{face.provider_id}", {"enabled": False})
    async with face.client() as client:
        assert [model.id async for model in client.models.list()] == ["guide/modulon"]
        for name in ("sim/sim-fast", "sim-fast"):
            with pytest.raises(openai.NotFoundError):
                await client.chat.completions.create(model=name, messages=HELLO)
    assert face.provider.stats.requests["/v1/chat/completions"] == 0
