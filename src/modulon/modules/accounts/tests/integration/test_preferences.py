"""Preferences: kept for a person, checked, told to the person's other browsers."""

from typing import Any

import pytest

from modulon.core.testing import PASSWORD, App
from modulon.sdk.testing.client import Stream

DEFAULTS: dict[str, Any] = {
    "theme": "system", "density": "comfortable", "language": "", "shortcuts_on": True, "shortcuts": {},
}  # fmt: skip


async def test_they_follow_the_person_and_nobody_else(app: App) -> None:
    member, other = await app.member(), await app.member("other@example.org")
    assert (await member.get("/api/me/preferences")).json() == DEFAULTS
    wanted = {"theme": "dark", "language": "ar", "shortcuts": {"chat.new": "Mod+J", "shell.palette": ""}}
    changed = await member.patch("/api/me/preferences", wanted)
    assert changed.json() == DEFAULTS | wanted
    elsewhere = app.client()
    await elsewhere.post("/api/sessions", {"email": "member@example.org", "password": PASSWORD})
    assert (await elsewhere.get("/api/me")).json()["preferences"] == DEFAULTS | wanted
    assert (await other.get("/api/me")).json()["preferences"] == DEFAULTS
    assert (await member.patch("/api/me/preferences", {"theme": None})).json()["theme"] == "system"
    assert (await member.patch("/api/me/preferences", {})).json()["language"] == "ar"


@pytest.mark.parametrize(
    "wanted",
    [
        {"theme": "pink"}, {"density": 1}, {"language": "../en"}, {"language": "e" * 40}, {"shortcuts_on": "perhaps"},
        {"shortcuts": {"chat.new": "a b"}}, {"shortcuts": {"Chat New": "Mod+J"}}, {"shortcuts": []},
        {"shortcuts": {f"a.b{n}": "" for n in range(301)}}, {"shortcuts": {"a.b": "x" * 61}},
        {"shortcuts": {"a.b": None}},
    ],
)  # fmt: skip
async def test_what_is_no_preference_changes_nothing(app: App, wanted: object) -> None:
    member = await app.member()
    assert (await member.patch("/api/me/preferences", wanted)).status == 422
    assert (await member.get("/api/me/preferences")).json() == DEFAULTS


async def until(stream: Stream, text: bytes) -> bytes:
    """What the stream brings, up to *text*."""
    brought = b""
    async for chunk in stream.chunks():
        brought += chunk
        if text in brought:
            return brought
    raise AssertionError("the stream ended")


async def test_other_browsers_are_told(app: App) -> None:
    member, other = await app.member(), await app.member("other@example.org")
    path = "/api/events/stream"
    async with member.stream("GET", path) as (_, mine), other.stream("GET", path) as (_, theirs):
        await until(mine, b": open")
        await until(theirs, b": open")
        await member.patch("/api/me/preferences", {"theme": "dark"})
        told = await until(mine, b"preferences_changed")
        await other.patch("/api/me/preferences", {"theme": "light"})
        heard = await until(theirs, b"preferences_changed")
    assert told.count(b"preferences_changed") == 1
    assert heard.count(b"preferences_changed") == 1
