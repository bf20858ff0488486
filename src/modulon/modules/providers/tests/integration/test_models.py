"""Thousands of models: searched, switched together, named and pinned; and what goes when their provider goes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from modulon.core.testing import App
from modulon.sdk.testing import Client
from tests.rig.provider import Provider, running_provider

MANY = tuple(f"vendor/model-{index:04d}{'-vision' if index % 10 == 0 else ''}" for index in range(2000))


@dataclass
class Scene:
    app: App
    admin: Client
    provider: Provider
    path: str

    async def models(self, query: str = "") -> list[dict[str, Any]]:
        """All pages of the list."""
        items: list[dict[str, Any]] = []
        cursor = ""
        while True:
            page = (await self.admin.get(f"{self.path}/models?limit=200&cursor={cursor}&{query}")).json()
            items += page["items"]
            if page["next"] is None:
                return items
            cursor = page["next"]


@pytest.fixture
async def scene(app: App) -> AsyncIterator[Scene]:
    async with running_provider(also=MANY) as provider:
        admin = await app.set_up()
        made = await admin.post("/api/providers", {"name": "Sim", "type": "openai", "endpoint": provider.url})
        yield Scene(app, admin, provider, f"/api/providers/{made.json()['id']}")


async def test_models_are_searched_and_switched_together(scene: Scene) -> None:
    found = await scene.models("q=VISION%20model")
    assert len(found) == 200
    assert await scene.models("q=%25") == await scene.models("q=_") == await scene.models("q=no-such") == []
    everything = len(await scene.models())
    switched = await scene.admin.post(f"{scene.path}/models/switch", {"enabled": False, "q": "vision"})
    assert switched.json() == {"changed": 200}
    assert len(await scene.models("state=off")) == 200
    assert len(await scene.models("state=on")) == everything - 200
    ids = [model["id"] for model in found[:3]]
    assert (await scene.admin.post(f"{scene.path}/models/switch", {"enabled": True, "models": ids})).json() == {
        "changed": 3
    }
    assert [model["id"] for model in await scene.models("q=vision&state=on")] == ids
    counts = (await scene.admin.get(scene.path)).json()["models"]
    assert counts == {"total": everything, "enabled": everything - 197}
    member = await scene.app.member()
    assert (await member.post(f"{scene.path}/models/switch", {"enabled": True})).status == 403


async def test_a_model_has_a_name_of_its_own_and_stands_first(scene: Scene) -> None:
    echo, fast = [(await scene.models(f"q=sim-{kind}"))[0] for kind in ("echo", "fast")]
    path = f"{scene.path}/models"
    named = await scene.admin.patch(f"{path}/{echo['id']}", {"alias": "parrot", "pinned": True})
    assert (named.json()["alias"], named.json()["pinned"], named.json()["enabled"]) == ("parrot", True, True)
    taken = await scene.admin.patch(f"{path}/{fast['id']}", {"alias": "parrot"})
    assert (taken.status, taken.json()["code"]) == (409, "providers.alias_taken")
    for wrong in ("a/b", "", "two words", "agent:x", "x" * 81):
        assert (await scene.admin.patch(f"{path}/{fast['id']}", {"alias": wrong})).status == 422
    first = (await scene.admin.get("/api/models?limit=1")).json()["items"][0]
    assert (first["id"], first["alias"], first["pinned"]) == ("sim/sim-echo", "parrot", True)
    question = {"model": "parrot", "messages": [{"role": "user", "content": "hello"}]}
    answer = await scene.admin.post("/v1/chat/completions", question)
    assert answer.json()["choices"][0]["message"]["content"] == "hello"
    assert (await scene.admin.get("/api/models?q=parrot")).json()["items"] == [first]
    removed = await scene.admin.patch(f"{path}/{echo['id']}", {"alias": None})
    assert (removed.json()["alias"], removed.json()["pinned"]) == (None, True)
    member = await scene.app.member()
    assert (await member.patch(f"{path}/{echo['id']}", {"pinned": False})).status == 403


async def test_names_and_pins_survive_a_refresh(scene: Scene) -> None:
    echo = (await scene.models("q=sim-echo"))[0]
    await scene.admin.patch(f"{scene.path}/models/{echo['id']}", {"alias": "parrot", "pinned": True})
    assert (await scene.admin.post(f"{scene.path}/models/refresh")).status == 200
    again = (await scene.models("q=parrot"))[0]
    assert (again["id"], again["alias"], again["pinned"]) == (echo["id"], "parrot", True)


async def test_deleting_says_what_stops_working(scene: Scene) -> None:
    member = await scene.app.member()
    for who in (scene.admin, member, member):
        body = {"message": {"parts": [{"type": "text", "text": "hi"}], "model": "sim/sim-fast-n2"}}
        begun = await who.post("/api/conversations", body)
        await who.get(f"/api/runs/{begun.json()['run']['id']}/events")
    echo = (await scene.models("q=sim-echo"))[0]
    await scene.admin.patch(f"{scene.path}/models/{echo['id']}", {"alias": "parrot"})
    told = (await scene.admin.get(f"{scene.path}/consequences")).json()
    total = len(await scene.models())
    assert (told["models"], told["enabled"], told["aliases"], told["used"]) == (
        total,
        total,
        ["parrot"],
        {"conversations": 3},
    )
    assert len(told["names"]) == 5
    assert (await member.get(f"{scene.path}/consequences")).status == 403
