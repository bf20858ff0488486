"""What is removed in time: what was deleted long ago, and what belonged to a workspace that is gone."""

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from modulon.modules.chat.backend.models import conversations as table
from modulon.modules.chat.backend.service import conversations, housekeeping
from modulon.modules.chat.tests.world import Person
from modulon.sdk.storage import now, rows

if TYPE_CHECKING:
    from modulon.core.testing import App

TITLES = rows(str, sa.select(table.c.title), unguarded="the test looks at all rows there are")


async def test_what_was_deleted_long_ago_is_gone(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = (await conversations.create_conversation(person.ctx, "kept", None)).conversation.id
    gone = (await conversations.create_conversation(person.ctx, "gone", None)).conversation.id
    await conversations.delete_conversation(person.ctx, gone)
    await housekeeping.purge(person.ctx)
    page = await conversations.list_conversations(person.ctx, None, 10, "", "deleted")
    assert [one.id for one in page.items] == [gone]
    later = now() + timedelta(days=31)
    monkeypatch.setattr(housekeeping, "now", lambda: later)
    await housekeeping.purge(person.ctx)
    assert (await conversations.list_conversations(person.ctx, None, 10, "", "deleted")).items == ()
    assert [one.id for one in (await conversations.list_conversations(person.ctx, None, 10)).items] == [kept]


async def test_a_deleted_workspace_takes_its_conversations_along(app: "App") -> None:
    admin = await app.set_up()
    workspace = (await admin.post("/api/workspaces", {"name": "Short-lived"})).json()["id"]
    there = {"modulon-workspace": workspace}
    made = await admin.post("/api/conversations", {"title": "There"}, headers=there)
    assert made.status == 201
    assert (await admin.post("/api/folders", {"name": "F"}, headers=there)).status == 201
    assert (await admin.post("/api/conversations", {"title": "Here"})).status == 201
    assert (await admin.delete(f"/api/workspaces/{workspace}")).status in (200, 204)
    system = app.system("chat")

    async def titles() -> list[str]:
        async with system.db.read() as db:
            return await db.all(TITLES)

    async with asyncio.timeout(10):
        while await titles() != ["Here"]:  # noqa: ASYNC110 - the event's consumer says nothing
            await asyncio.sleep(0.01)
