"""API keys over HTTP."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from modulon.core.testing import App
from modulon.sdk.ids import new_id
from modulon.sdk.testing import Client


async def create(client: Client, *scopes: str, **more: object) -> dict[str, Any]:
    reply = await client.post("/api/keys", {"name": "editor", "scopes": scopes or ("read",), **more})
    assert reply.status == 201, reply.text
    assert reply.headers["cache-control"] == "no-store"
    made: dict[str, Any] = reply.json()
    return made


async def listed(client: Client) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await client.get("/api/keys")).json()["items"]
    return items


async def test_a_key_is_shown_once(app: App) -> None:
    member = await app.member()
    made = await create(member, "write", "read")
    key = made.pop("key")
    assert key.startswith(made["prefix"] + "_")
    assert made["scopes"] == ["read", "write"]
    assert await listed(member) == [made]
    assert key not in (await member.get("/api/keys")).text


async def test_a16_a_key_has_the_same_rights_by_each_accepted_way(app: App) -> None:
    """`Authorization: Bearer` and `x-api-key` count alike; address, cookie and Basic do not count at all."""
    member = await app.member()
    key = (await create(member, "read"))["key"]
    basic = base64.b64encode(f"{key}:{key}".encode()).decode()
    for headers in ({"authorization": f"Bearer {key}"}, {"authorization": f"bearer  {key}"}, {"x-api-key": key}):
        program = app.client()
        program.same_origin = False
        assert (await program.get("/api/me", headers=headers)).status == 200
        refused = await program.post("/api/workspaces", {"name": "Mine"}, headers=headers)
        assert refused.status == 403
        assert refused.json()["code"] == "identity.scope_missing"
        assert refused.json()["params"] == {"scope": "write"}
        assert (await program.get("/api/events/stream?none", headers={"x-api-key": key + "x"})).status == 401
    for name in ("key", "api_key", "access_token", "anything"):
        refused = await app.client().get(f"/api/me?{name}={key}")
        assert refused.status == 401
        assert refused.json()["code"] == "identity.key_in_address"
        assert (await app.client().get(f"/api/setup?{name}={key}")).status == 401
        assert (await member.get(f"/api/me?{name}={key}")).status == 401
    for headers in ({"authorization": f"Basic {basic}"}, {"authorization": key}, {"authorization": "Bearer"}):
        assert (await app.client().get("/api/me", headers=headers)).status == 401
    for cookie in ("modulon-access", "__Host-modulon-access", "key"):
        browser = app.client()
        browser.cookies = {cookie: key}
        assert (await browser.get("/api/me")).status == 401


async def test_a_wrong_key_is_not_saved_by_a_cookie(app: App) -> None:
    """What a request says explicitly decides; a proxy's own Basic credentials beside our cookie do no harm."""
    member = await app.member()
    assert (await member.get("/api/me", headers={"authorization": "Bearer mdl_x"})).status == 401
    assert (await member.get("/api/me", headers={"authorization": "Basic eDp5"})).status == 200


async def test_d09_a_key_needs_no_browsers_headers(app: App) -> None:
    member = await app.member()
    key = (await create(member, "write"))["key"]
    program = app.client()
    program.same_origin = False
    made = await program.post("/api/workspaces", {"name": "By key"}, headers={"x-api-key": key})
    assert made.status == 201


async def test_a_key_works_in_the_workspace_it_was_made_in(app: App) -> None:
    member = await app.member()
    workspace = (await member.post("/api/workspaces", {"name": "Research"})).json()["id"]
    made = await member.post("/api/keys", {"name": "k", "scopes": ["read"]}, headers={"Modulon-Workspace": workspace})
    program = {"x-api-key": made.json()["key"]}
    assert (await app.client().get("/api/me", headers=program)).json()["workspace"]["id"] == workspace
    personal = (await member.get("/api/me")).json()["workspace"]["id"]
    chosen = await app.client().get("/api/me", headers={**program, "Modulon-Workspace": personal})
    assert chosen.json()["workspace"]["id"] == personal


async def test_a_revoked_key_is_refused_and_gone(app: App) -> None:
    member, other = await app.member(), await app.member("other@example.org")
    made = await create(member)
    program = {"x-api-key": made["key"]}
    assert (await app.client().get("/api/me", headers=program)).status == 200
    for key in (made["id"], str(new_id())):
        assert (await other.delete(f"/api/keys/{key}")).status == 404
    assert (await app.client().get("/api/me", headers=program)).status == 200
    assert (await member.delete(f"/api/keys/{made['id']}")).status == 204
    assert (await app.client().get("/api/me", headers=program)).json()["code"] == "identity.key_refused"
    assert await listed(member) == []


async def test_an_expiry_lies_in_the_future(app: App) -> None:
    member = await app.member()
    later = datetime.now(UTC) + timedelta(days=30)
    made = await create(member, expires_at=later.isoformat())
    assert datetime.fromisoformat(made["expires_at"]) == later
    body = {"name": "k", "scopes": ["read"], "expires_at": "2020-01-01T00:00:00Z"}
    refused = await member.post("/api/keys", body)
    assert refused.json()["code"] == "accounts.expiry_past"


async def test_a_member_cannot_make_an_administrators_key(app: App) -> None:
    member = await app.member()
    refused = await member.post("/api/keys", {"name": "k", "scopes": ["admin"]})
    assert refused.status == 403
    assert refused.json()["code"] == "identity.scope_exceeded"
    admin = await app.set_up()
    assert (await create(admin, "admin"))["scopes"] == ["admin"]


@pytest.mark.parametrize(
    "extra",
    [
        {"id": "01a20c35-7635-7713-aeb3-c15657db0000"},
        {"user_id": "01a20c35-7635-7713-aeb3-c15657db0000"},
        {"owner": "01a20c35-7635-7713-aeb3-c15657db0000"},
        {"owner_id": "01a20c35-7635-7713-aeb3-c15657db0000"},
        {"workspace_id": "01a20c35-7635-7713-aeb3-c15657db0000"},
        {"key": "mdl_chosen"},
        {"prefix": "mdl_chosen"},
        {"hash": "00"},
        {"created_at": "2000-01-01T00:00:00Z"},
        {"last_used_at": None},
        {"admin": True},
    ],
    ids=str,
)
async def test_a12_nothing_but_name_scopes_and_expiry_is_taken(app: App, extra: dict[str, object]) -> None:
    member = await app.member()
    refused = await member.post("/api/keys", {"name": "k", "scopes": ["read"], **extra})
    assert refused.status == 422
    assert await listed(member) == []


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"name": "k"},
        {"name": "k", "scopes": []},
        {"name": "k", "scopes": ["everything"]},
        {"name": "k", "scopes": "read"},
        {"name": "", "scopes": ["read"]},
        {"name": "k", "scopes": ["read"], "expires_at": "tomorrow"},
        {"name": "k", "scopes": ["read"], "expires_at": "2999-01-01T00:00:00"},
    ],
    ids=str,
)
async def test_f08_a_body_that_is_no_key_is_refused(app: App, body: object) -> None:
    member = await app.member()
    assert (await member.post("/api/keys", body)).status == 422


async def test_a_kept_answer_does_not_hold_the_key(app: App) -> None:
    """A repeated request makes no second key, and the stored answer shows none: it is shown once."""
    member = await app.member()
    headers = {"Idempotency-Key": "k-1"}
    body = {"name": "k", "scopes": ["read"]}
    first = (await member.post("/api/keys", body, headers=headers)).json()
    again = await member.post("/api/keys", body, headers=headers)
    assert again.status == 201
    assert again.json() == {**first, "key": ""}
    assert len(await listed(member)) == 1
