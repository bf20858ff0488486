"""Providers through the interface: added, changed, removed, tested; models found, enabled and named."""

import asyncio
from typing import Any

import pytest

from modulon.core.testing import App
from modulon.sdk import new_id
from modulon.sdk.testing import Client
from tests.rig.provider import Provider, running_provider

KEY = "sk-canary-provider-4f2a"


async def added(admin: Client, endpoint: str, name: str = "Sim", **more: Any) -> dict[str, Any]:
    reply = await admin.post("/api/providers", {"name": name, "type": "openai", "endpoint": endpoint, **more})
    assert reply.status == 201, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def offered(somebody: Client) -> list[str]:
    """The models of providers that were added; those that modules bring with them are always there."""
    models = (await somebody.get("/api/models")).json()["items"]
    return [model["id"] for model in models if not model["id"].startswith("guide/")]


async def test_a_provider_is_added_with_its_models(app: App, provider: Provider) -> None:
    admin = await app.set_up()
    made = await added(admin, f"{provider.url}/", "Sim Ülator", api_key=KEY)
    assert made["slug"] == "sim-ulator"
    assert made["endpoint"] == provider.url
    assert made["key_hint"] == "4f2a"
    assert made["health"]["state"] == "healthy"
    assert made["health"]["error"] is None
    assert made["models"]["total"] == made["models"]["enabled"] > 10
    assert provider.stats.last_authorization == f"Bearer {KEY}"
    member = await app.member()
    models = (await member.get("/api/models?q=fast")).json()["items"]
    assert [model["id"] for model in models] == ["sim-ulator/sim-fast"]
    assert models[0]["provider"] == {"id": made["id"], "name": "Sim Ülator"}
    assert models[0]["local"] is True
    assert models[0]["available"] is True


async def test_a_provider_that_does_not_answer_is_kept_and_says_why(app: App) -> None:
    admin = await app.set_up()
    made = await added(admin, "http://127.0.0.1:9/v1")
    assert made["health"]["state"] == "failing"
    assert made["health"]["error"]["code"] == "providers.connection_failed"
    refresh = await admin.post(f"/api/providers/{made['id']}/models/refresh")
    assert refresh.status == 502
    assert refresh.json()["code"] == "providers.connection_failed"


async def test_s03_a_key_is_never_shown_and_forgotten_when_the_host_changes(app: App, provider: Provider) -> None:
    admin = await app.set_up()
    made = await added(admin, provider.url, api_key=KEY)
    path = f"/api/providers/{made['id']}"
    for reply in (await admin.get(path), await admin.get("/api/providers"), await admin.patch(path, {"name": "New"})):
        assert KEY not in reply.text
    same_host = await admin.patch(path, {"endpoint": provider.url.removesuffix("/v1") + "/other"})
    assert same_host.json()["key_hint"] == "4f2a"
    async with running_provider() as elsewhere:
        moved = await admin.patch(path, {"endpoint": elsewhere.url})
        assert moved.json()["key_hint"] is None
        await admin.post(f"{path}/test")
        assert elsewhere.stats.last_authorization == ""
        both = await admin.patch(path, {"endpoint": provider.url, "api_key": KEY})
        assert both.json()["key_hint"] == "4f2a"
    removed = await admin.patch(path, {"api_key": None})
    assert removed.json()["key_hint"] is None


async def test_put_keeps_a_key_that_is_left_out(app: App, provider: Provider) -> None:
    admin = await app.set_up()
    made = await added(admin, provider.url, api_key=KEY)
    body = {"name": "Renamed", "type": "openai", "endpoint": provider.url, "enabled": False}
    reply = await admin.put(f"/api/providers/{made['id']}", body)
    assert reply.status == 200
    assert (reply.json()["name"], reply.json()["enabled"], reply.json()["key_hint"]) == ("Renamed", False, "4f2a")
    assert reply.json()["slug"] == "sim"


async def test_a_lost_race_is_412(app: App, provider: Provider) -> None:
    admin = await app.set_up()
    path = f"/api/providers/{(await added(admin, provider.url))['id']}"
    tag = (await admin.get(path)).headers["etag"]
    assert (await admin.patch(path, {"name": "First"}, headers={"if-match": tag})).status == 200
    lost = await admin.patch(path, {"name": "Second"}, headers={"if-match": tag})
    assert lost.status == 412
    assert (await admin.get(path)).json()["name"] == "First"


async def test_changes_in_one_instant_are_kept_or_said_to_be_late(app: App, provider: Provider) -> None:
    admin = await app.set_up()
    path = f"/api/providers/{(await added(admin, provider.url))['id']}"
    names = [f"Name {number}" for number in range(8)]
    replies = await asyncio.gather(*(admin.patch(path, {"name": name}) for name in names))
    kept = [reply.json()["name"] for reply in replies if reply.status == 200]
    assert (await admin.get(path)).json()["name"] in kept
    assert {reply.json()["code"] for reply in replies if reply.status != 200} <= {"stale"}


async def test_names_are_unique_and_short_names_stay_apart(app: App, provider: Provider) -> None:
    admin = await app.set_up()
    await added(admin, provider.url, "My Sim")
    taken = await admin.post("/api/providers", {"name": "my  sim", "type": "openai", "endpoint": provider.url})
    assert taken.status == 409
    assert taken.json()["code"] == "providers.name_taken"
    assert (await added(admin, provider.url, "My-Sim!"))["slug"] == "my-sim-2"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"endpoint": "file:///etc/passwd"}, "providers.endpoint_invalid"),
        ({"endpoint": "http://user:pass@host/v1"}, "providers.endpoint_invalid"),
        ({"endpoint": "http://host/v1?key=1"}, "providers.endpoint_invalid"),
        ({"endpoint": "http://ho st/v1"}, "providers.endpoint_invalid"),
        ({"endpoint": "host:11434"}, "providers.endpoint_invalid"),
        ({"type": "gopher"}, "providers.type_unknown"),
        ({"owner_id": str(new_id())}, "invalid"),
        ({"name": ""}, "invalid"),
    ],
)
async def test_what_cannot_be_is_refused(app: App, body: dict[str, str], code: str) -> None:
    admin = await app.set_up()
    whole = {"name": "P", "type": "openai", "endpoint": "http://127.0.0.1:9/v1", **body}
    reply = await admin.post("/api/providers", whole)
    assert (reply.status, reply.json()["code"]) == (422, code)
    assert (await admin.get("/api/providers")).json()["items"] == []


async def test_models_are_toggled_by_our_id(app: App, provider: Provider) -> None:
    admin = await app.set_up()
    made = await added(admin, provider.url)
    models = (await admin.get(f"/api/providers/{made['id']}/models")).json()["items"]
    (echo,) = [model for model in models if model["model_id"] == "sim-echo"]
    path = f"/api/providers/{made['id']}/models/{echo['id']}/toggle"
    reply = await admin.put(path, {"enabled": False})
    assert reply.json()["enabled"] is False
    listed = [model["id"] for model in (await admin.get("/api/models")).json()["items"]]
    assert "sim/sim-echo" not in listed
    assert "sim/sim-fast" in listed
    await admin.put(path, {"enabled": True})
    assert "sim/sim-echo" in [model["id"] for model in (await admin.get("/api/models")).json()["items"]]


async def test_models_are_toggled_at_the_same_time(app: App, provider: Provider) -> None:
    admin = await app.set_up()
    made = await added(admin, provider.url)
    base = f"/api/providers/{made['id']}/models"
    models = (await admin.get(base)).json()["items"]
    paths = [f"{base}/{model['id']}/toggle" for model in models]
    replies = await asyncio.gather(*(admin.put(path, {"enabled": False}) for path in paths))
    assert {reply.status for reply in replies} == {200}
    assert await offered(admin) == []


async def test_models_that_come_later_wait_and_those_that_go_are_gone(app: App, provider: Provider) -> None:
    admin = await app.set_up()
    provider.also = ("early",)
    made = await added(admin, provider.url)
    provider.also = ("late",)
    reply = await admin.post(f"/api/providers/{made['id']}/models/refresh")
    assert (reply.json()["added"], reply.json()["removed"]) == (1, 1)
    models = (await admin.get(f"/api/providers/{made['id']}/models")).json()["items"]
    assert {model["model_id"]: model["enabled"] for model in models}["late"] is False
    assert "early" not in [model["model_id"] for model in models]


async def test_lists_come_in_pages(app: App, provider: Provider) -> None:
    admin = await app.set_up()
    made = await added(admin, provider.url)
    for number in range(3):
        await added(admin, "http://127.0.0.1:9/v1", f"P{number}")
    for path, name in (
        ("/api/providers", "id"),
        (f"/api/providers/{made['id']}/models", "id"),
        ("/api/models", "id"),
    ):
        whole = [item[name] for item in (await admin.get(path)).json()["items"]]
        found: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            page = (await admin.get(f"{path}?limit=2&cursor={cursor}")).json()
            found += [item[name] for item in page["items"]]
            cursor = page["next"]
        assert found == whole
        assert (await admin.get(f"{path}?cursor=%21")).status in (200, 422)


async def test_members_see_no_address_and_change_nothing(app: App, provider: Provider) -> None:
    admin = await app.set_up()
    made = await added(admin, provider.url, api_key=KEY)
    member = await app.member()
    path = f"/api/providers/{made['id']}"
    seen = (await member.get(path)).json()
    assert (seen["endpoint"], seen["key_hint"], seen["health"]["error"]) == (None, None, None)
    before = (await admin.get(path)).text
    asked = provider.stats.requests.total()
    for attempt in (
        member.post("/api/providers", {"name": "X", "type": "openai", "endpoint": "http://127.0.0.1:22/v1"}),
        member.put(path, {"name": "X", "type": "openai", "endpoint": "http://127.0.0.1:9/"}),
        member.patch(path, {"endpoint": "http://127.0.0.1:9/"}),
        member.delete(path),
        member.post(f"{path}/test"),
        member.post(f"{path}/models/refresh"),
    ):
        assert (await attempt).status == 403
    assert (await admin.get(path)).text == before
    assert provider.stats.requests.total() == asked


async def test_removing_a_provider_removes_its_models(app: App, provider: Provider) -> None:
    admin = await app.set_up()
    path = f"/api/providers/{(await added(admin, provider.url))['id']}"
    assert (await admin.delete(path)).status == 204
    assert (await admin.get(path)).status == 404
    assert await offered(admin) == []
    assert (await admin.delete(path)).json()["code"] == "providers.unknown"


async def test_a15_a_disabled_provider_offers_nothing(app: App, provider: Provider) -> None:
    admin = await app.set_up()
    made = await added(admin, provider.url)
    await admin.patch(f"/api/providers/{made['id']}", {"enabled": False})
    assert await offered(admin) == []


async def test_a_repeated_request_adds_one_provider(app: App, provider: Provider) -> None:
    admin = await app.set_up()
    body = {"name": "Once", "type": "openai", "endpoint": provider.url}
    replies = [await admin.post("/api/providers", body, headers={"idempotency-key": "k1"}) for _ in range(2)]
    assert [reply.status for reply in replies] == [201, 201]
    assert replies[0].json()["id"] == replies[1].json()["id"]
    assert len((await admin.get("/api/providers")).json()["items"]) == 1
