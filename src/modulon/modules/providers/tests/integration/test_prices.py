"""Prices: an admin's, those a provider lists, and that the first are never overwritten by the second."""

from dataclasses import dataclass
from typing import Any

import pytest

from modulon.core.testing import App
from modulon.sdk.testing import Client
from tests.rig.provider import Provider

DOLLARS = {"input": "0.15", "output": "0.6", "cached": "0.075", "currency": "USD"}
LISTED = {"prompt": "0.0000025", "completion": "0.00001", "request": "0", "input_cache_read": "0.00000125"}
FREE = {"prompt": "0", "completion": "0"}


@dataclass
class Scene:
    app: App
    admin: Client
    provider: Provider
    path: str

    async def model(self, name: str) -> dict[str, Any]:
        return (await self.admin.get(f"{self.path}/models?q={name}&limit=1")).json()["items"][0]

    async def set(self, name: str, price: Any, who: Client | None = None) -> Any:
        model = await self.model(name)
        return await (who or self.admin).patch(f"{self.path}/models/{model['id']}", {"price": price})

    async def refresh(self, pricing: dict[str, dict[str, str]]) -> None:
        self.provider.pricing = pricing
        assert (await self.admin.post(f"{self.path}/models/refresh")).status == 200


@pytest.fixture
async def scene(app: App, provider: Provider) -> Scene:
    provider.pricing = {"sim-fast": LISTED, "sim-slow": FREE}
    admin = await app.set_up()
    made = await admin.post("/api/providers", {"name": "Sim", "type": "openai", "endpoint": provider.url})
    return Scene(app, admin, provider, f"/api/providers/{made.json()['id']}")


async def test_an_admin_sets_a_price_and_takes_it_away(scene: Scene) -> None:
    assert (await scene.model("sim-echo"))["price"] is None
    answer = await scene.set("sim-echo", DOLLARS)
    assert (answer.json()["price"], answer.json()["price_by"]) == (DOLLARS, "admin")
    without = await scene.set("sim-echo", {"input": "0", "output": "0", "currency": "EUR"})
    assert without.json()["price"] == {"input": "0", "output": "0", "cached": None, "currency": "EUR"}
    other = await scene.admin.patch(f"{scene.path}/models/{without.json()['id']}", {"pinned": True})
    assert other.json()["price"] == without.json()["price"]
    gone = await scene.set("sim-echo", None)
    assert (gone.json()["price"], gone.json()["price_by"]) == (None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"input": "-1"},
        {"input": "0,15"},
        {"input": "100000001"},
        {"output": "0.0000001"},
        {"cached": "free"},
        {"currency": "usd"},
        {"currency": "Dollar"},
        {"input": None},
        {"input": 0.15},
        {"reasoning": "1"},
    ],
    ids=lambda wrong: "-".join(f"{name}={value}" for name, value in wrong.items()),
)
async def test_what_is_no_price_is_refused(scene: Scene, wrong: dict[str, Any]) -> None:
    answer = await scene.set("sim-echo", DOLLARS | wrong)
    assert answer.status == 422
    assert list(answer.json()["fields"]) == [f"/price/{name}" for name in wrong]
    assert (await scene.model("sim-echo"))["price"] is None


async def test_a_price_is_given_as_a_whole(scene: Scene) -> None:
    assert (await scene.set("sim-echo", {"input": "1", "currency": "USD"})).status == 422
    most = await scene.set("sim-echo", {"input": "100000000", "output": "1", "currency": "VND"})
    assert most.json()["price"]["input"] == "100000000"


async def test_a_price_is_the_admins_to_set_and_everybodys_to_see(scene: Scene) -> None:
    member = await scene.app.member()
    assert (await scene.set("sim-echo", DOLLARS, member)).status == 403
    await scene.set("sim-echo", DOLLARS)
    assert (await member.get("/api/models?q=sim-echo")).json()["items"][0]["price"] == DOLLARS


async def test_listed_prices_are_taken_over_and_follow_the_list(scene: Scene) -> None:
    fast, slow, echo = [await scene.model(name) for name in ("sim-fast", "sim-slow", "sim-echo")]
    assert fast["price"] == {"input": "2.5", "output": "10", "cached": "1.25", "currency": "USD"}
    assert slow["price"] == {"input": "0", "output": "0", "cached": None, "currency": "USD"}
    assert (fast["price_by"], echo["price"], echo["price_by"]) == ("provider", None, None)
    await scene.refresh({"sim-fast": LISTED | {"prompt": "0.000003"}})
    assert (await scene.model("sim-fast"))["price"]["input"] == "3"
    slow = await scene.model("sim-slow")
    assert (slow["price"], slow["price_by"]) == (None, None)


async def test_an_admins_price_is_not_overwritten_until_it_is_taken_away(scene: Scene) -> None:
    await scene.set("sim-fast", DOLLARS)
    await scene.refresh({"sim-fast": LISTED})
    await scene.refresh({})
    assert (await scene.model("sim-fast"))["price"] == DOLLARS
    await scene.set("sim-fast", None)
    await scene.refresh({"sim-fast": LISTED})
    fast = await scene.model("sim-fast")
    assert (fast["price"]["input"], fast["price_by"]) == ("2.5", "provider")
