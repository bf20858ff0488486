"""The guide as people meet it: a model that is there from the start, and answers."""

from typing import Any

import pytest

from modulon.core.testing import App
from modulon.sdk.testing import Client
from tests.rig.provider import Provider

CHAT = "/v1/chat/completions"


async def asked(client: Client, *texts: str) -> str:
    """What the guide says to the last of *texts*; those before are turns of the conversation."""
    roles = ("user", "assistant")
    messages = [{"role": roles[at % 2], "content": text} for at, text in enumerate(texts)]
    reply = await client.post(CHAT, {"model": "guide/modulon", "messages": messages})
    assert reply.status == 200, reply.text
    said: str = reply.json()["choices"][0]["message"]["content"]
    return said


async def models(client: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get("/api/models")).json()["items"]
    return found


async def test_it_is_there_before_any_provider_and_last_afterwards(app: App, provider: Provider) -> None:
    admin = await app.set_up()
    (only,) = await models(admin)
    assert (only["id"], only["available"], only["local"]) == ("guide/modulon", True, True)
    member = await app.member()
    assert [model["id"] for model in await models(member)] == ["guide/modulon"]
    made = await admin.post("/api/providers", {"name": "Sim", "type": "openai", "endpoint": provider.url})
    assert made.status == 201, made.text
    ids = [model["id"] for model in await models(admin)]
    assert len(ids) > 1
    assert ids[-1] == "guide/modulon"
    assert [model["id"] for model in (await admin.get("/api/models?q=guide")).json()["items"]] == ["guide/modulon"]


async def test_it_answers_with_a_link_to_the_page_and_says_once_what_it_is(app: App) -> None:
    admin = await app.set_up()
    first = await asked(admin, "How do I make a backup?")
    assert "(/help/operate/backup" in first
    assert "not a language model" in first
    second = await asked(admin, "How do I make a backup?", first, "How do I stop an answer?")
    assert "not a language model" not in second
    assert "(/help/" in second


@pytest.mark.parametrize("question", ["Who are you?", "what can you do", "Are you an AI?", "Hello!", "ÄÖ ?!"])
async def test_asked_about_itself_it_says_what_it_is_not(app: App, question: str) -> None:
    admin = await app.set_up()
    said = await asked(admin, question)
    assert ("no language model" in said) or ("not a language model" in said and "/settings/providers" in said)


async def test_other_models_of_its_name_are_unknown(app: App) -> None:
    admin = await app.set_up()
    for name in ("guide/other", "guide/", "guide"):
        body = {"model": name, "messages": [{"role": "user", "content": "Hello"}]}
        assert (await admin.post(CHAT, body)).status == 404


async def test_nobody_else_gets_its_short_name_or_its_type(app: App, provider: Provider) -> None:
    admin = await app.set_up()
    made = await admin.post("/api/providers", {"name": "Guide", "type": "openai", "endpoint": provider.url})
    assert made.json()["slug"] == "guide-2"
    refused = await admin.post("/api/providers", {"name": "X", "type": "guide", "endpoint": provider.url})
    assert refused.status == 422
