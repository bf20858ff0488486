"""Modules are enabled, disabled and updated while the server runs."""

import asyncio
import gc
import json
import weakref
from typing import Any

from modulon.sdk.testing import Client
from tests.rig.provider import Provider
from tests.rig.waiting import until

from .conftest import Kit


async def switch(client: Client, module: str, *, enabled: bool, with_others: bool = False) -> dict[str, Any]:
    reply = await client.patch(f"/api/modules/{module}", {"enabled": enabled, "with_others": with_others})
    assert reply.status == 200, reply.text
    told: dict[str, Any] = reply.json()
    return told


async def states(client: Client) -> dict[str, str]:
    reply = await client.get("/api/modules")
    assert reply.status == 200, reply.text
    return {item["id"]: item["state"] for item in reply.json()["items"]}


async def everywhere(client: Client, module: str, state: str, *, processes: int) -> None:
    """Wait until each process says that it has the module in this state."""
    async with asyncio.timeout(10):
        while True:
            observed = (await client.get(f"/api/modules/{module}")).json()["observed"]
            if [each["state"] for each in observed] == [state] * processes:
                return
            await asyncio.sleep(0.02)


async def test_all_modules_are_listed_with_what_they_need(kit: Kit) -> None:
    async with kit.open() as app:
        admin = await app.set_up()
        items = {item["id"]: item for item in (await admin.get("/api/modules")).json()["items"]}
        chat = items["chat"]
        assert (chat["state"], chat["enabled"], chat["switchable"]) == ("running", True, True)
        assert chat["requires"] == {"providers": ">=1,<2"}
        assert set(items["providers"]["required_by"]) >= {"chat", "openai"}
        assert chat["observed"][0]["load_ms"] >= 0
        assert not items["accounts"]["switchable"]


async def test_members_and_strangers_see_and_switch_nothing(kit: Kit) -> None:
    async with kit.open() as app:
        await app.set_up()
        member = await app.member()
        for client, status in ((member, 403), (app.client(), 401)):
            assert (await client.get("/api/modules")).status == status
            assert (await client.get("/api/modules/chat")).status == status
            assert (await client.patch("/api/modules/chat", {"enabled": False})).status == status
            assert (await client.post("/api/modules/chat/update")).status == status
        assert (await member.get("/api/conversations")).status == 200


async def test_a_disabled_module_says_so_and_keeps_what_it_has(kit: Kit) -> None:
    async with kit.open() as app:
        admin = await app.set_up()
        made = await admin.post("/api/folders", {"name": "Kept"})
        assert made.status == 201, made.text
        told = await switch(admin, "chat", enabled=False)
        assert (told["module"]["state"], told["changed"]) == ("disabled", ["chat"])
        refused = await admin.get("/api/folders")
        assert (refused.status, refused.json()["code"]) == (404, "modules.disabled")
        assert refused.json()["params"] == {"module": "chat"}
        assert "chat" not in [each["id"] for each in (await admin.get("/api/interface")).json()["modules"]]
        assert "/api/folders" not in (await admin.get("/api/openapi.json")).json()["paths"]
        await switch(admin, "chat", enabled=True)
        assert [each["name"] for each in (await admin.get("/api/folders")).json()["items"]] == ["Kept"]
        assert "/api/folders" in (await admin.get("/api/openapi.json")).json()["paths"]
        shown = (await admin.get("/api/modules/chat")).json()
        me = (await admin.get("/api/me")).json()["user"]
        assert (shown["changed_by"], shown["changed_by_name"]) == (me["id"], me["name"])
        assert shown["icon"] == "messages-square"


async def test_what_others_need_is_not_disabled_unless_they_are_too(kit: Kit) -> None:
    async with kit.open() as app:
        admin = await app.set_up()
        refused = await admin.patch("/api/modules/providers", {"enabled": False})
        assert (refused.status, refused.json()["code"]) == (409, "modules.needed")
        assert "chat" in refused.json()["params"]["dependents"]
        told = await switch(admin, "providers", enabled=False, with_others=True)
        assert {"providers", "chat", "openai"} <= set(told["changed"])
        assert (await admin.get("/v1/models")).json()["code"] == "modules.disabled"
        refused = await admin.patch("/api/modules/chat", {"enabled": True})
        assert (refused.status, refused.json()["code"]) == (409, "modules.needs")
        assert refused.json()["params"]["required"] == "providers"
        told = await switch(admin, "chat", enabled=True, with_others=True)
        assert set(told["changed"]) == {"providers", "chat"}
        assert (await admin.get("/api/conversations")).status == 200
        assert (await states(admin))["openai"] == "disabled"


async def test_the_core_stays(kit: Kit) -> None:
    async with kit.open() as app:
        admin = await app.set_up()
        for module in ("accounts", "workspaces", "modules"):
            refused = await admin.patch(f"/api/modules/{module}", {"enabled": False, "with_others": True})
            assert (refused.status, refused.json()["code"]) == (409, "modules.core")
        assert (await admin.patch("/api/modules/nothing", {"enabled": False})).status == 404


async def test_it_is_as_it_was_left_after_a_restart(kit: Kit) -> None:
    async with kit.open() as app:
        await switch(await app.set_up(), "openai", enabled=False)
    async with kit.open() as app:
        assert (await app.client().get("/v1/models")).json()["code"] == "modules.disabled"
        await app.system("modules").modules.enable("openai")
        await app.system("modules").modules.settled()
        assert (await app.client().get("/v1/models")).status == 401


async def test_another_process_follows(kit: Kit) -> None:
    module = kit.write("follow", "yes")
    async with kit.open() as one, kit.open() as two:
        admin = await one.set_up()
        await switch(admin, module, enabled=False)
        await until(lambda: not two.core.resources.registry.serves(module))
        assert (await two.client().get(f"/api/x/{module}/word")).status == 404
        # The hook of the installation ran in one of them.
        assert kit.inside(module, "RAN").count("on_disable") == 1
        await switch(admin, module, enabled=True)
        await until(lambda: two.core.resources.registry.serves(module))
        assert (await two.client().get(f"/api/x/{module}/word")).status == 200
        assert kit.inside(module, "RAN").count("on_enable") == 1
        await everywhere(admin, module, "running", processes=2)


async def test_requests_under_way_are_answered(kit: Kit) -> None:
    module = kit.write("busy", "done")
    async with kit.open() as app:
        admin = await app.set_up()
        slow = asyncio.create_task(app.client().get(f"/api/x/{module}/slow"))
        await asyncio.sleep(0.1)
        switched = asyncio.create_task(switch(admin, module, enabled=False))
        await until(lambda: not app.core.resources.registry.serves(module))
        assert (await app.client().get(f"/api/x/{module}/word")).status == 404
        assert not slow.done()
        assert (await slow).json() == "done"
        await switched
        assert kit.inside(module, "RAN")[-1] == "on_stop"


async def test_an_update_takes_new_requests_while_old_streams_end_on_the_old_code(kit: Kit) -> None:
    module = kit.write("renew", "old")
    async with kit.open() as app:
        admin = await app.set_up()
        async with app.client().stream("GET", f"/api/x/{module}/stream") as (_, stream):
            chunks = stream.chunks()
            said = [await anext(chunks)]
            kit.write("renew", "new", version="1.1.0")
            updated = asyncio.create_task(admin.post(f"/api/modules/{module}/update"))
            registry = app.core.resources.registry
            await until(lambda: registry.handle(module).generation == 1)
            assert (await app.client().get(f"/api/x/{module}/word")).json() == "new"
            said += [chunk async for chunk in chunks]
        assert said == [b"old "] * 8
        reply = await updated
        assert (reply.status, reply.json()["version"]) == (200, "1.1.0")
        assert kit.inside(module, "RAN") == ["on_start", "on_update 1.0.0"]


async def test_code_that_does_not_load_leaves_the_old_running(kit: Kit) -> None:
    module = kit.write("careful", "old")
    async with kit.open() as app:
        admin = await app.set_up()
        kit.write("careful", "new", version="2.0.0", more="raise RuntimeError('not today')")
        reply = await admin.post(f"/api/modules/{module}/update")
        assert reply.status == 200, reply.text
        (observed,) = reply.json()["observed"]
        assert (observed["version"], observed["state"]) == ("1.0.0", "running")
        assert "RuntimeError: not today" in observed["error"]
        assert (await app.client().get(f"/api/x/{module}/word")).json() == "old"
        kit.write("careful", "new", version="2.0.1")
        reply = await admin.post(f"/api/modules/{module}/update")
        assert (reply.json()["version"], reply.json()["observed"][0]["error"]) == ("2.0.1", "")
        assert (await app.client().get(f"/api/x/{module}/word")).json() == "new"


async def test_what_was_updated_while_disabled_comes_back_new(kit: Kit) -> None:
    module = kit.write("asleep", "old")
    async with kit.open() as app:
        admin = await app.set_up()
        await switch(admin, module, enabled=False)
        kit.write("asleep", "new")
        assert (await admin.post(f"/api/modules/{module}/update")).json()["state"] == "disabled"
        await switch(admin, module, enabled=True)
        assert (await app.client().get(f"/api/x/{module}/word")).json() == "new"
        await switch(admin, module, enabled=False)
        kit.write("asleep", "broken", more="raise RuntimeError('never')")
        await admin.post(f"/api/modules/{module}/update")
        told = await switch(admin, module, enabled=True)
        assert (told["module"]["state"], told["module"]["obstacle"]["code"]) == ("blocked", "import")
        # Other modules are switched as ever.
        assert (await switch(admin, "openai", enabled=False))["module"]["state"] == "disabled"


async def test_the_module_that_answers_can_be_updated(kit: Kit) -> None:
    async with kit.open() as app:
        admin = await app.set_up()
        async with asyncio.timeout(20):
            reply = await admin.post("/api/modules/modules/update")
        assert (reply.status, reply.json()["state"]) == (200, "running")
        assert (await admin.get("/api/modules")).status == 200


async def test_a_manifest_that_does_not_fit_is_refused_before_anything_changes(kit: Kit) -> None:
    module = kit.write("fit", "old")
    async with kit.open() as app:
        admin = await app.set_up()
        kit.write("fit", "new", requires='nothing = ">=1"')
        refused = await admin.post(f"/api/modules/{module}/update")
        assert (refused.status, refused.json()["code"]) == (409, "modules.update_refused")
        assert "requires nothing >=1, which is not there" in refused.json()["detail"]
        assert (await app.client().get(f"/api/x/{module}/word")).json() == "old"


async def test_what_is_broken_keeps_only_those_that_need_it_from_running(kit: Kit) -> None:
    broken = kit.write("broken", "no", more="import nothing_of_this_name")
    behind = kit.write("behind", "no", requires=f'"{broken}" = ">=1"')
    beside = kit.write("beside", "fine")
    unreadable = kit.folder / "acme_unreadable"
    unreadable.mkdir()
    (unreadable / "module.toml").write_text("[module]\nid = 3\n")
    async with kit.open() as app:
        admin = await app.set_up()
        items = {item["id"]: item for item in (await admin.get("/api/modules")).json()["items"]}
        assert (await app.client().get(f"/api/x/{beside}/word")).json() == "fine"
        assert items["acme_unreadable"]["obstacle"]["code"] == "manifest"
        assert "module.id" in items["acme_unreadable"]["obstacle"]["reason"]
        assert items[broken]["obstacle"]["code"] == "import"
        assert "nothing_of_this_name" in items[broken]["obstacle"]["reason"]
        assert items[behind]["obstacle"]["code"] == "dependency"
        assert items[behind]["obstacle"]["chain"] == [behind, broken]
        assert (await app.client().get(f"/api/x/{behind}/word")).json()["code"] == "modules.disabled"
        refused = await admin.patch(f"/api/modules/{behind}", {"enabled": True})
        assert refused.json()["code"] == "modules.blocked"
        # Mended in its folder, it runs without a restart, and so does what needs it.
        kit.write("broken", "mended")
        assert (await admin.post(f"/api/modules/{broken}/update")).json()["state"] == "running"
        assert (await app.client().get(f"/api/x/{broken}/word")).json() == "mended"
        await until(lambda: app.core.resources.registry.serves(behind))
        assert (await app.client().get(f"/api/x/{behind}/word")).json() == "no"


async def test_what_happens_meanwhile_is_heard_when_it_is_enabled_again(kit: Kit) -> None:
    module = kit.write("hears", "yes")
    async with kit.open() as app:
        admin = await app.set_up()
        await app.core.bus.drained()
        await switch(admin, module, enabled=False)
        made = (await admin.post("/api/workspaces", {"name": "Meanwhile"})).json()["id"]
        await app.core.bus.drained()
        assert made not in kit.inside(module, "HEARD")
        await switch(admin, module, enabled=True)
        await until(lambda: made in kit.inside(module, "HEARD"))
        await app.core.bus.drained()
        assert kit.inside(module, "HEARD").count(made) == 1


async def test_a_module_that_does_not_start_is_tried_again(kit: Kit, monkeypatch: Any) -> None:
    monkeypatch.setattr("modulon.core.modules.handle.RETRY_SECONDS", 0.1)
    flag = kit.data.parent / "may-start"
    more = f"""
import pathlib
@module.hook("on_start")
async def check(ctx: Context) -> None:
    if not pathlib.Path({str(flag)!r}).exists():
        raise RuntimeError("not yet")
"""
    module = kit.write("late", "here", more=more)
    async with kit.open() as app:
        admin = await app.set_up()
        shown = (await admin.get(f"/api/modules/{module}")).json()
        assert (shown["state"], "not yet" in shown["observed"][0]["error"]) == ("failed", True)
        refused = await app.client().get(f"/api/x/{module}/word")
        assert (refused.status, refused.json()["code"]) == (503, "modules.failed")
        flag.touch()
        await asyncio.sleep(0.15)
        assert (await app.client().get(f"/api/x/{module}/word")).json() == "here"
        app.core.reconciler.wake()
        await app.core.reconciler.settled()
        assert (await states(admin))[module] == "running"


async def test_everybody_who_is_signed_in_is_told(kit: Kit) -> None:
    async with kit.open() as app:
        admin = await app.set_up()
        member = await app.member()
        async with member.stream("GET", "/api/events/stream") as (_, stream):
            chunks = stream.chunks()
            assert await anext(chunks) == b": open\n\n"
            await switch(admin, "openai", enabled=False)
            async with asyncio.timeout(10):
                told = b""
                while b"core.module_switched" not in told:
                    told = await anext(chunks)
        payload = json.loads(told.partition(b"data: ")[2])["payload"]
        assert (payload["module_id"], payload["enabled"]) == ("openai", False)


async def test_twenty_swaps_leave_one_code_in_memory(kit: Kit) -> None:
    module = kit.write("often", "0")
    async with kit.open() as app:
        admin = await app.set_up()
        codes: list[weakref.ref[Any]] = []
        for number in range(1, 21):
            kit.write("often", str(number))
            assert (await admin.post(f"/api/modules/{module}/update")).status == 200
            assert (await app.client().get(f"/api/x/{module}/word")).json() == str(number)
            codes.append(weakref.ref(kit.inside(module, "module")))
        gc.collect()
        assert [code() is not None for code in codes] == [False] * 19 + [True]


async def test_the_command_line_switches_for_the_next_start(kit: Kit) -> None:
    module = kit.write("later", "yes")
    async with kit.open() as app:
        await app.set_up()
    async with kit.open() as app:
        # What a command does: write down, start nothing.
        await app.system("modules").modules.disable(module)
    async with kit.open() as app:
        await until(lambda: kit.inside(module, "RAN").count("on_disable") == 1)
        assert not app.core.resources.registry.serves(module)


async def test_an_answer_under_way_is_kept_and_can_be_continued(kit: Kit, provider: Provider) -> None:
    """Disabling gives answers the time that stopping the server gives them, then interrupts them; nothing is lost."""
    async with kit.open() as app:
        admin = await app.set_up()
        await admin.patch("/api/modules/chat/settings", {"scope": "system", "values": {"drain_seconds": 0}})
        made = await admin.post("/api/providers", {"name": "Sim", "type": "openai", "endpoint": provider.url})
        assert made.status == 201, made.text
        await admin.post(f"/api/providers/{made.json()['id']}/refresh")
        message = {"parts": [{"type": "text", "text": "Count"}], "model": "sim/sim-fast-n4000-r40"}
        begun = (await admin.post("/api/conversations", {"message": message})).json()
        async with admin.stream("GET", f"/api/runs/{begun['run']['id']}/events") as (_, stream):
            chunks = stream.chunks()
            seen = b""
            while len(seen) < 2000:
                seen += await anext(chunks)
            await switch(admin, "chat", enabled=False)
        await switch(admin, "chat", enabled=True)
        path = f"/api/conversations/{begun['conversation']['id']}/messages"
        answer = (await admin.get(path)).json()["items"][-1]
        assert answer["status"] == "interrupted"
        assert answer["parts"][0]["text"]


async def test_what_was_seen_of_a_module_is_told(kit: Kit) -> None:
    more = f"""
@module.get("/x/{kit.name("seen")}/fails", policy="public")
async def fails(ctx: Context) -> str:
    raise RuntimeError("on purpose")
"""
    module = kit.write("seen", "yes", more=more)
    async with kit.open() as app:
        admin = await app.set_up()
        for path, times in (("word", 3), ("fails", 2)):
            for _ in range(times):
                await app.client().get(f"/api/x/{module}/{path}")
        app.core.reconciler.wake()
        await app.core.reconciler.settled()
        (observed,) = (await admin.get(f"/api/modules/{module}")).json()["observed"]
        assert (observed["requests"], observed["errors"]) == (5, 2)
        assert observed["p95_ms"] > 0
