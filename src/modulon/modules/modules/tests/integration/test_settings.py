"""Settings of modules: seen and set at their scopes, checked, told to the module, and remembered."""

import asyncio
from pathlib import Path
from typing import Any

from modulon.sdk.testing import Client
from tests.rig.waiting import until

from .conftest import Kit

_MORE = """
from pydantic import Field
from modulon.sdk import ModuleSettings, Secret

@module.settings
class Settings(ModuleSettings):
    scopes = ("system", "workspace", "user")

    size: int = Field(default=5, ge=1, le=9, description="How large")
    token: Secret | None = Field(default=None, description="What opens the door")

TOLD = []

@module.hook("on_settings")
async def told(ctx: Context) -> None:
    TOLD.append((await ctx.settings.read(Settings)).size)
"""


async def items(client: Client, module: str, scope: str = "system") -> dict[str, Any]:
    reply = await client.get(f"/api/modules/{module}/settings?scope={scope}")
    assert reply.status == 200, reply.text
    return {item["key"]: item for item in reply.json()["items"]}


async def put(client: Client, module: str, scope: str = "system", **values: Any) -> int:
    return (await client.patch(f"/api/modules/{module}/settings", {"scope": scope, "values": values})).status


async def test_the_nearest_scope_counts_and_the_form_says_which(kit: Kit) -> None:
    module = kit.write("scopes", "hi", more=_MORE)
    async with kit.open() as app:
        admin = await app.set_up()
        size = (await items(admin, module))["size"]
        assert (size["value"], size["source"], size["own"]) == (5, "default", False)
        assert size["schema"]["maximum"] == 9
        assert size["schema"]["description"] == "How large"
        assert await put(admin, module, size=7) == 200
        member = await app.member()
        size = (await items(member, module, "user"))["size"]
        assert (size["value"], size["source"], size["own"]) == (7, "system", False)
        assert await put(member, module, "user", size=2) == 200
        assert (await items(member, module, "user"))["size"]["own"]
        assert (await items(admin, module))["size"]["value"] == 7
        assert await put(member, module, "user", size=None) == 200
        assert (await items(member, module, "user"))["size"]["source"] == "system"


async def test_a_member_neither_sees_nor_sets_what_counts_for_all(kit: Kit) -> None:
    async with kit.open() as app:
        await app.set_up()
        member = await app.member()
        assert (await member.get("/api/modules/chat/settings")).status == 403
        assert (await member.get("/api/modules/chat/settings/history")).status == 403
        assert await put(member, "chat", max_seconds=20) == 403
        assert (await app.client().get("/api/modules/chat/settings")).status == 401


async def test_what_does_not_fit_changes_nothing(kit: Kit) -> None:
    async with kit.open() as app:
        admin = await app.set_up()
        body = {"scope": "system", "values": {"max_seconds": 60, "max_parallel": 0}}
        refused = await admin.patch("/api/modules/chat/settings", body)
        assert (refused.status, list(refused.json()["fields"])) == (422, ["/max_parallel"])
        assert not (await items(admin, "chat"))["max_seconds"]["own"]
        for scope, values, status in (
            ("system", {"nothing": 1}, 422),
            ("user", {"max_seconds": 60}, 422),
            ("planet", {"max_seconds": 60}, 422),
            ("system", {}, 422),
        ):
            reply = await admin.patch("/api/modules/chat/settings", {"scope": scope, "values": values})
            assert reply.status == status, reply.text
        assert (await admin.get("/api/modules/openai/settings")).json()["code"] == "modules.settings_missing"
        assert (await admin.get("/api/modules/nothing/settings")).status == 404


async def test_s01_a_secret_is_set_and_never_told(kit: Kit) -> None:
    module = kit.write("secret", "hi", more=_MORE)
    async with kit.open() as app:
        admin = await app.set_up()
        assert await put(admin, module, token="canary-4711") == 200
        token = (await items(admin, module))["token"]
        assert (token["value"], token["own"], token["secret"]) == (None, True, True)
        history = await admin.get(f"/api/modules/{module}/settings/history")
        (change,) = history.json()["items"]
        assert (change["key"], change["old"], change["new"]) == ("token", None, None)
        assert "canary" not in (await admin.get(f"/api/modules/{module}/settings")).text + history.text
    if not kit.url:
        assert not _holds(kit.data, b"canary-4711")


def _holds(folder: Path, text: bytes) -> bool:
    return any(text in path.read_bytes() for path in folder.glob("modulon.db*"))


async def test_changes_are_remembered_with_who_made_them(kit: Kit) -> None:
    async with kit.open() as app:
        admin = await app.set_up()
        me = (await admin.get("/api/me")).json()["user"]["id"]
        for seconds in (60, 70, None):
            assert await put(admin, "chat", max_seconds=seconds) == 200
        changes = (await admin.get("/api/modules/chat/settings/history")).json()["items"]
        assert [(each["old"], each["new"]) for each in changes] == [(70, None), (60, 70), (None, 60)]
        assert {(each["changed_by"], each["changed_by_name"]) for each in changes} == {(me, "Admin")}


async def test_the_module_is_told_in_every_process(kit: Kit) -> None:
    module = kit.write("told", "hi", more=_MORE)
    async with kit.open() as one, kit.open():
        admin = await one.set_up()
        assert await put(admin, module, size=8) == 200
        # Both applications of this test share the module's code: each tells it once.
        await until(lambda: kit.inside(module, "TOLD") == [8, 8])
        await asyncio.sleep(0.1)
        assert kit.inside(module, "TOLD") == [8, 8]
