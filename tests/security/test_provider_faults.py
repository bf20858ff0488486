"""Everything a provider can do wrong, through the whole server (case R21): in the chat, on /v1, and when it is tested.

Each ends, with a sentence and a next step; the message that was sent is kept, and so is all text that had arrived.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from modulon.core.testing import open_app
from modulon.modules.providers.backend import contract
from modulon.modules.providers.backend.serving import health
from modulon.modules.providers.backend.serving.catalog import Catalog
from modulon.modules.providers.backend.serving.runtime import runtime
from modulon.modules.providers.backend.settings import Settings
from modulon.sdk.testing import Client
from tests.rig.provider import Provider

QUESTION = "What is 寿司?"
SHORT = 0.1
"""Seconds: what is waited for in these tests, in place of minutes."""


@dataclass
class Scene:
    """An administrator, and a simulated provider called `sim`."""

    admin: Client
    provider: Provider


@pytest.fixture
async def scene(tmp_path: Path, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(contract, "BACK_OFF_SECONDS", 0.001)
    monkeypatch.setattr(health, "LONGEST_TRY", SHORT)
    async with open_app(tmp_path / "data") as app:
        runtime.catalog = Catalog(Settings.model_construct(first_byte_seconds=SHORT, idle_seconds=SHORT))
        admin = await app.set_up()
        made = await admin.post("/api/providers", {"name": "sim", "type": "openai", "endpoint": provider.url})
        assert made.status == 201, made.text
        yield Scene(admin, provider)


@dataclass(frozen=True)
class Case:
    """A model of the simulated provider; how the chat's message ends and why; what /v1 answers."""

    kind: str
    status: str
    code: str | None
    face: int
    face_code: str | None = None
    keeps_text: bool = False


CASES = [
    Case("401", "failed", "chat.model_auth", 502, "providers.key_refused"),
    Case("429", "failed", "chat.model_rate", 429, "providers.rate_limited"),
    Case("500", "failed", "chat.model_overload", 500, "providers.overloaded"),
    Case("503", "failed", "chat.model_overload", 503, "providers.overloaded"),
    Case("context", "failed", "chat.model_context", 400, "providers.context_too_long"),
    Case("html", "failed", "chat.model_bad_response", 502, "providers.wrong_address"),
    Case("hang", "failed", "chat.model_timeout", 504, "providers.no_answer"),
    Case("mute", "failed", "chat.model_timeout", 504, "providers.no_answer"),
    Case("empty", "failed", "chat.empty_answer", 200),
    Case("drop", "interrupted", "chat.model_network", 502, "providers.connection_failed", keeps_text=True),
    Case("truncated", "interrupted", "chat.model_network", 502, "providers.connection_failed", keeps_text=True),
    Case("stall", "interrupted", "chat.model_timeout", 200, keeps_text=True),
    Case("malformed", "interrupted", "chat.model_bad_response", 502, "providers.bad_response", keeps_text=True),
    Case("bytes", "interrupted", "chat.model_bad_response", 200, keeps_text=True),
    Case("big", "limited", "chat.size_limit", 200, keeps_text=True),
    Case("split", "complete", None, 200, keeps_text=True),
    Case("flaky", "complete", None, 200, keeps_text=True),
    Case("unheard-of", "failed", "chat.model_unknown", 404, "providers.model_not_offered"),
]


async def chat(admin: Client, model: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Ask in a new conversation and follow the answer to its end; both messages as they are kept."""
    body = {"message": {"parts": [{"type": "text", "text": QUESTION}], "model": model}}
    accepted = (await admin.post("/api/conversations", body)).json()
    await admin.get(f"/api/runs/{accepted['run']['id']}/events")
    page = await admin.get(f"/api/conversations/{accepted['conversation']['id']}/messages")
    asked, answered = page.json()["items"]
    return asked, answered


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.kind)
async def test_r21_in_the_chat(scene: Scene, case: Case) -> None:
    asked, answered = await chat(scene.admin, f"sim/sim-{case.kind}" if case.kind != "unheard-of" else "sim/unheard-of")
    assert asked["parts"][0]["text"] == QUESTION
    assert answered["status"] == case.status
    errors = [part for part in answered["parts"] if part["type"] == "error"]
    assert [part["code"] for part in errors] == ([case.code] if case.code else [])
    assert all(part["detail"].endswith(".") for part in errors)
    assert bool([part for part in answered["parts"] if part["type"] == "text"]) == case.keeps_text
    shown = (await scene.admin.get(f"/api/messages/{answered['id']}/regenerate")).status
    assert shown == 405  # the way on is there


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.kind)
async def test_r21_on_the_compatible_interface(scene: Scene, case: Case) -> None:
    model = f"sim/sim-{case.kind}" if case.kind != "unheard-of" else "sim/unheard-of"
    body = {"model": model, "messages": [{"role": "user", "content": QUESTION}]}
    reply = await scene.admin.post("/v1/chat/completions", body)
    assert reply.status == case.face
    told = reply.json()
    if case.face_code:
        assert told["error"]["code"] == case.face_code
        assert told["error"]["message"]
    else:
        assert "choices" in told


async def test_r21_a_stream_that_falls_silent_ends_with_an_event_that_says_why(scene: Scene) -> None:
    body = {"model": "sim/sim-stall", "messages": [{"role": "user", "content": QUESTION}], "stream": True}
    reply = await scene.admin.post("/v1/chat/completions", body)
    *_, last = [line for line in reply.text.splitlines() if line]
    assert json.loads(last.removeprefix("data: "))["error"]["code"] == "providers.no_answer"


async def test_r21_the_chat_opens_the_breaker_and_says_so_at_once(scene: Scene) -> None:
    for _ in range(2):  # each asks three times
        await chat(scene.admin, "sim/sim-500")
    assert scene.provider.stats.requests["/v1/chat/completions"] == 5
    _, answered = await chat(scene.admin, "sim/sim-fast")
    assert answered["status"] == "failed"
    assert scene.provider.stats.requests["/v1/chat/completions"] == 5


ADDRESSES = {
    "wrong_address-404": ("{root}/nothing", "providers.wrong_address"),
    "wrong_address-html": ("{root}/page", "providers.wrong_address"),
    "connection_failed": ("http://127.0.0.1:9/v1", "providers.connection_failed"),
    "host_unknown": ("http://no-such-host.invalid/v1", "providers.host_unknown"),
    "certificate_refused": ("{tls}/v1", "providers.certificate_refused"),
    "address_forbidden": ("http://169.254.169.254/v1", "providers.address_forbidden"),
}


@pytest.mark.parametrize("name", sorted(ADDRESSES))
async def test_r21_a_wrong_address_says_what_is_wrong(scene: Scene, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LONGEST_TRY", 15.0)  # a resolver may think about it
    root = scene.provider.url.removesuffix("/v1")
    address, code = ADDRESSES[name]
    endpoint = address.format(root=root, tls=root.replace("http:", "https:"))
    made = await scene.admin.post("/api/providers", {"name": "New", "type": "openai", "endpoint": endpoint})
    assert made.status == 201
    for path in ("test", "models/refresh"):
        reply = await scene.admin.post(f"/api/providers/{made.json()['id']}/{path}")
        told = reply.json()
        error = told["health"]["error"] if path == "test" else told
        assert error["code"] == code
        assert error["detail"].endswith(".")


async def test_r21_a_wrong_key_is_told_by_a_test(scene: Scene) -> None:
    scene.provider.key = "sk-right"
    (sim,) = (await scene.admin.get("/api/providers")).json()["items"]
    tested = await scene.admin.post(f"/api/providers/{sim['id']}/test")
    assert tested.json()["health"]["error"]["code"] == "providers.key_refused"
    changed = await scene.admin.patch(f"/api/providers/{sim['id']}", {"api_key": "sk-right"})
    assert changed.status == 200
    tested = await scene.admin.post(f"/api/providers/{sim['id']}/test")
    assert tested.json()["health"]["state"] == "healthy"
