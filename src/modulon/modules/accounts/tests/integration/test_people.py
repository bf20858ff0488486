"""People over HTTP: invitations, new passwords, suspension, deletion; who may not do it; what is not kept."""

import asyncio
from typing import Any

import pytest

from modulon.core.testing import PASSWORD, App
from modulon.sdk.ids import new_id
from modulon.sdk.testing import Client, Reply

NEW_PASSWORD = "another staple for the battery"


async def invite(admin: Client, email: str = "new@example.org", **more: Any) -> dict[str, Any]:
    reply = await admin.post("/api/invitations", {"email": email, **more})
    assert reply.status == 201, reply.text
    assert reply.headers["cache-control"] == "no-store"
    return reply.json()


async def accept(client: Client, token: object, **more: Any) -> Reply:
    body = {"token": token, "name": "New", "password": PASSWORD, **more}
    return await client.post("/api/invitations/accept", body)


async def person(admin: Client, email: str) -> dict[str, Any]:
    found = (await admin.get(f"/api/users?q={email}")).json()["items"]
    assert len(found) == 1
    return found[0]


async def sign_in(app: App, email: str, password: str = PASSWORD) -> Reply:
    return await app.client().post("/api/sessions", {"email": email, "password": password})


async def reset_link(admin: Client, email: str) -> str:
    reply = await admin.post(f"/api/users/{(await person(admin, email))['id']}/reset")
    assert reply.status == 201, reply.text
    return str(reply.json()["token"])


async def test_an_invitation_makes_the_account_it_is_for_and_signs_in(app: App) -> None:
    admin = await app.set_up()
    made = await invite(admin, " new@example.org ")
    new = app.client()
    shown = (await new.post("/api/invitations/lookup", {"token": made["token"]})).json()
    assert shown == {"email": "new@example.org", "admin": False, "expires_at": made["expires_at"]}
    accepted = await accept(new, made["token"])
    assert accepted.status == 201
    assert accepted.json()["user"] | {"id": ""} == {"id": "", "email": "new@example.org", "name": "New", "admin": False}
    assert (await new.get("/api/me")).json()["user"]["email"] == "new@example.org"
    assert (await admin.get("/api/invitations")).json() == {"items": [], "next": None}
    assert (await person(admin, "new@"))["sessions"] == 1


async def test_an_invitation_works_once_even_at_the_same_time(app: App) -> None:
    admin = await app.set_up()
    token = (await invite(admin))["token"]
    replies = await asyncio.gather(*(accept(app.client(), token) for _ in range(10)))
    assert sorted(reply.status for reply in replies) == [201, *[403] * 9] or {r.status for r in replies} == {
        201,
        403,
        409,
    }
    assert sum(reply.status == 201 for reply in replies) == 1
    assert len((await admin.get("/api/users?q=new@example.org")).json()["items"]) == 1


@pytest.mark.parametrize("token", ["", "guess", "mdt_" + "a" * 52, "\u0000", "ü" * 50])
async def test_an_invented_link_is_refused(app: App, token: str) -> None:
    await app.set_up()
    for path, more in (("lookup", {}), ("accept", {"name": "N", "password": PASSWORD})):
        refused = await app.client().post(f"/api/invitations/{path}", {"token": token, **more})
        assert refused.status == 403
        assert refused.json()["code"] == "identity.link_invalid"


async def test_a_revoked_invitation_is_worthless(app: App) -> None:
    admin = await app.set_up()
    made = await invite(admin)
    [listed] = (await admin.get("/api/invitations")).json()["items"]
    assert "token" not in listed
    assert (await admin.delete(f"/api/invitations/{listed['id']}")).status == 204
    assert (await admin.delete(f"/api/invitations/{listed['id']}")).status == 404
    assert (await accept(app.client(), made["token"])).status == 403


async def test_nobody_is_invited_who_has_an_account(app: App) -> None:
    admin = await app.set_up()
    refused = await admin.post("/api/invitations", {"email": "ADMIN@example.org"})
    assert (refused.status, refused.json()["code"]) == (409, "identity.email_taken")


async def test_sign_up_is_closed_without_a_link(app: App) -> None:
    await app.set_up()
    body = {"email": "eve@example.org", "name": "Eve", "password": PASSWORD}
    for path in ("/api/users", "/api/setup", "/api/invitations", "/api/invitations/accept"):
        assert (await app.client().post(path, body)).status in {401, 403, 404, 405, 409, 422}
    assert (await sign_in(app, "eve@example.org")).status == 401


async def test_a12_nothing_is_assigned_that_is_not_asked_for(app: App) -> None:
    admin = await app.set_up()
    member = await app.member()
    token = (await invite(admin))["token"]
    before = (await member.get("/api/me")).json()
    for name, value in {"admin": True, "role": "admin", "id": str(new_id()), "owner_id": str(new_id()),
                        "suspended": False, "created_at": "2020-01-01T00:00:00Z", "epoch": 9}.items():  # fmt: skip
        assert (await accept(app.client(), token, **{name: value})).status == 422
        assert (await member.patch("/api/me", {"name": "M", name: value})).status == 422
        assert (await member.patch("/api/me/preferences", {"theme": "dark", name: value})).status == 422
        change = {"current": PASSWORD, "password": NEW_PASSWORD, name: value}
        assert (await member.post("/api/me/password", change)).status == 422
        if name != "admin":
            assert (await admin.post("/api/invitations", {"email": "x@example.org", name: value})).status == 422
    assert (await member.get("/api/me")).json() == before
    assert (await accept(app.client(), token)).json()["user"]["admin"] is False


async def test_members_and_programs_do_not_look_after_people(app: App) -> None:
    admin = await app.set_up()
    member = await app.member()
    mine = (await member.get("/api/me")).json()["user"]["id"]
    anyone = (await person(admin, "admin@"))["id"]
    for method, path, body in [
        ("GET", "/users", None), ("PATCH", f"/users/{mine}", {"admin": True}), ("DELETE", f"/users/{anyone}", None),
        ("POST", f"/users/{anyone}/suspend", None), ("POST", f"/users/{anyone}/restore", None),
        ("POST", f"/users/{anyone}/reset", None), ("GET", f"/users/{anyone}/sessions", None),
        ("DELETE", f"/users/{anyone}/sessions", None), ("GET", "/invitations", None),
        ("POST", "/invitations", {"email": "x@example.org"}), ("GET", "/recovery", None),
        ("POST", "/recovery", {"current": PASSWORD}), ("POST", "/recovery/saved", None),
    ]:  # fmt: skip
        assert (await member.request(method, f"/api{path}", body=body)).status == 403, path
        assert (await app.client().request(method, f"/api{path}", body=body)).status == 401, path
    assert (await admin.get("/api/users")).json()["items"][0]["admin"] is False


async def test_people_are_listed_by_page_and_found_by_name_or_address(app: App) -> None:
    admin = await app.set_up()
    for name in ("ada", "bob_x", "cleo"):
        await app.create_user(f"{name}@example.org")
    first = (await admin.get("/api/users?limit=3")).json()
    assert [one["name"] for one in first["items"]] == ["cleo", "bob_x", "ada"]
    second = (await admin.get(f"/api/users?limit=3&cursor={first['next']}")).json()
    assert ([one["name"] for one in second["items"]], second["next"]) == (["Admin"], None)
    assert [one["name"] for one in (await admin.get("/api/users?q=ADA@")).json()["items"]] == ["ada"]
    assert [one["name"] for one in (await admin.get("/api/users?q=b_x")).json()["items"]] == ["bob_x"]
    assert (await admin.get("/api/users?q=%25")).json()["items"] == []
    for bad in ("limit=0", "limit=1000000000", "cursor=%00", "cursor=abc"):
        assert (await admin.get(f"/api/users?{bad}")).status == 422


async def test_nobody_locks_themselves_out(app: App) -> None:
    admin = await app.set_up()
    mine = (await person(admin, "admin@"))["id"]
    for reply in (
        await admin.post(f"/api/users/{mine}/suspend"),
        await admin.delete(f"/api/users/{mine}"),
        await admin.patch(f"/api/users/{mine}", {"admin": False}),
    ):
        assert (reply.status, reply.json()["code"]) == (409, "identity.oneself")
    # The command line may not take the last one away either.
    system = app.system("accounts").identity
    with pytest.raises(Exception, match="Nobody else could look after"):
        await system.suspend_user((await system.user_by_email("admin@example.org")).id)


async def test_an_administrator_is_made_and_unmade(app: App) -> None:
    admin = await app.set_up()
    member = await app.member()
    who = (await person(admin, "member@"))["id"]
    assert (await admin.patch(f"/api/users/{who}", {"admin": True})).json()["admin"] is True
    assert (await member.post("/api/sessions/refresh")).status == 204
    assert (await member.get("/api/users")).status == 200
    assert (await admin.patch(f"/api/users/{who}", {"admin": False})).json()["admin"] is False
    assert (await member.get("/api/users")).status == 401
    assert (await member.post("/api/sessions/refresh")).status == 204
    assert (await member.get("/api/users")).status == 403


async def test_a_deleted_account_leaves_nothing_behind(app: App) -> None:
    admin = await app.set_up()
    member = await app.member()
    program = app.client()
    key = (await member.post("/api/keys", {"name": "k", "scopes": ["read"]})).json()["key"]
    program.headers["authorization"] = f"Bearer {key}"
    await member.post("/api/workspaces", {"name": "Research"})
    await member.patch("/api/me/preferences", {"theme": "dark"})
    who = (await person(admin, "member@"))["id"]
    assert (await admin.delete(f"/api/users/{who}")).status == 204
    assert (await admin.delete(f"/api/users/{who}")).status == 404
    for client in (member, program):
        assert (await client.get("/api/me")).status == 401
    assert (await member.post("/api/sessions/refresh")).status == 401
    assert (await sign_in(app, "member@example.org")).status == 401
    # The address is free again, and a new account inherits nothing.
    anew = await app.member()
    me = (await anew.get("/api/me")).json()
    assert me["preferences"]["theme"] == "system"
    assert len((await anew.get("/api/workspaces")).json()["items"]) == 1


async def test_someone_is_signed_out_everywhere_by_an_administrator(app: App) -> None:
    admin = await app.set_up()
    member = await app.member()
    who = (await person(admin, "member@"))["id"]
    [session] = (await admin.get(f"/api/users/{who}/sessions")).json()["items"]
    assert set(session) == {"id", "created_at", "last_used_at", "user_agent"}
    assert (await admin.delete(f"/api/users/{who}/sessions")).status == 204
    assert (await member.get("/api/me")).status == 401
    assert (await person(admin, "member@"))["sessions"] == 0
    assert (await admin.get(f"/api/users/{new_id()}/sessions")).status == 404


async def test_a_new_password_ends_every_other_session_and_needs_the_old_one(app: App) -> None:
    member, elsewhere = await app.member(), app.client()
    await elsewhere.post("/api/sessions", {"email": "member@example.org", "password": PASSWORD})
    wrong = await member.post("/api/me/password", {"current": "not it, surely", "password": NEW_PASSWORD})
    assert (wrong.status, wrong.json()["code"], list(wrong.json()["fields"])) == (
        403, "identity.password_wrong", ["/current"],
    )  # fmt: skip
    assert (await elsewhere.get("/api/me")).status == 200
    changed = await member.post("/api/me/password", {"current": PASSWORD, "password": NEW_PASSWORD})
    assert changed.status == 200
    assert (await member.get("/api/me")).status == 200
    assert (await elsewhere.get("/api/me")).status == 401
    assert (await elsewhere.post("/api/sessions/refresh")).status == 401
    assert (await sign_in(app, "member@example.org")).status == 401
    assert (await sign_in(app, "member@example.org", NEW_PASSWORD)).status == 201


async def test_guessing_the_present_password_is_slowed_down_too(app: App) -> None:
    member = await app.member()
    body = {"current": "not it, surely", "password": NEW_PASSWORD}
    replies = [await member.post("/api/me/password", body) for _ in range(6)]
    assert [reply.status for reply in replies] == [403] * 5 + [429]


async def test_a_key_changes_no_credentials(app: App) -> None:
    admin = await app.set_up()
    program = app.client()
    key = (await admin.post("/api/keys", {"name": "k", "scopes": ["read", "write", "admin"]})).json()["key"]
    program.headers["authorization"] = f"Bearer {key}"
    for method, path, body in [
        ("POST", "/me/password", {"current": PASSWORD, "password": NEW_PASSWORD}),
        ("PATCH", "/me", {"email": "eve@example.org", "current": PASSWORD}),
        ("POST", "/recovery", {"current": PASSWORD}),
    ]:
        refused = await program.request(method, f"/api{path}", body=body)
        assert (refused.status, refused.json()["code"]) == (403, "identity.browser_only")


async def test_a_name_is_changed_freely_and_an_address_with_the_password(app: App) -> None:
    member = await app.member()
    await app.create_user("taken@example.org")
    assert (await member.patch("/api/me", {"name": " Grace  Hopper "})).json()["name"] == "Grace Hopper"
    refused = await member.patch("/api/me", {"email": "grace@example.org", "current": ""})
    assert (refused.status, refused.json()["code"]) == (403, "identity.password_wrong")
    taken = await member.patch("/api/me", {"email": "TAKEN@example.org", "current": PASSWORD})
    assert (taken.status, list(taken.json()["fields"])) == (409, ["/email"])
    changed = await member.patch("/api/me", {"email": "grace@example.org", "current": PASSWORD})
    assert changed.json()["email"] == "grace@example.org"
    assert (await sign_in(app, "grace@example.org")).status == 201
    assert (await sign_in(app, "member@example.org")).status == 401


async def test_other_browsers_are_signed_out_at_once(app: App) -> None:
    member, elsewhere = await app.member(), app.client()
    await elsewhere.post("/api/sessions", {"email": "member@example.org", "password": PASSWORD})
    assert (await member.delete("/api/sessions")).status == 204
    assert (await elsewhere.get("/api/me")).status == 401
    assert [one["current"] for one in (await member.get("/api/sessions")).json()["items"]] == [True]


async def test_what_is_shown_once_is_not_kept_for_a_repeated_request(app: App) -> None:
    admin = await app.set_up()
    await app.create_user("member@example.org")
    who = (await person(admin, "member@"))["id"]
    for path, body, name in [
        ("/api/invitations", {"email": "n@example.org"}, "token"),
        (f"/api/users/{who}/reset", None, "token"),
        ("/api/recovery", {"current": PASSWORD}, "recovery_key"),
    ]:
        headers = {"idempotency-key": f"once {path}".replace(" ", "-")}
        first = await admin.request("POST", path, body=body, headers=headers)
        again = await admin.request("POST", path, body=body, headers=headers)
        assert first.json()[name]
        assert again.json()[name] == ""


async def test_the_recovery_key_is_shown_at_set_up_and_can_be_made_anew(app: App) -> None:
    client = app.client()
    body = {"token": app.setup_token, "name": "A", "email": "admin@example.org", "password": PASSWORD}
    made = (await client.post("/api/setup", body)).json()
    assert len(made["recovery_key"]) == 39
    assert (await client.get("/api/recovery")).json() == {"state": "unsaved"}
    assert (await client.post("/api/recovery/saved")).status == 204
    assert (await client.get("/api/recovery")).json() == {"state": "saved"}
    assert (await client.post("/api/recovery", {"current": "not it, surely"})).status == 403
    anew = (await client.post("/api/recovery", {"current": PASSWORD})).json()["recovery_key"]
    assert anew != made["recovery_key"]
    assert (await client.get("/api/recovery")).json() == {"state": "unsaved"}
