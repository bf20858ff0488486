"""F08: a missing, empty or wrong body, on every route that the server has."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from modulon.core.modules.discover import discover
from modulon.core.modules.index import IndexedRoute, build_index
from modulon.core.testing import App
from modulon.sdk import new_id
from modulon.sdk.testing import Client, Reply
from tests.rig.provider import Provider
from tools.reference.errors import codes

ENDING = ("DELETE", "/sessions/current")
"""Takes no body, and ends the session that asks."""
ROUTES = [
    route
    for module in build_index(discover()).modules
    for route in module.routes
    if (route.method, route.path) != ENDING
]
WRITING = [route for route in ROUTES if route.method in ("POST", "PUT", "PATCH")]
DEEP = 5_000
RAW: dict[str, bytes] = {
    "nothing": b"",
    "null": b"null",
    "true": b"true",
    "number": b"1",
    "text": b'"text"',
    "list": b"[]",
    "list of null": b"[null]",
    "list of lists": b"[[], {}]",
    "cut off": b'{"name": ',
    "not JSON": b"name=value&other",
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "UTF-16": '{"name": "x"}'.encode("utf-16"),
    "NUL": b"\x00",
    "deep list": b"[" * DEEP + b"]" * DEEP,
    "deep object": b'{"name":' * DEEP + b"1" + b"}" * DEEP,
    "infinity": b'{"name": 1e999}',
    "NaN": b'{"name": NaN}',
    "huge number": b'{"name": ' + b"9" * 5_000 + b"}",
    "lone surrogate": b'{"name": "\\ud800"}',
    "NUL in a text": b'{"name": "\\u0000"}',
    "empty name": b'{"": 1}',
    "a name twice": b'{"name": 1, "name": null}',
    "prototype": b'{"__proto__": {"admin": true}, "__class__": "x"}',
}
VALUES: list[Any] = [None, True, -1, 2**63, 1.5, "", "x" * 70_000, [], [None], {}, {"a": {"b": []}}]
TYPES = ("application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "")


@dataclass
class Owner:
    """Somebody who may do everything, and has one of each thing that a body may change."""

    client: Client
    objects: dict[str, str]

    async def send(self, route: IndexedRoute, **content: Any) -> Reply:
        """Call *route* on the owner's own objects, or on absent ones if it would delete them."""
        objects = self.objects if route in WRITING else {}
        path = route.path if route.path.startswith("/v1") else f"/api{route.path}"
        parts = [objects.get(part[1:-1], str(new_id())) if part.startswith("{") else part for part in path.split("/")]
        return await self.client.request(route.method, "/".join(parts), **content)


def assert_refused(reply: Reply, route: IndexedRoute, sent: object) -> None:
    """4xx, in the form that errors have, without a trace of how the server works inside."""
    told = f"{route.method} {route.path} {str(sent)[:80]}: {reply.status} {reply.text[:300]}"
    assert reply.status < 500, told
    for inside in ("Traceback", "site-packages", ".py", "pydantic", "sqlalchemy", "sqlite"):
        assert inside not in reply.text, told
    if reply.status >= 400:
        body = reply.json()
        assert (body.get("error") or body)["code"], told
        fields = body.get("fields", {}).values()
        assert {field["code"] for field in fields} <= set(codes()), told
        assert all(field["detail"] for field in fields), told


def names_of(document: dict[str, Any], route: IndexedRoute) -> list[str]:
    """The fields of a route's body, from the document that clients go by."""
    path = route.path if route.path in document["paths"] else f"/api{route.path}"
    content = document["paths"][path][route.method.lower()].get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    options = [schema, *schema.get("anyOf", ())]
    found = [document["components"]["schemas"][o["$ref"].rpartition("/")[2]] if "$ref" in o else o for o in options]
    return [name for one in found for name in one.get("properties", ())]


@pytest.fixture
async def owner(app: App, provider: Provider) -> AsyncIterator[Owner]:
    client = await app.set_up()
    simulated = {"name": "Sim", "type": "openai", "endpoint": provider.url}
    made = {
        "conversation_id": await client.post("/api/conversations", {"title": "Mine"}),
        "workspace_id": await client.post("/api/workspaces", {"name": "Mine"}),
        "provider_id": await client.post("/api/providers", simulated),
    }
    yield Owner(client, {name: _id(reply) for name, reply in made.items()})
    assert (await client.get("/api/me")).status == 200, "all of it was asked by somebody who was let in"
    assert (await client.get("/ready")).status == 200


def _id(reply: Reply) -> str:
    assert reply.status == 201, reply.text
    made = reply.json()
    return str(made.get("conversation", made)["id"])


async def test_f08_a_body_that_is_none_is_refused_on_every_route(owner: Owner) -> None:
    for route in ROUTES:
        for name, content in RAW.items():
            reply = await owner.send(route, content=content, headers={"content-type": "application/json"})
            assert_refused(reply, route, name)


async def test_f08_each_field_of_each_body_with_a_value_of_each_kind(owner: Owner) -> None:
    document = (await owner.client.get("/api/openapi.json")).json()
    tried = 0
    for route in WRITING:
        for name in names_of(document, route):
            for value in VALUES:
                reply = await owner.send(route, body={name: value})
                assert_refused(reply, route, {name: value})
                tried += 1
    assert tried > 200


async def test_f08_a_body_of_another_type_is_read_as_none(owner: Owner) -> None:
    for route in WRITING:
        for kind in TYPES:
            content = json.dumps({"name": "x"}).encode()
            reply = await owner.send(route, content=content, headers={"content-type": kind})
            assert_refused(reply, route, kind)


async def test_f08_who_is_nobody_learns_nothing_of_bodies(app: App) -> None:
    """What a route takes is not told to those who may not call it: identity comes first."""
    nobody = app.client()
    for route in (route for route in ROUTES if route.policy != "public"):
        reply = await Owner(nobody, {}).send(route, content=b"{", headers={"content-type": "x"})
        assert reply.status == 401, f"{route.method} {route.path}: {reply.status}"
