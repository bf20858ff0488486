"""Safe mode, and the search for a module that makes trouble."""

from collections.abc import Sequence
from typing import Any

import pytest

from modulon.core import testing
from modulon.core.config import Config
from modulon.modules.modules.backend.service import bisect, suspects

from .conftest import Kit


@pytest.mark.parametrize("culprit", ["a", "b", "c", "d", "", "chat"])
async def test_the_culprit_is_found_and_everything_runs_again(kit: Kit, culprit: str) -> None:
    ids = {word: kit.write(word, "here") for word in "abcd"}
    async with kit.open() as app:
        await app.set_up()
        modules = app.system("modules").modules
        before = suspects(await modules.all())
        wanted = ids.get(culprit, culprit)
        asked: list[Sequence[str]] = []

        async def look(off: Sequence[str]) -> bool:
            asked.append(off)
            await modules.settled()
            serves = {view.manifest.id for view in await modules.all() if view.enabled}
            assert not serves & set(off)
            return not wanted or wanted in serves

        assert await bisect(modules, look) == wanted
        assert len(asked) <= 5
        await modules.settled()
        assert suspects(await modules.all()) == before
        assert all(app.core.resources.registry.serves(module) for module in before)


async def test_everything_runs_again_when_the_search_is_given_up(kit: Kit) -> None:
    kit.write("given", "here")
    async with kit.open() as app:
        await app.set_up()
        modules = app.system("modules").modules
        before = suspects(await modules.all())

        async def look(off: Sequence[str]) -> bool:
            del off
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            await bisect(modules, look)
        await modules.settled()
        assert suspects(await modules.all()) == before


async def test_a_safe_start_leaves_out_what_we_do_not_ship(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    module = kit.write("risky", "boo")

    def safe(**values: Any) -> Config:
        return Config(**values, safe=True)

    monkeypatch.setattr(testing, "Config", safe)
    async with kit.open() as app:
        admin = await app.set_up()
        shown = (await admin.get(f"/api/modules/{module}")).json()
        assert (shown["state"], shown["obstacle"]["code"]) == ("blocked", "safe")
        assert (await app.client().get(f"/api/x/{module}/word")).json()["code"] == "modules.disabled"
        assert (await admin.get("/api/modules/chat")).json()["state"] == "running"
        refused = await admin.patch(f"/api/modules/{module}", {"enabled": True})
        assert refused.json()["code"] == "modules.blocked"
