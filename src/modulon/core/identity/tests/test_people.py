"""Administrators look after accounts: they are found by name, and never remove the last of themselves."""

import asyncio
from uuid import UUID

import pytest

from modulon.core.identity.errors import LastAdmin, Oneself
from modulon.sdk.identity import Principal

from .conftest import SYSTEM, Server

ROUNDS = 20


async def admins(server: Server) -> list[UUID]:
    """Those who can look after the server."""
    people = await server.authority.people.list("", None, 1000)
    return [one.id for one in people if one.admin and not one.suspended]


@pytest.mark.parametrize("how", ["suspend", "demote", "delete"])
async def test_two_administrators_who_remove_each_other_leave_one(server: Server, how: str) -> None:
    people = server.another().authority.people
    first = await server.user("0@example.org", admin=True)
    for number in range(1, ROUNDS):
        second = await server.user(f"{number}@example.org", admin=True)

        async def remove(actor: UUID, user: UUID) -> None:
            by = Principal(kind="user", user=actor, admin=True)
            if how == "demote":
                await people.set_admin(by, user, admin=False)
            else:
                await getattr(people, how)(by, user)

        done = await asyncio.gather(remove(first.id, second.id), remove(second.id, first.id), return_exceptions=True)
        assert [type(one) for one in done if one is not None] == [LastAdmin]
        (left,) = await admins(server)
        first = first if first.id == left else second


async def test_nobody_removes_oneself(server: Server) -> None:
    user = await server.user(admin=True)
    with pytest.raises(Oneself):
        await server.authority.people.suspend(Principal(kind="user", user=user.id, admin=True), user.id)
    with pytest.raises(LastAdmin):
        await server.authority.people.suspend(SYSTEM, user.id)
    assert await admins(server) == [user.id]


@pytest.mark.parametrize("query", ["élise", "ÉLISE", "lise strauß", "STRAUß", "Élise S"])
async def test_a_name_is_found_in_any_case(server: Server, query: str) -> None:
    await server.system.create_user(email="a@example.org", name="Élise Strauß", password="correct horse battery staple")
    await server.system.create_user(email="b@example.org", name="Elise", password="correct horse battery staple")
    assert [one.email for one in await server.authority.people.list(query, None, 10)] == ["a@example.org"]
