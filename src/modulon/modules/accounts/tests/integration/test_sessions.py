"""Set-up, signing in and out over HTTP."""

import asyncio

import pytest

from modulon.core.testing import PASSWORD, App
from modulon.sdk.ids import new_id
from modulon.sdk.testing import Client, Reply


def set_cookies(reply: Reply) -> list[str]:
    return [value for name, value in reply.raw_headers if name == "set-cookie"]


async def sign_in(client: Client, email: str = "member@example.org", password: str = PASSWORD) -> Reply:
    return await client.post("/api/sessions", {"email": email, "password": password})


async def test_the_set_up_link_makes_the_first_administrator(app: App) -> None:
    client = app.client()
    assert (await client.get("/api/setup")).json() == {"state": "open"}
    admin = await app.set_up()
    me = (await admin.get("/api/me")).json()
    assert me["user"]["email"] == "admin@example.org"
    assert me["user"]["admin"] is True
    assert me["workspace"]["name"] == "Personal"
    assert me["connection"] == {"encrypted": False}
    assert (await client.get("/api/setup")).json() == {"state": "done"}
    body = {"token": app.setup_token, "name": "Eve", "email": "eve@example.org", "password": PASSWORD}
    refused = await client.post("/api/setup", body)
    assert refused.status == 409
    assert refused.json()["code"] == "identity.setup_done"
    assert not set_cookies(refused)


async def test_a_wrong_link_sets_nothing_up(app: App) -> None:
    body = {"token": "guess", "name": "Eve", "email": "eve@example.org", "password": PASSWORD}
    refused = await app.client().post("/api/setup", body)
    assert refused.status == 403
    assert refused.json()["code"] == "identity.setup_link_invalid"
    assert (await app.client().get("/api/setup")).json() == {"state": "open"}


@pytest.mark.parametrize(
    ("field", "value", "code", "detail"),
    [
        ("email", "no address", "accounts.email_invalid", "This does not look like an email address."),
        ("email", "a@b\u202ec", "accounts.email_invalid", "This does not look like an email address."),
        ("password", "short", "accounts.password_short", "A password has at least 8 characters."),
        ("name", "   ", "accounts.name_missing", "A name is missing."),
        ("name", "", "value.missing", "This is missing."),
        ("password", "x" * 1025, "value.long", "At most 1024 characters are possible."),
        ("password", None, "value.type", "This must be of the type text."),
        ("admin", True, "value.unknown", "There is no field of this name."),
    ],
)
async def test_what_must_be_corrected_is_named_by_its_field(
    app: App, field: str, value: object, code: str, detail: str
) -> None:
    body = {"token": app.setup_token, "name": "Ada", "email": "ada@example.org", "password": PASSWORD, field: value}
    refused = await app.client().post("/api/setup", body)
    assert refused.status == 422
    assert list(refused.json()["fields"]) == [f"/{field}"]
    wrong = refused.json()["fields"][f"/{field}"]
    assert (wrong["code"], wrong["detail"].partition(" Nothing")[0]) == (code, detail)
    assert refused.json()["code"] == ("invalid" if code.startswith("value.") else code)
    assert PASSWORD not in refused.text


async def test_cookies_are_out_of_reach_of_scripts(app: App) -> None:
    await app.create_user("member@example.org")
    reply = await sign_in(app.client())
    assert reply.status == 201
    assert reply.headers["cache-control"] == "no-store"
    assert reply.json()["user"]["email"] == "member@example.org"
    assert len(set_cookies(reply)) == 2
    for cookie in set_cookies(reply):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/" in cookie
        value = cookie.partition(";")[0].partition("=")[2]
        assert value not in reply.text


async def test_b07_unknown_and_known_accounts_get_the_same_answer(app: App) -> None:
    await app.create_user("member@example.org")
    answers: list[object] = []
    for email in ("member@example.org", "nobody@example.org"):
        reply = await sign_in(app.client(), email, "wrong password")
        body = {**reply.json(), "trace": ""}
        headers = {name: value for name, value in reply.headers.items() if name != "content-length"}
        answers.append((reply.status, body, headers))
    assert answers[0] == answers[1]
    assert answers[0][0] == 401  # type: ignore[index]


async def test_b08_headers_that_name_an_address_change_nothing(app: App) -> None:
    """No proxy is configured, so a guesser who claims another address each time is the same guesser."""
    await app.create_user("member@example.org")
    client = app.client()
    replies = [await _guess(client, number) for number in range(1000)]
    assert [reply.status for reply in replies] == [401] * 5 + [429] * 995
    assert int(replies[-1].headers["retry-after"]) > 800
    assert replies[-1].json()["params"]["minutes"] == 15


async def _guess(client: Client, number: int) -> Reply:
    made_up = f"198.51.{number // 250}.{number % 250}"
    names = ("X-Forwarded-For", "X-Real-IP", "CF-Connecting-IP", "True-Client-IP", "X-Client-IP")
    return await client.post(
        "/api/sessions",
        {"email": "member@example.org", "password": f"guess {number}"},
        headers={"Forwarded": f"for={made_up}", **dict.fromkeys(names, made_up)},
    )


async def test_the_refresh_cookie_gets_a_new_pair(app: App) -> None:
    member = await app.member()
    before = dict(member.cookies)
    reply = await member.post("/api/sessions/refresh")
    assert reply.status == 204
    assert not reply.body
    assert member.cookies["modulon-refresh"] != before["modulon-refresh"]
    assert (await member.get("/api/me")).status == 200
    assert (await app.client().post("/api/sessions/refresh")).status == 401


async def test_ten_tabs_refreshing_together_stay_signed_in(app: App) -> None:
    member = await app.member()
    del member.cookies["modulon-access"]
    tabs = [app.client() for _ in range(10)]
    for tab in tabs:
        tab.cookies = dict(member.cookies)
    replies = await asyncio.gather(*(tab.post("/api/sessions/refresh") for tab in tabs))
    assert [reply.status for reply in replies] == [204] * 10
    assert len({tab.cookies["modulon-refresh"] for tab in tabs}) == 1
    assert [(await tab.get("/api/me")).status for tab in tabs] == [200] * 10
    assert (await tabs[3].post("/api/sessions/refresh")).status == 204


async def test_b11_signing_out_ends_the_session_on_the_server(app: App) -> None:
    member = await app.member()
    stolen = dict(member.cookies)
    reply = await member.delete("/api/sessions/current")
    assert reply.status == 204
    assert sorted(cookie.partition("=")[0] for cookie in set_cookies(reply)) == ["modulon-access", "modulon-refresh"]
    assert all("Max-Age=0; HttpOnly; SameSite=Lax" in cookie for cookie in set_cookies(reply))
    assert member.cookies == {}
    thief = app.client()
    thief.cookies = stolen
    assert (await thief.get("/api/me")).status == 401
    assert (await thief.post("/api/sessions/refresh")).status == 401


async def test_sessions_are_listed_and_ended_from_another_browser(app: App) -> None:
    phone = await app.member()
    laptop = app.client()
    await sign_in(laptop)
    listed = (await laptop.get("/api/sessions")).json()["items"]
    assert [item["current"] for item in listed] == [True, False]
    assert listed[0]["user_agent"] == "modulon-test"
    stranger = await app.member("other@example.org")
    for session in (listed[1]["id"], str(new_id())):
        assert (await stranger.delete(f"/api/sessions/{session}")).status == 404
    assert (await phone.get("/api/me")).status == 200
    assert (await laptop.delete(f"/api/sessions/{listed[1]['id']}")).status == 204
    assert (await phone.get("/api/me")).status == 401
    assert (await laptop.delete("/api/sessions/no-id")).status == 422


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
        {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:8080.evil.example"},
        {"origin": "https://127.0.0.1:8080"},
        {},
    ],
    ids=str,
)
async def test_d09_another_site_cannot_write_with_our_cookies(app: App, headers: dict[str, str]) -> None:
    member = await app.member()
    member.same_origin = False
    forms = ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", "application/json")
    for content_type in forms:
        sent = {"content-type": content_type, **headers}
        body = b'{"name": "k", "scopes": ["read"]}'
        refused = await member.request("POST", "/api/keys", content=body, headers=sent)
        assert refused.status == 403
        assert refused.json()["code"] == "identity.cross_site"
    for method, path in (("DELETE", "/api/sessions/current"), ("PATCH", f"/api/workspaces/{new_id()}")):
        assert (await member.request(method, path, headers=headers)).status == 403
    assert (await member.get("/api/keys", headers=headers)).json()["items"] == []
    if headers:
        assert (await app.client().request("POST", "/api/sessions", content=b"{}", headers=headers)).status in (
            403,
            422,
        )


async def test_d09_signing_in_for_a_victim_is_refused_too(app: App) -> None:
    """Else another site could sign a browser in to the attacker's account."""
    await app.create_user("member@example.org")
    client = app.client()
    refused = await client.post(
        "/api/sessions",
        {"email": "member@example.org", "password": PASSWORD},
        headers={"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
    )
    assert refused.status == 403
    assert client.cookies == {}


async def test_a_program_signs_in_without_a_browsers_headers(app: App) -> None:
    await app.create_user("member@example.org")
    client = app.client()
    client.same_origin = False
    assert (await sign_in(client)).status == 201


async def test_signing_in_over_plain_http_from_elsewhere_is_refused(app: App) -> None:
    await app.create_user("member@example.org")
    client = app.client()
    client.host = "chat.example.org"
    refused = await sign_in(client)
    assert refused.status == 403
    assert refused.json()["code"] == "identity.plain_http"
    assert "https://" in refused.json()["detail"]


async def test_b10_a_suspended_persons_session_is_dead(app: App) -> None:
    member = await app.member()
    user = (await member.get("/api/me")).json()["user"]["id"]
    key = (await member.post("/api/keys", {"name": "k", "scopes": ["read"]})).json()["key"]
    account = await app.system("accounts").identity.user_by_email("member@example.org")
    assert str(account.id) == user
    await app.core.resources.authority.suspend(account.id)
    assert (await member.get("/api/me")).status == 401
    assert (await member.post("/api/sessions/refresh")).status == 401
    assert (await app.client().get("/api/me", headers={"x-api-key": key})).status == 401
    assert (await sign_in(app.client())).json()["code"] == "identity.suspended"


@pytest.mark.parametrize(
    "cookie", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", "..", "mdl_aaaaaaaa_" + "a" * 52]
)
async def test_b04_a_forged_cookie_is_nobody(app: App, cookie: str) -> None:
    client = app.client()
    client.cookies = {"modulon-access": cookie}
    assert (await client.get("/api/me")).status == 401
    assert (await client.get("/api/setup")).status == 200
