"""Set-up: one link, one administrator."""

import asyncio
from datetime import timedelta

import pytest

from modulon.core.identity import setup
from modulon.core.identity.errors import EmailTaken, PlainHttp, SetupDone, SetupLinkInvalid
from modulon.sdk.identity import SYSTEM_WORKSPACE, Connection, Role, SignedIn

from .conftest import BROWSER, PASSWORD, Server


async def set_up(server: Server, token: str, email: str = "admin@example.org") -> SignedIn:
    return await server.anonymous.set_up(token=token, email=email, name="Admin", password=PASSWORD, connection=BROWSER)


async def link(server: Server) -> str:
    token = await server.authority.setup_link_token()
    assert token is not None
    return token


async def test_the_link_makes_an_administrator_who_is_signed_in(server: Server) -> None:
    assert await server.anonymous.setup_state() == "open"
    signed_in = await set_up(server, await link(server))
    assert signed_in.user.admin
    assert signed_in.user.email == "admin@example.org"
    principal = await server.principal(signed_in)
    assert principal.user == signed_in.user.id
    assert "admin" in principal.scopes
    assert await server.anonymous.setup_state() == "done"
    system = await server.authority.bound(principal).workspace(SYSTEM_WORKSPACE)
    assert system.role == Role.manager


async def test_a_used_link_is_worthless_and_no_new_one_is_made(server: Server) -> None:
    token = await link(server)
    await set_up(server, token)
    with pytest.raises(SetupDone):
        await set_up(server, token, "second@example.org")
    assert await server.authority.setup_link_token() is None
    assert await server.another().anonymous.setup_state() == "done"


@pytest.mark.parametrize("token", ["", "guess", "0" * 43])
async def test_an_invented_link_is_refused(server: Server, token: str) -> None:
    await link(server)
    with pytest.raises(SetupLinkInvalid):
        await set_up(server, token)


async def test_a_link_is_good_for_an_hour(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    token = await link(server)
    real = setup.now
    monkeypatch.setattr(setup, "now", lambda: real() + timedelta(minutes=61))
    with pytest.raises(SetupLinkInvalid):
        await set_up(server, token)
    renewed = await link(server)
    assert (await set_up(server, renewed)).user.admin


async def test_links_of_two_processes_both_work_and_one_is_used(server: Server) -> None:
    first, second = await link(server), await link(server.another())
    await set_up(server, second)
    with pytest.raises(SetupDone):
        await set_up(server.another(), first, "late@example.org")


async def test_an_administrator_made_by_command_ends_set_up(server: Server) -> None:
    token = await link(server)
    await server.user("cli@example.org", admin=True)
    with pytest.raises(SetupDone):
        await set_up(server, token)


async def test_set_up_over_plain_http_from_elsewhere_is_refused(server: Server) -> None:
    public = Connection(address="203.0.113.9", encrypted=False, host="chat.example.org", user_agent="")
    with pytest.raises(PlainHttp):
        await server.anonymous.set_up(
            token=await link(server), email="a@example.org", name="A", password=PASSWORD, connection=public
        )


async def test_an_address_taken_by_a_member_keeps_set_up_open(server: Server) -> None:
    await server.user("admin@example.org")
    with pytest.raises(EmailTaken):
        await set_up(server, await link(server))
    assert await server.anonymous.setup_state() == "open"


async def test_b01_of_200_parallel_set_ups_exactly_one_succeeds(server: Server) -> None:
    """Four processes, fifty calls each, with two links: one administrator, 199 refusals."""
    servers = [server, *(server.another() for _ in range(3))]
    tokens = [await link(server), await link(server)]
    outcomes = await asyncio.gather(
        *(set_up(servers[number % 4], tokens[number % 2], f"admin{number}@example.org") for number in range(200)),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, SignedIn) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, SetupDone) for outcome in outcomes) == 199
    made = next(outcome for outcome in outcomes if isinstance(outcome, SignedIn))
    found = [await server.authority.users.by_email(f"admin{number}@example.org") for number in range(200)]
    assert [account.id for account in found if account is not None] == [made.user.id]
