"""Models as other modules use them: found, asked, forwarded to, counted, and only for who may."""

import asyncio
from dataclasses import dataclass
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa

from modulon.core.modules.context import ModuleContext
from modulon.core.testing import App
from modulon.modules.providers.backend.contract import ModelsService
from modulon.modules.providers.backend.errors import ModelUnknown
from modulon.modules.providers.backend.models import provider_usage
from modulon.modules.providers.backend.serving import catalog as catalog_file
from modulon.modules.providers.backend.serving import usage as usage_file
from modulon.modules.providers.backend.serving.catalog import Catalog
from modulon.modules.providers.backend.serving.models import Models
from modulon.modules.providers.backend.serving.runtime import runtime
from modulon.modules.providers.backend.settings import Settings
from modulon.sdk import Context
from modulon.sdk.identity import Principal
from modulon.sdk.inference import (
    Finish,
    ModelFailed,
    ModelMessage,
    ModelPrice,
    ModelRequest,
    ReasoningDelta,
    TextDelta,
    Usage,
)
from modulon.sdk.storage import rows
from modulon.sdk.testing import Client
from tests.rig.provider import Provider
from tests.rig.waiting import until


class Day(NamedTuple):
    model_id: str
    requests_count: int
    tokens_used: int
    input_tokens: int
    output_tokens: int
    cost: int
    currency: str


DAYS = rows(Day, sa.select(*(provider_usage.c[name] for name in Day._fields)), unguarded="a test looks")


@dataclass
class Scene:
    app: App
    admin: Client
    provider: Provider
    path: str

    @property
    def ctx(self) -> Context:
        return self.app.system("providers")

    @property
    def models(self) -> ModelsService:
        return Models(self.ctx)

    async def price(self, name: str, price: dict[str, str] | None) -> None:
        """What tokens of a model cost from now on."""
        (model,) = (await self.admin.get(f"{self.path}/models?q={name}&limit=1")).json()["items"]
        changed = await self.admin.patch(f"{self.path}/models/{model['id']}", {"price": price})
        assert changed.status == 200, changed.text

    async def days(self) -> list[Day]:
        await runtime.usage._write()
        async with self.ctx.db.read() as db:
            return await db.all(DAYS)


@pytest.fixture
async def scene(app: App, provider: Provider) -> Scene:
    admin = await app.set_up()
    body = {"name": "Sim", "type": "openai", "endpoint": provider.url, "api_key": "sk-canary-serving"}
    made = await admin.post("/api/providers", body)
    return Scene(app, admin, provider, f"/api/providers/{made.json()['id']}")


def ask(text: str = "hello there") -> ModelRequest:
    return ModelRequest("ignored", (ModelMessage("user", text),))


async def answer(models: ModelsService, name: str) -> list[Any]:
    found: list[Any] = []
    async for batch in models.stream(await models.resolve(name), ask()):
        found += batch
    return found


async def test_a_model_is_asked_by_its_name(scene: Scene) -> None:
    found = await answer(scene.models, "sim/sim-echo")
    assert "".join(delta.text for delta in found if isinstance(delta, TextDelta)) == "hello there"
    assert isinstance(found[-2], Usage)
    assert found[-1] == Finish("stop")
    assert scene.provider.stats.last_authorization == "Bearer sk-canary-serving"


async def test_reasoning_comes_apart_from_the_answer(scene: Scene) -> None:
    found = await answer(scene.models, "sim/sim-think")
    assert any(isinstance(delta, ReasoningDelta) for delta in found)


@pytest.mark.parametrize(
    ("model", "fault"),
    [
        ("sim-401", "auth"),
        ("sim-429", "rate"),
        ("sim-500", "overload"),
        ("sim-context", "context"),
        ("sim-malformed", "bad_response"),
        ("sim-truncated", "network"),
        ("sim-drop", "network"),
        ("sim-none", "unknown_model"),
    ],
)
async def test_r21_each_fault_has_its_name_and_keeps_what_arrived(scene: Scene, model: str, fault: str) -> None:
    text = ""
    models = scene.models
    with pytest.raises(ModelFailed) as caught:
        async for batch in models.stream(await models.resolve(f"sim/{model}"), ask()):
            text += "".join(delta.text for delta in batch if isinstance(delta, TextDelta))
    assert caught.value.fault == fault
    assert bool(text) == (fault in ("bad_response", "network"))
    assert "canary" not in caught.value.message


async def test_r21_big_split_and_empty_answers_arrive(scene: Scene) -> None:
    for model, length in (("sim-big", 10 * 1024 * 1024), ("sim-split", 1380), ("sim-empty", 0)):
        found = await answer(scene.models, f"sim/{model}")
        assert len("".join(delta.text for delta in found if isinstance(delta, TextDelta))) == length
        assert found[-1] == Finish("stop")


async def test_closing_the_stream_stops_the_provider(scene: Scene) -> None:
    models = scene.models
    stream = models.stream(await models.resolve("sim/sim-n5000-r100"), ask())
    await anext(stream)
    await stream.aclose()
    await until(lambda: scene.provider.stats.in_flight == 0)
    assert scene.provider.stats.abandoned == 1


async def test_usage_and_cost_of_a_day_are_added_up(scene: Scene) -> None:
    await scene.price("sim-echo", {"input": "1", "output": "2", "currency": "USD"})
    for _ in range(3):
        await answer(scene.models, "sim/sim-echo")
    await answer(scene.models, "sim/sim-n5")
    days = {day.model_id: day for day in await scene.days()}
    echo = days["sim-echo"]
    assert echo.requests_count == 3
    assert echo.tokens_used == echo.input_tokens + echo.output_tokens > 0
    assert (echo.cost, echo.currency) == (echo.input_tokens + 2 * echo.output_tokens, "USD")
    assert (days["sim-n5"].requests_count, days["sim-n5"].cost, days["sim-n5"].currency) == (1, 0, "")
    await answer(scene.models, "sim/sim-echo")
    assert {day.model_id: day.requests_count for day in await scene.days()}["sim-echo"] == 4


async def test_amounts_of_several_currencies_are_never_added(scene: Scene) -> None:
    for currency in ("USD", "EUR", None):
        price = None if currency is None else {"input": "1", "output": "2", "currency": currency}
        await scene.price("sim-echo", price)
        await answer(scene.models, "sim/sim-echo")
    days = {day.currency: day for day in await scene.days()}
    assert {currency: day.requests_count for currency, day in days.items()} == {"USD": 1, "EUR": 1, "": 1}
    assert days["USD"].cost == days["EUR"].cost > days[""].cost == 0


async def test_a_model_says_what_it_costs(scene: Scene) -> None:
    price = {"input": "3", "output": "15.5", "cached": "0.3", "currency": "EUR"}
    await scene.price("sim-echo", price)
    assert (await scene.models.resolve("sim/sim-echo")).price == ModelPrice(3_000_000, 15_500_000, 300_000, "EUR")
    assert (await scene.models.resolve("sim/sim-fast")).price is None
    assert (await scene.models.resolve("sim/sim-n3")).price is None  # not in the list, so nobody has priced it
    listed = (await scene.admin.get("/api/models?q=sim-echo")).json()["items"][0]
    assert listed["price"] == price


async def test_usage_is_written_by_itself(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usage_file, "DELAY", 0.0)
    await answer(scene.models, "sim/sim-echo")
    async with asyncio.timeout(20):
        await runtime.usage._flushing  # type: ignore[misc]
    async with scene.ctx.db.read() as db:
        assert [day.model_id for day in await db.all(DAYS)] == ["sim-echo"]


async def test_usage_of_a_removed_provider_is_dropped(scene: Scene) -> None:
    models = scene.models
    model = await models.resolve("sim/sim-echo")
    await scene.admin.delete(scene.path)
    models.record_usage(model, Usage(1, 1))
    assert await scene.days() == []


async def test_another_processs_changes_are_seen(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog_file, "FRESH", 0.0)
    other = Catalog(Settings())  # what another process holds in memory
    assert (await other.view(scene.ctx)).resolve("sim-echo").provider_name == "Sim"
    await scene.admin.patch(scene.path, {"name": "Renamed"})
    assert (await other.view(scene.ctx)).resolve("sim-echo").provider_name == "Renamed"
    await scene.admin.patch(scene.path, {"enabled": False})
    with pytest.raises(ModelUnknown):
        (await other.view(scene.ctx)).resolve("sim-echo")


async def test_what_was_seen_is_not_asked_again_within_a_second(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    ask_database = Catalog._ask

    async def count(self: Catalog, ctx: Context, who: Any) -> Any:
        nonlocal asked
        asked += 1
        return await ask_database(self, ctx, who)

    monkeypatch.setattr(Catalog, "_ask", count)
    runtime.catalog.forget()
    models = scene.models
    await asyncio.gather(*(models.resolve("sim-echo") for _ in range(50)))
    assert asked == 1


async def test_a15_the_anonymous_and_other_principals_see_what_is_theirs(scene: Scene) -> None:
    ctx = scene.ctx
    core = scene.app.core
    nobody = Principal(kind="anonymous")
    assert await Models(ctx).resolve("sim-echo")
    with pytest.raises(ModelUnknown):
        await Models(ModuleContext(core.resources, "providers", nobody)).resolve("sim-echo")
