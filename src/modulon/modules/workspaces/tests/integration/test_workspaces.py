"""Workspaces over HTTP, as two people who must not see each other use them.

The file knows the application only by its clients, so that it serves every way the module can be run.
"""

import asyncio

import pytest

from modulon.core.testing import App
from modulon.sdk.ids import new_id
from modulon.sdk.testing import Client, Loopback


async def names(client: Client) -> list[str]:
    reply = await client.get("/api/workspaces")
    assert reply.status == 200, reply.text
    assert reply.json()["next"] is None
    return [item["name"] for item in reply.json()["items"]]


async def create(client: Client, name: str) -> str:
    reply = await client.post("/api/workspaces", {"name": name})
    assert reply.status == 201, reply.text
    return str(reply.json()["id"])


async def test_everyone_has_a_personal_workspace(app: App, boundary: Loopback | None) -> None:
    member = await app.member()
    (personal,) = (await member.get("/api/workspaces")).json()["items"]
    assert personal["personal"] is True
    assert personal["role"] == "manager"
    assert (await member.get("/api/me")).json()["workspace"] == {"id": personal["id"], "name": "Personal"}
    if boundary is not None:
        assert boundary.calls > 0


async def test_a_workspace_is_created_read_renamed_and_deleted(app: App) -> None:
    member = await app.member()
    workspace = await create(member, "  Research   group ")
    path = f"/api/workspaces/{workspace}"
    read = (await member.get(path)).json()
    assert read["name"] == "Research group"
    assert read["personal"] is False
    renamed = await member.patch(path, {"name": "Lab"})
    assert renamed.status == 200
    assert renamed.json()["name"] == "Lab"
    assert renamed.json()["updated_at"] > read["updated_at"]
    assert (await member.patch(path, {})).json()["name"] == "Lab"
    assert await names(member) == ["Personal", "Lab"]
    assert (await member.delete(path)).status == 204
    assert (await member.get(path)).status == 404
    assert (await member.delete(path)).status == 404
    assert await names(member) == ["Personal"]


async def test_names_are_ones_own_and_unique(app: App) -> None:
    member, other = await app.member(), await app.member("other@example.org")
    await create(member, "Research")
    await create(other, "Research")
    taken = await member.post("/api/workspaces", {"name": "RESEARCH"})
    assert taken.status == 409
    assert taken.json()["code"] == "identity.workspace_name_taken"
    assert "/name" in taken.json()["fields"]
    second = await create(member, "Second")
    assert (await member.patch(f"/api/workspaces/{second}", {"name": "research"})).status == 409


async def test_a03_a_foreign_workspace_and_an_absent_one_are_alike(app: App) -> None:
    member, other = await app.member(), await app.member("other@example.org")
    foreign = await create(member, "Secret")
    answers: list[list[object]] = []
    for workspace in (foreign, str(new_id())):
        path = f"/api/workspaces/{workspace}"
        replies = [
            await other.get(path),
            await other.patch(path, {"name": "Mine"}),
            await other.delete(path),
            await other.get("/api/me", headers={"Modulon-Workspace": workspace}),
            await other.get("/api/workspaces", headers={"Modulon-Workspace": workspace}),
        ]
        assert [reply.status for reply in replies] == [404] * 5
        answers.append([{**reply.json(), "trace": ""} for reply in replies])
    assert answers[0] == answers[1]
    assert await names(other) == ["Personal"]
    assert await names(member) == ["Personal", "Secret"]


async def test_the_header_chooses_a_workspace(app: App) -> None:
    member = await app.member()
    workspace = await create(member, "Research")
    chosen = await member.get("/api/me", headers={"Modulon-Workspace": workspace})
    assert chosen.json()["workspace"] == {"id": workspace, "name": "Research"}
    assert (await member.get("/api/me", headers={"Modulon-Workspace": "no id"})).status == 404


async def test_the_personal_workspace_stays(app: App) -> None:
    member = await app.member()
    (personal,) = (await member.get("/api/workspaces")).json()["items"]
    refused = await member.delete(f"/api/workspaces/{personal['id']}")
    assert refused.status == 409
    assert refused.json()["code"] == "identity.workspace_personal"


async def test_a12_only_the_name_is_taken_from_a_request(app: App) -> None:
    member, other = await app.member(), await app.member("other@example.org")
    owner = (await other.get("/api/me")).json()["user"]["id"]
    extras: dict[str, object] = {
        "id": str(new_id()),
        "owner_id": owner,
        "personal": True,
        "role": "viewer",
        "created_at": "2000-01-01T00:00:00Z",
        "updated_at": "2000-01-01T00:00:00Z",
        "name_key": "x",
    }
    for name, value in extras.items():
        refused = await member.post("/api/workspaces", {"name": "Research", name: value})
        assert refused.status == 422
        assert f"/{name}" in refused.json()["fields"]
    workspace = await create(member, "Research")
    before = (await member.get(f"/api/workspaces/{workspace}")).json()
    for name, value in extras.items():
        assert (await member.patch(f"/api/workspaces/{workspace}", {"name": "Mine", name: value})).status == 422
    assert (await member.get(f"/api/workspaces/{workspace}")).json() == before


@pytest.mark.parametrize("body", [None, {}, {"name": None}, {"name": ""}, {"name": "x" * 101}, {"name": 7}, [], "text"])
async def test_f08_a_body_that_is_no_workspace_is_refused(app: App, body: object) -> None:
    member = await app.member()
    assert (await member.post("/api/workspaces", body)).status == 422
    assert await names(member) == ["Personal"]


async def test_a_name_of_spaces_is_none(app: App) -> None:
    member = await app.member()
    refused = await member.post("/api/workspaces", {"name": "   "})
    assert refused.status == 422
    assert refused.json()["code"] == "workspaces.name_missing"


async def test_a_repeated_request_creates_once(app: App) -> None:
    """200 at once with one key: one workspace, 200 equal answers; another body with that key is refused."""
    member = await app.member()
    headers = {"Idempotency-Key": "create-research"}
    replies = await asyncio.gather(
        *(member.post("/api/workspaces", {"name": "Research"}, headers=headers) for _ in range(200))
    )
    assert {reply.status for reply in replies} == {201}
    assert len({reply.json()["id"] for reply in replies}) == 1
    assert sum("idempotency-replayed" in reply.headers for reply in replies) == 199
    assert await names(member) == ["Personal", "Research"]
    other_body = await member.post("/api/workspaces", {"name": "Another"}, headers=headers)
    assert other_body.status == 409
    assert other_body.json()["code"] == "idempotency.reused"


async def test_the_anonymous_see_nothing(app: App) -> None:
    anonymous = app.client()
    workspace = await create(await app.member(), "Research")
    replies = [
        await anonymous.get("/api/workspaces"),
        await anonymous.post("/api/workspaces", {"name": "Mine"}),
        await anonymous.get(f"/api/workspaces/{workspace}"),
        await anonymous.delete(f"/api/workspaces/{workspace}"),
    ]
    assert [reply.status for reply in replies] == [401] * 4
