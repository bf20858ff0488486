"""API keys: what they may do, and when they stop."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from modulon.core.data.tables import api_keys
from modulon.core.identity import credentials, keys
from modulon.core.identity.errors import KeyRefused, ScopeExceeded, TooManyKeys
from modulon.core.identity.keytext import KEY, KeyHashes
from modulon.core.identity.parts import IDENTITY
from modulon.core.identity.service import IdentityService
from modulon.sdk.errors import NotFound, Unauthenticated, Unavailable
from modulon.sdk.identity import ApiKey, Principal
from modulon.sdk.ids import new_id
from modulon.sdk.storage import now, rows

from .conftest import Server


async def use(server: Server, text: str) -> Principal:
    return await server.authority.credentials.by_key(text)


async def last_use(server: Server, service: IdentityService) -> object:
    await server.authority.credentials.settle()
    return (await service.keys())[0].last_used_at


async def test_a_key_acts_for_its_owner_with_its_scopes(server: Server) -> None:
    member = await server.member()
    key, text = await member.create_key(name="editor", scopes=["write", "inference"])
    assert KEY.fullmatch(text)
    assert text.startswith(key.prefix)
    assert key.scopes == ("inference", "write")
    principal = await use(server, text)
    assert (principal.kind, principal.subject, principal.user) == ("key", key.id, key.user_id)
    assert principal.scopes == {"inference", "write"}
    assert principal.workspace == (await member.workspaces())[0].id


async def test_a_key_is_listed_without_its_secret_and_stored_hashed(server: Server) -> None:
    member = await server.member()
    key, text = await member.create_key(name="k", scopes=["read"])
    assert list(await member.keys()) == [key]
    secret = text.rpartition("_")[2]
    assert secret not in repr(key)
    stored = rows(bytes, sa.select(api_keys.c.hash), unguarded="a test looks")
    async with server.engine.bind(IDENTITY).read() as db:
        assert secret.encode() not in await db.one(stored)


async def test_keys_are_random_and_hashed_with_the_servers_own_key() -> None:
    hashes = KeyHashes(b"k" * 32)
    made = [hashes.make() for _ in range(100)]
    assert len({key.text for key in made}) == len({key.prefix for key in made}) == 100
    assert KeyHashes(b"K" * 32).hash(made[0].text) != made[0].hash


async def test_a_key_has_at_most_the_scopes_of_who_makes_it(server: Server) -> None:
    member = await server.member()
    with pytest.raises(ScopeExceeded) as caught:
        await member.create_key(name="k", scopes=["read", "admin"])
    assert caught.value.params == {"scope": "admin"}
    _, text = await member.create_key(name="k", scopes=["write"])
    by_key = server.authority.bound(await use(server, text))
    with pytest.raises(ScopeExceeded):
        await by_key.create_key(name="child", scopes=["inference"])


async def test_an_administrators_key_is_one_only_with_that_scope(server: Server) -> None:
    admin = await server.member(admin=True)
    _, plain = await admin.create_key(name="plain", scopes=["read", "write"])
    _, full = await admin.create_key(name="full", scopes=["admin"])
    assert not (await use(server, plain)).admin
    assert (await use(server, full)).admin


async def test_the_command_line_makes_keys_for_others_and_nobody_else_does(server: Server) -> None:
    user = await server.user()
    key, text = await server.system.create_key(name="k", scopes=["inference"], owner=user.id)
    assert key.user_id == user.id
    assert (await use(server, text)).user == user.id
    with pytest.raises(ScopeExceeded):
        await server.system.create_key(name="k", scopes=["admin"], owner=user.id)
    admin = await server.member("a@example.org", admin=True)
    for owner in (user.id, new_id()):
        with pytest.raises(NotFound):
            await admin.create_key(name="k", scopes=["read"], owner=owner)
    with pytest.raises(Unauthenticated):
        await server.system.create_key(name="k", scopes=["read"])


async def test_a_principal_without_workspace_makes_keys_for_the_personal_one(server: Server) -> None:
    user = await server.user()
    service = server.authority.bound(Principal("user", user=user.id, scopes=frozenset({"read"})))
    _, text = await service.create_key(name="k", scopes=["read"])
    assert (await use(server, text)).workspace == (await service.workspaces())[0].id


async def test_a_revoked_key_stops_here_at_once_and_elsewhere_within_a_second(
    server: Server, a_second_later: Callable[[], None]
) -> None:
    member = await server.member()
    key, text = await member.create_key(name="k", scopes=["read"])
    elsewhere = server.another()
    await use(elsewhere, text)
    await use(server, text)
    await member.revoke_key(key.id)
    with pytest.raises(KeyRefused):
        await use(server, text)
    a_second_later()
    with pytest.raises(KeyRefused):
        await use(elsewhere, text)
    await elsewhere.authority.credentials.settle()
    assert await member.keys() == []
    with pytest.raises(NotFound):
        await member.revoke_key(key.id)


async def test_only_the_owner_sees_and_revokes_a_key(server: Server) -> None:
    member, other = await server.member(), await server.member("other@example.org", admin=True)
    key, text = await member.create_key(name="k", scopes=["read"])
    assert await other.keys() == []
    with pytest.raises(NotFound):
        await other.revoke_key(key.id)
    assert (await use(server, text)).subject == key.id


async def test_a_key_expires_to_the_second(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    member = await server.member()
    expiry = now() + timedelta(hours=1)
    _, text = await member.create_key(name="k", scopes=["read"], expires_at=expiry)
    await use(server, text)
    monkeypatch.setattr(credentials, "now", lambda: expiry)
    with pytest.raises(KeyRefused):
        await use(server, text)


async def test_a_suspended_owners_keys_rest(server: Server) -> None:
    member = await server.member()
    key, text = await member.create_key(name="k", scopes=["read"])
    await use(server, text)
    await server.authority.suspend(key.user_id)
    with pytest.raises(KeyRefused):
        await use(server, text)
    await server.authority.restore(key.user_id)
    assert (await use(server, text)).epoch == 3


@pytest.mark.parametrize(
    "text", ["", "mdl_", "sk-123", "mdl_aaaaaaaa_" + "a" * 51, "mdl_aaaaaaaa_" + "a" * 52, "\ud800"]
)
async def test_what_is_no_key_of_ours_is_refused(server: Server, text: str) -> None:
    with pytest.raises(KeyRefused):
        await use(server, text)


async def test_every_changed_character_makes_another_key(server: Server) -> None:
    member = await server.member()
    _, text = await member.create_key(name="k", scopes=["read"])
    for index in range(4, len(text), 11):
        twin = text[:index] + ("b" if text[index] == "a" else "a") + text[index + 1 :]
        with pytest.raises(KeyRefused):
            await use(server, twin)


async def test_use_is_noted_at_most_once_a_minute(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    member = await server.member()
    _, text = await member.create_key(name="k", scopes=["read"])
    assert await last_use(server, member) is None
    for _ in range(20):
        await use(server, text)
    first = await last_use(server, member)
    assert first is not None
    elsewhere = server.another()
    await use(elsewhere, text)
    await elsewhere.authority.credentials.settle()
    assert await last_use(server, member) == first
    real = keys.now
    monkeypatch.setattr(keys, "now", lambda: real() + timedelta(seconds=61))
    third = server.another()
    await use(third, text)
    await third.authority.credentials.settle()
    assert await last_use(server, member) != first


async def test_a_use_that_cannot_be_noted_does_not_matter(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    member = await server.member()
    _, text = await member.create_key(name="k", scopes=["read"])

    async def full(key: UUID) -> None:
        raise Unavailable

    monkeypatch.setattr(server.authority.keys, "note_use", full)
    assert (await use(server, text)).kind == "key"
    assert await last_use(server, member) is None


async def test_a_person_has_a_limited_number_of_keys(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "LIMIT", 2)
    member = await server.member()
    made: list[ApiKey] = [(await member.create_key(name="k", scopes=["read"]))[0] for _ in range(2)]
    with pytest.raises(TooManyKeys):
        await member.create_key(name="k", scopes=["read"])
    await member.revoke_key(made[0].id)
    await member.create_key(name="k", scopes=["read"])
