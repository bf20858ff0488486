"""The observatory uses every kind of extension once: each must work for a module unlike any we ship."""

import importlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from modulon.core.testing import App, open_app
from modulon.sdk.testing import Client, Loopback

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "modules"
BASE = "/api/x/acme.observatory"
PACKAGE = "modulon_modules.acme_observatory.backend"


@pytest.fixture(params=["in-process", "loop-back"])
async def boundary(request: pytest.FixtureRequest) -> Loopback | None:
    return Loopback({"acme.observatory"}) if request.param == "loop-back" else None


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def app(
    request: pytest.FixtureRequest, boundary: Loopback | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[App]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    async with open_app(tmp_path / "data", database_url=url, modules_dir=FOLDER, boundary=boundary) as opened:
        yield opened


async def log_vega(client: Client) -> dict[str, Any]:
    reply = await client.post(f"{BASE}/sightings", {"body": "Vega", "magnitude": 0.03, "notes": {"seeing": [4, 5]}})
    assert reply.status == 201, reply.text
    made: dict[str, Any] = reply.json()
    return made


async def test_rows_go_in_and_come_out(app: App, boundary: Loopback | None) -> None:
    member = await app.member()
    made = await log_vega(member)
    assert made["notes"] == {"seeing": [4, 5]}
    reply = await member.post(f"{BASE}/sightings/{made['id']}/exposures", {"seconds": 30, "magnitude": 0.05})
    assert reply.status == 204, reply.text
    read = (await member.get(f"{BASE}/sightings/{made['id']}")).json()
    assert (read["magnitude"], read["exposures"]) == (0.05, [30])
    if boundary:
        assert boundary.calls >= 5


async def test_rows_of_others_are_absent(app: App) -> None:
    made = await log_vega(await app.member("one@example.org"))
    other = await app.member("two@example.org")
    assert (await other.get(f"{BASE}/sightings")).json() == []
    assert (await other.get(f"{BASE}/sightings/{made['id']}")).status == 404
    body = {"seconds": 1, "magnitude": 9}
    assert (await other.post(f"{BASE}/sightings/{made['id']}/exposures", body)).status == 404


async def test_bad_input_names_the_field(app: App) -> None:
    member = await app.member()
    reply = await member.post(f"{BASE}/sightings", {"body": "", "magnitude": "bright", "surprise": 1})
    assert reply.status == 422
    codes = {pointer: wrong["code"] for pointer, wrong in reply.json()["fields"].items()}
    assert codes == {"/body": "value.missing", "/magnitude": "value.type", "/surprise": "value.unknown"}


async def test_its_errors_and_settings(app: App) -> None:
    member = await app.member()
    reply = await member.post(f"{BASE}/sightings", {"body": "Neptune", "magnitude": 7.8})
    assert (reply.status, reply.json()["code"]) == (422, "acme_observatory.too_faint")
    assert reply.json()["params"] == {"faintest": 6.5}
    assert reply.json()["fields"]["/magnitude"] == {
        "code": "acme_observatory.too_faint", "detail": reply.json()["detail"], "params": {"faintest": 6.5},
    }  # fmt: skip
    await app.system("acme.observatory").settings.write("system", "faintest", 8.0)
    assert (await member.post(f"{BASE}/sightings", {"body": "Neptune", "magnitude": 7.8})).status == 201


async def test_its_events_reach_its_own_handler_exactly_once(app: App) -> None:
    member = await app.member()
    for _ in range(3):
        await log_vega(member)
    service = importlib.import_module(f"{PACKAGE}.service")
    counter = service.Sightings(app.system("acme.observatory"))
    await app.core.bus.drained()
    assert await counter.counted("Vega") == 3


async def test_its_stream_arrives_in_pieces(app: App) -> None:
    member = await app.member()
    async with member.stream("GET", f"{BASE}/twinkle") as (start, stream):
        assert start["status"] == 200
        assert [chunk async for chunk in stream.chunks()] == [b".", b".", b"."]


async def test_anonymous_sees_nothing_of_it(app: App) -> None:
    assert (await app.client().get(f"{BASE}/sightings")).status == 401
    assert (await app.client().get(f"{BASE}/twinkle")).status == 401


async def test_its_service_and_its_model_are_found_by_others(app: App) -> None:
    from modulon.sdk import ModelProvider

    providers = app.system("providers").implementations(ModelProvider)
    assert {"openai", "star"} <= set(providers)
    registry = app.core.resources.registry
    contract = importlib.import_module(f"{PACKAGE}.contract")
    with pytest.raises(LookupError, match="requires"):
        app.system("providers").use(contract.Observatory)
    owner, provision = registry.service(contract.Observatory, {"acme.observatory"})
    assert owner == "acme.observatory"
    assert await provision.make(app.system(owner)).latest() is None


async def test_its_hooks_ran(app: App) -> None:
    module = importlib.import_module(f"{PACKAGE}.module")
    assert "start acme.observatory" in module.HOOKS


async def test_its_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command group is found by the manifest; running it in this process would need a second event loop."""
    from modulon.core.modules.discover import discover

    found = next(module for module in discover(FOLDER) if module.manifest.id == "acme.observatory")
    (contribution,) = found.manifest.contributes.cli
    group = getattr(importlib.import_module(f"{found.package}.backend.cli"), contribution.name)
    assert [command.callback.__name__ for command in group.registered_commands] == ["counted"]


async def test_its_routes_are_in_the_one_document(app: App) -> None:
    document = (await app.client().get("/api/openapi.json")).json()
    assert f"{BASE}/sightings/{{sighting_id}}" in document["paths"]
    assert document["paths"][f"{BASE}/twinkle"]["get"]["x-policy"] == "signed-in"
    page = await app.client().get("/api/docs")
    assert page.status == 200
    assert "Log a sighting" in page.text
