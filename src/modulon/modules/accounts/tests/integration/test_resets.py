"""B06: a new password by a link that an administrator makes."""

from datetime import timedelta

import pytest

from modulon.core.identity import links
from modulon.core.testing import PASSWORD, App
from modulon.sdk.testing import Client, Reply

from .test_people import NEW_PASSWORD, person, reset_link, sign_in


async def reset(app: App, token: object, password: str = NEW_PASSWORD) -> Reply:
    return await app.client().post("/api/resets", {"token": token, "password": password})


@pytest.fixture
async def admin(app: App) -> Client:
    made = await app.set_up()
    await app.create_user("member@example.org")
    await app.create_user("other@example.org")
    return made


async def test_b06_a_reset_link_sets_the_password_once(app: App, admin: Client) -> None:
    member = app.client()
    await member.post("/api/sessions", {"email": "member@example.org", "password": PASSWORD})
    token = await reset_link(admin, "member@example.org")
    done = await reset(app, token)
    assert (done.status, done.text) == (204, "")
    assert "set-cookie" not in done.headers
    assert (await member.get("/api/me")).status == 401
    assert (await sign_in(app, "member@example.org", NEW_PASSWORD)).status == 201
    again = await reset(app, token, "a third password for it")
    assert (again.status, again.json()["code"]) == (403, "identity.link_invalid")
    assert (await sign_in(app, "member@example.org", NEW_PASSWORD)).status == 201


@pytest.mark.parametrize("token", [None, "", 0, [], {}, "null", "mdt_" + "a" * 52, "' OR 1=1 --", "\u0000"])
async def test_b06_no_token_no_reset(app: App, admin: Client, token: object) -> None:
    await reset_link(admin, "member@example.org")
    assert (await reset(app, token)).status in {403, 422}
    assert (await app.client().post("/api/resets", {"password": NEW_PASSWORD})).status == 422
    assert (await sign_in(app, "member@example.org")).status == 201


async def test_b06_a_token_is_good_for_one_person_and_one_purpose(app: App, admin: Client) -> None:
    token = await reset_link(admin, "member@example.org")
    for name in ("email", "user_id", "user"):
        body = {"token": token, "password": NEW_PASSWORD, name: "other@example.org"}
        assert (await app.client().post("/api/resets", body)).status == 422
    invited = (await admin.post("/api/invitations", {"email": "n@example.org"})).json()["token"]
    assert (await reset(app, invited)).status == 403
    accept = {"token": token, "name": "Eve", "password": NEW_PASSWORD}
    assert (await app.client().post("/api/invitations/accept", accept)).status == 403
    assert (await reset(app, token)).status == 204
    assert (await sign_in(app, "other@example.org")).status == 201


async def test_b06_fifteen_minutes_and_not_longer(app: App, admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    token = await reset_link(admin, "member@example.org")
    real = links.now
    monkeypatch.setattr(links, "now", lambda: real() + timedelta(minutes=15, seconds=1))
    assert (await reset(app, token)).status == 403
    monkeypatch.setattr(links, "now", lambda: real() + timedelta(minutes=14, seconds=50))
    assert (await reset(app, token)).status == 204


async def test_b06_a_newer_link_a_suspension_or_a_changed_password_ends_the_older(app: App, admin: Client) -> None:
    first = await reset_link(admin, "member@example.org")
    second = await reset_link(admin, "member@example.org")
    assert (await reset(app, first)).status == 403
    who = (await person(admin, "member@"))["id"]
    await admin.post(f"/api/users/{who}/suspend")
    assert (await reset(app, second)).status == 403
    refused = await admin.post(f"/api/users/{who}/reset")
    assert (refused.status, refused.json()["code"]) == (403, "identity.suspended")
    await admin.post(f"/api/users/{who}/restore")
    assert (await reset(app, second)).status == 403
    third = await reset_link(admin, "member@example.org")
    member = app.client()
    await member.post("/api/sessions", {"email": "member@example.org", "password": PASSWORD})
    await member.post("/api/me/password", {"current": PASSWORD, "password": NEW_PASSWORD})
    assert (await reset(app, third)).status == 403


async def test_b06_the_token_is_told_to_the_administrator_who_made_it_alone(app: App, admin: Client) -> None:
    token = await reset_link(admin, "member@example.org")
    who = (await person(admin, "member@"))["id"]
    for path in ("/api/users", f"/api/users/{who}/sessions", "/api/invitations"):
        assert token not in (await admin.get(path)).text
    for password in ("short", PASSWORD):
        assert token not in (await reset(app, token, password)).text
    # Nobody can ask for one without being an administrator: there is no "forgot my password".
    assert (await app.client().post(f"/api/users/{who}/reset")).status == 401


async def test_b06_a_password_that_is_too_short_uses_no_link_up(app: App, admin: Client) -> None:
    token = await reset_link(admin, "member@example.org")
    short = await reset(app, token, "short")
    assert (short.status, short.json()["code"]) == (422, "accounts.password_short")
    assert (await reset(app, token)).status == 204
