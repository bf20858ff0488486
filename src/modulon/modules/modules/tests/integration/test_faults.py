"""What fails in the middle of a switch is taken up by the next look: no module stays half on."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from modulon.core.events.bus import Bus
from modulon.core.modules.reconcile import Reconciler
from modulon.core.modules.states import States
from modulon.core.testing import App
from modulon.sdk import Unavailable
from modulon.sdk.testing import Client
from tests.rig.kit import Kit
from tests.rig.waiting import until


def failing_once(monkeypatch: pytest.MonkeyPatch, owner: type[Any], name: str, when: Callable[..., bool]) -> None:
    """Let the first call of a method for which *when* holds fail as it does while the database is away."""
    method = getattr(owner, name)
    failed: list[bool] = []

    async def tried(self: Any, *arguments: Any, **options: Any) -> Any:
        if not failed and when(*arguments, **options):
            failed.append(True)
            raise Unavailable
        return await method(self, *arguments, **options)

    monkeypatch.setattr(owner, name, tried)


async def switch(client: Client, module: str, *, enabled: bool) -> None:
    reply = await client.patch(f"/api/modules/{module}", {"enabled": enabled})
    assert reply.status == 200, reply.text


async def look(app: App) -> None:
    app.core.reconciler.wake()
    await app.core.reconciler.settled()


async def heard(app: App, kit: Kit, admin: Client, module: str, name: str) -> int:
    """How often the module hears that a workspace was made."""
    made = (await admin.post("/api/workspaces", {"name": name})).json()["id"]
    await app.core.bus.drained()
    count: int = kit.inside(module, "HEARD").count(made)
    return count


@pytest.mark.parametrize("method", ["_leave", "_claims"])
async def test_a_module_is_disabled_whole_at_the_second_look(
    kit: Kit, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    module = kit.write("half", "yes")
    async with kit.open() as app:
        admin = await app.set_up()
        failing_once(monkeypatch, Reconciler, method, lambda *_arguments, **_options: True)
        await switch(admin, module, enabled=False)
        await look(app)
        await until(lambda: kit.inside(module, "RAN") == ["on_start", "on_disable", "on_stop"])
        assert await heard(app, kit, admin, module, "While it is off") == 0
        await switch(admin, module, enabled=True)
        assert kit.inside(module, "RAN")[3:] == ["on_start", "on_enable"]
        assert await heard(app, kit, admin, module, "When it is on") == 1


async def test_a_module_that_came_back_hears_events_though_the_bus_failed_once(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = kit.write("deaf", "yes")
    async with kit.open() as app:
        admin = await app.set_up()
        await switch(admin, module, enabled=False)
        failing_once(monkeypatch, Bus, "attach", lambda: True)
        await switch(admin, module, enabled=True)
        await look(app)
        assert await heard(app, kit, admin, module, "Heard") == 1


async def test_a_start_without_a_database_is_made_up_for(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    module = kit.write("early", "yes")
    failing_once(monkeypatch, Bus, "start", lambda: True)
    async with kit.open() as app:
        admin = await app.set_up()
        await look(app)
        assert await heard(app, kit, admin, module, "Heard") == 1
        async with asyncio.timeout(10):
            assert (await admin.get("/api/interface")).status == 200
        await switch(admin, module, enabled=False)


async def test_states_that_could_not_be_written_are_written_later(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    module = kit.write("untold", "yes")
    async with kit.open() as app:
        admin = await app.set_up()
        rows: list[str] = []
        row = States._row  # pyright: ignore[reportPrivateUsage]

        def failing(self: States, handle: Any, state: Any, figures: Any) -> dict[str, Any]:
            rows.append(state)
            if len(rows) <= 2:
                raise Unavailable
            return row(self, handle, state, figures)

        monkeypatch.setattr(States, "_row", failing)
        await switch(admin, module, enabled=False)
        await look(app)
        assert (await admin.get(f"/api/modules/{module}")).json()["observed"][0]["state"] == "disabled"


async def test_two_administrators_do_not_undo_each_other(kit: Kit) -> None:
    module = kit.write("both", "yes")
    async with kit.open() as app:
        admin = await app.set_up()
        updated, _ = await asyncio.gather(
            admin.post(f"/api/modules/{module}/update"), admin.patch(f"/api/modules/{module}", {"enabled": False})
        )
        assert updated.status == 200, updated.text
        await asyncio.gather(*(admin.post(f"/api/modules/{module}/update") for _ in range(3)))
        shown = (await admin.get(f"/api/modules/{module}")).json()
        assert (shown["enabled"], shown["generation"], shown["state"]) == (False, 4, "disabled")


async def test_what_an_update_does_once_is_done_by_the_new_code(kit: Kit) -> None:
    module = kit.write("slept", "old")
    async with kit.open() as app:
        admin = await app.set_up()
        await switch(admin, module, enabled=False)
        kit.write("slept", "new", version="2.0.0")
        await admin.post(f"/api/modules/{module}/update")
        await switch(admin, module, enabled=True)
        assert kit.inside(module, "RAN") == ["on_start", "on_update 1.0.0", "on_enable"]


async def test_a_route_that_cannot_be_is_the_modules_own_fault(kit: Kit) -> None:
    more = """
@module.get("/x/{id}/{part}/{part}", policy="public")
async def twice(ctx: Context) -> str:
    return ""
"""
    module = kit.write("twice", "yes", more=more.replace("{id}", kit.name("twice")))
    async with kit.open() as app:
        admin = await app.set_up()
        shown = (await admin.get(f"/api/modules/{module}")).json()
        assert shown["obstacle"]["code"] == "import"
        assert "cannot be told apart" in shown["obstacle"]["reason"]
        assert (await admin.get("/api/conversations")).status == 200


async def test_why_an_update_failed_stays_to_be_read(kit: Kit) -> None:
    module = kit.write("reason", "old")
    async with kit.open() as app:
        admin = await app.set_up()
        kit.write("reason", "new", more="raise RuntimeError('not today')")
        await admin.post(f"/api/modules/{module}/update")
        assert (await app.client().get(f"/api/x/{module}/word")).json() == "old"
        await look(app)
        (observed,) = (await admin.get(f"/api/modules/{module}")).json()["observed"]
        assert "not today" in observed["error"]
        assert observed["state"] == "running"


async def test_the_old_code_is_stopped_with_the_process(kit: Kit) -> None:
    module = kit.write("stops", "old")
    async with kit.open() as app:
        admin = await app.set_up()
        old = kit.inside(module, "RAN")
        async with app.client().stream("GET", f"/api/x/{module}/stream") as (_, stream):
            await anext(stream.chunks())
            kit.write("stops", "new")
            await admin.post(f"/api/modules/{module}/update")
            await app.application.stop()
            assert old == ["on_start", "on_stop"]
