"""The routes of a whole application, with providers, identity and idempotency as they are."""

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from modulon.sdk.testing import Client
from tests.rig.provider import Provider, answer_text

if TYPE_CHECKING:
    from modulon.core.testing import App


@pytest.fixture
async def admin(app: "App", provider: Provider) -> Client:
    """The first admin, with the provider `sim`."""
    client = await app.set_up()
    reply = await client.post("/api/providers", {"name": "sim", "type": "openai", "endpoint": provider.url})
    assert reply.status == 201, reply.text
    return client


def message(text: str, model: str = "sim/sim-fast-n20") -> dict[str, Any]:
    return {"message": {"parts": [{"type": "text", "text": text}], "model": model}}


async def follow(client: Client, run: str) -> list[dict[str, Any]]:
    """All events of a run, by their data."""
    reply = await client.get(f"/api/runs/{run}/events")
    assert reply.status == 200
    lines = [line for line in reply.text.split("\n") if line.startswith("data: ")]
    return [msgspec.json.decode(line.removeprefix("data: ")) for line in lines]


def text_of(events: list[dict[str, Any]]) -> str:
    return "".join(event["text"] for event in events if event["type"] == "part.delta")


async def test_a_conversation_over_http(admin: Client) -> None:
    begun = await admin.post("/api/conversations", message("Tell me"))
    assert begun.status == 202
    accepted = begun.json()
    events = await follow(admin, accepted["run"]["id"])
    assert text_of(events) == answer_text(20)
    assert events[-1]["message_status"] == "complete"

    conversation = accepted["conversation"]["id"]
    page = (await admin.get(f"/api/conversations/{conversation}/messages")).json()
    assert [item["role"] for item in page["items"]] == ["user", "assistant"]
    assert page["next"] is None
    answer = page["items"][1]
    assert answer["parts"][0]["text"] == answer_text(20)
    assert answer["usage"]["output_tokens"] == 20

    sent = await admin.post(
        f"/api/conversations/{conversation}/messages",
        {"parent_id": answer["id"], "parts": [{"type": "text", "text": "More"}]},
    )
    assert sent.status == 202
    await follow(admin, sent.json()["run"]["id"])
    again = await admin.post(f"/api/messages/{answer['id']}/regenerate")
    assert again.status == 202
    await follow(admin, again.json()["run"]["id"])
    listed = (await admin.get("/api/conversations?q=tell")).json()["items"]
    assert [item["id"] for item in listed] == [conversation]
    renamed = await admin.patch(f"/api/conversations/{conversation}", {"title": "Other"})
    assert renamed.json()["title"] == "Other"
    assert (await admin.delete(f"/api/conversations/{conversation}")).status == 204
    assert (await admin.get(f"/api/conversations/{conversation}")).status == 404


@pytest.mark.parametrize("times", [200, pytest.param(1000, marks=pytest.mark.nightly)])
async def test_r09_the_same_key_is_one_message(admin: Client, times: int) -> None:
    """R09: as many requests with one key at once; then another body under the same key."""
    headers = {"idempotency-key": "once"}
    replies = await asyncio.gather(
        *(admin.post("/api/conversations", message("Once"), headers=headers) for _ in range(times))
    )
    assert {reply.status for reply in replies} == {202}
    bodies = {msgspec.json.encode(reply.json(), order="deterministic") for reply in replies}
    assert len(bodies) == 1
    assert len((await admin.get("/api/conversations")).json()["items"]) == 1
    other = await admin.post("/api/conversations", message("Twice"), headers=headers)
    assert other.status == 409
    assert len((await admin.get("/api/conversations")).json()["items"]) == 1


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("drop", "interrupted", "chat.model_network"),
        ("truncated", "interrupted", None),
        ("malformed", "interrupted", "chat.model_bad_response"),
        ("empty", "failed", "chat.empty_answer"),
        ("401", "failed", "chat.model_auth"),
        ("context", "failed", "chat.model_context"),
        ("500", "failed", None),
    ],
)
async def test_r21_a_failing_provider_loses_nothing(admin: Client, kind: str, status: str, code: str | None) -> None:
    """R21: the message is kept, every token that arrived is kept, and a sentence says why the answer ends."""
    accepted = (await admin.post("/api/conversations", message("Hi", f"sim/sim-{kind}-n40"))).json()
    events = await follow(admin, accepted["run"]["id"])
    page = (await admin.get(f"/api/conversations/{accepted['conversation']['id']}/messages")).json()
    question, answer = page["items"]
    assert question["parts"][0]["text"] == "Hi"
    assert answer["status"] == status
    error = answer["parts"][-1]
    assert error["type"] == "error"
    assert code is None or error["code"] == code
    assert error["detail"].endswith(".")
    kept = "".join(part.get("text", "") for part in answer["parts"])
    assert kept == text_of(events)
    assert answer_text(40).startswith(kept)
    assert bool(kept) == (status == "interrupted")


@pytest.mark.parametrize("kind", ["split", "think", "echo", "code", "flaky"])
async def test_r21_odd_providers_are_read_exactly(admin: Client, kind: str) -> None:
    for _ in range(2):
        accepted = (await admin.post("/api/conversations", message("Zoë 寿司", f"sim/sim-{kind}"))).json()
        events = await follow(admin, accepted["run"]["id"])
        assert events[-1]["message_status"] == "complete"
        page = (await admin.get(f"/api/conversations/{accepted['conversation']['id']}/messages")).json()
        assert "".join(part.get("text", "") for part in page["items"][1]["parts"]) == text_of(events)


async def test_r21_ten_megabytes_in_one_delta_meet_the_limit(admin: Client) -> None:
    accepted = (await admin.post("/api/conversations", message("Hi", "sim/sim-big"))).json()
    events = await follow(admin, accepted["run"]["id"])
    assert events[-1]["message_status"] in ("limited", "interrupted", "failed")
    assert events[-1]["error"]["detail"]


@pytest.mark.parametrize(
    "body",
    [
        {"message": {"parts": [], "model": "m"}},
        {"message": {"parts": [{"type": "text", "text": ""}], "model": "m"}},
        {"message": {"parts": [{"type": "text", "text": "x", "owner_id": "y"}], "model": "m"}},
        {"message": {"parts": [{"type": "image", "text": "x"}], "model": "m"}},
        {"message": {"parts": [{"type": "text", "text": "x"}]}},
        {"title": "x", "owner_id": "00000000-0000-7000-8000-000000000001"},
        {"title": "x" * 300},
    ],
)
async def test_what_does_not_fit_is_refused(admin: Client, body: dict[str, Any]) -> None:
    reply = await admin.post("/api/conversations", body)
    assert reply.status == 422
    assert (await admin.get("/api/conversations")).json()["items"] == []


async def test_a_suspension_ends_runs_and_streams(app: "App", admin: Client) -> None:
    """Within a second, also of what goes on already."""
    member = await app.member()
    grant = await member.post("/api/conversations", message("Hi", "sim/sim-fast-n2000-r50"))
    accepted = grant.json()
    user = (await member.get("/api/me")).json()["user"]["id"]
    loop = asyncio.get_running_loop()
    async with member.stream("GET", f"/api/runs/{accepted['run']['id']}/events") as (_, stream):
        chunks = stream.chunks()
        await anext(chunks)
        from uuid import UUID

        await app.core.resources.authority.suspend(UUID(user))
        begun = loop.time()
        async for _ in chunks:
            pass
        assert loop.time() - begun < 2
    assert (await member.get(f"/api/runs/{accepted['run']['id']}")).status in (401, 403)


async def test_text_that_no_encoding_has_is_refused(admin: Client) -> None:
    body = b'{"message":{"parts":[{"type":"text","text":"\\ud800"}],"model":"m"}}'
    reply = await admin.request(
        "POST", "/api/conversations", content=body, headers={"content-type": "application/json"}
    )
    assert reply.status == 422
    kept = (await admin.post("/api/conversations", message("a\x00b"))).json()
    assert kept["message"]["parts"][0]["text"] == "a\ufffdb"


async def test_a_browser_is_told_when_its_answers_end(app: "App", admin: Client) -> None:
    """The run engine writes the fact as the module, for the person; others hear nothing of it."""
    async with admin.stream("GET", "/api/events/stream") as (_, stream):
        chunks = stream.chunks()
        await anext(chunks)
        accepted = (await admin.post("/api/conversations", message("Hi"))).json()
        told = ""
        async with asyncio.timeout(10):
            while "chat.run_finished" not in told:
                told += (await anext(chunks)).decode()
    assert accepted["run"]["id"] in told
    assert "chat.message_accepted" in told
    del app
