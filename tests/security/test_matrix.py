"""Every route, whoever asks, whosever object: no foreign row is read, changed or confirmed to exist.

The cells come from the route table. A new route with a parameter or a body has to be given a sample below, or the
test fails: nothing is left out silently.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from modulon.core.modules.discover import discover
from modulon.core.modules.index import IndexedRoute, build_index
from modulon.core.testing import App
from modulon.sdk import new_id
from modulon.sdk.testing import Client, Reply

INDEX = build_index(discover())
ROUTES = [route for module in INDEX.modules for route in module.routes]
SECRET = "a question that is nobody else's business"

MESSAGE = {"parts": [{"type": "text", "text": "Hello"}], "model": "sim/scripted"}
BODIES: dict[tuple[str, str], Any] = {
    ("POST", "/setup"): {"token": "x" * 43, "name": "N", "email": "n@example.org", "password": "a long password here"},
    ("POST", "/sessions"): {"email": "nobody@example.org", "password": "a wrong password"},
    ("POST", "/keys"): {"name": "matrix", "scopes": ["read"]},
    ("PATCH", "/me"): {"name": "Matrix"},
    ("POST", "/me/password"): {"current": "a wrong password", "password": "another long password"},
    ("PATCH", "/me/preferences"): {"theme": "dark"},
    ("PATCH", "/users/{user_id}"): {"admin": True},
    ("POST", "/invitations"): {"email": "invited@example.org"},
    ("POST", "/invitations/lookup"): {"token": "mdt_" + "a" * 52},
    ("POST", "/invitations/accept"): {"token": "mdt_" + "a" * 52, "name": "N", "password": "a long password here"},
    ("POST", "/resets"): {"token": "mdt_" + "a" * 52, "password": "a long password here"},
    ("POST", "/recovery"): {"current": "a wrong password"},
    ("POST", "/workspaces"): {"name": "Matrix"},
    ("PATCH", "/workspaces/{workspace_id}"): {"name": "Taken over"},
    ("POST", "/providers"): {"name": "P", "type": "openai", "endpoint": "https://models.example.org/v1"},
    ("PUT", "/providers/{provider_id}"): {"name": "P", "type": "openai", "endpoint": "https://models.example.org/v1"},
    ("PATCH", "/providers/{provider_id}"): {"name": "Taken over"},
    ("PUT", "/providers/{provider_id}/models/{model_id}/toggle"): {"enabled": False},
    ("POST", "/conversations"): {"title": "Mine"},
    ("PATCH", "/conversations/{conversation_id}"): {"title": "Taken over"},
    ("POST", "/conversations/{conversation_id}/messages"): {"parent_id": None, **MESSAGE},
    ("POST", "/messages/{message_id}/regenerate"): {},
    ("POST", "/conversations/export"): {},
    ("POST", "/conversations/import"): {},
    ("POST", "/conversations/bulk"): {},
    ("POST", "/folders"): {"name": "Mine"},
    ("PATCH", "/folders/{folder_id}"): {"name": "Taken over"},
    ("POST", "/providers/recognise"): {"key": "sk-" + "a" * 40},
    ("POST", "/providers/probe"): {},
    ("POST", "/providers/{provider_id}/models/switch"): {},
    ("PATCH", "/providers/{provider_id}/models/{model_id}"): {},
    ("PATCH", "/modules/{module_id}"): {"enabled": True},
    ("PATCH", "/modules/{module_id}/settings"): {"scope": "system", "values": {"theme": "dark"}},
    ("POST", "/events/consumers/{consumer}/replay"): {"seq": 1},
    ("POST", "/events/letters/retry"): {},
    ("POST", "/events/letters/discard"): {},
    ("POST", "/v1/chat/completions"): {"model": "sim/scripted", "messages": [{"role": "user", "content": "Hello"}]},
}
NAME_PARTS = {
    "provider": "sim",
    "publisher": "someone",
    "group": "guide",
    "name": "first-steps",
    "module_id": "accounts",
    "consumer": "chat.forget_workspace",
    "seq": "1",
}
"""Parts of the name of a model, of a page of the documentation, modules, places in the event log: nobody's objects."""
WITHOUT_BODY = {
    ("POST", "/sessions/refresh"),
    ("POST", "/users/{user_id}/suspend"),
    ("POST", "/users/{user_id}/restore"),
    ("POST", "/users/{user_id}/reset"),
    ("POST", "/recovery/saved"),
    ("POST", "/providers/{provider_id}/test"),
    ("POST", "/providers/{provider_id}/models/refresh"),
    ("POST", "/conversations/{conversation_id}/restore"),
    ("POST", "/modules/{module_id}/update"),
    ("POST", "/runs/{run_id}/stop"),
    ("POST", "/runs/{run_id}/continue"),
}


@dataclass
class Scene:
    """An owner with one object of each kind, and those who try to reach them."""

    app: App
    owner: Client
    others: dict[str, Client]
    objects: dict[str, str]

    async def owner_sees(self) -> list[str]:
        """Everything of the owner's, as text, to compare before and after."""
        paths = [
            "/api/conversations",
            f"/api/conversations/{self.objects['conversation_id']}",
            f"/api/conversations/{self.objects['conversation_id']}/messages",
            "/api/keys",
            "/api/workspaces",
            f"/api/runs/{self.objects['run_id']}",
        ]
        return [(await self.owner.get(path)).text for path in paths]


@pytest.fixture
async def scene(app: App) -> Scene:
    admin = await app.set_up()
    owner = await app.member("owner@example.org")
    other = await app.member("other@example.org")
    provider = await admin.post(
        "/api/providers", {"name": "Sim", "type": "openai", "endpoint": "http://127.0.0.1:9/v1"}
    )
    objects = {"provider_id": provider.json()["id"], "model_id": str(new_id())}
    objects |= await _conversation(owner)
    objects["key_id"] = (await owner.post("/api/keys", {"name": "k", "scopes": ["read"]})).json()["id"]
    objects["workspace_id"] = (await owner.post("/api/workspaces", {"name": "Secret"})).json()["id"]
    objects["folder_id"] = (await owner.post("/api/folders", {"name": "Secret"})).json()["id"]
    objects["user_id"] = (await owner.get("/api/me")).json()["user"]["id"]
    objects["invitation_id"] = (await admin.post("/api/invitations", {"email": "i@example.org"})).json()["id"]
    objects["session_id"] = (await owner.get("/api/sessions")).json()["items"][0]["id"]
    program = await _with_key(app, other, "inference", "read", "write")
    suspended = await app.member("suspended@example.org")
    user = (await suspended.get("/api/me")).json()["user"]["id"]
    assert (await admin.post(f"/api/users/{user}/suspend")).status < 300
    others = {"other user": other, "API key": program, "suspended": suspended, "anonymous": app.client()}
    others |= {"admin": admin, "admin's API key": await _with_key(app, admin, "inference", "read", "write", "admin")}
    return Scene(app, owner, others, objects)


async def _with_key(app: App, person: Client, *scopes: str) -> Client:
    """A program with a key of that person."""
    made = await person.post("/api/keys", {"name": "all", "scopes": scopes})
    program = app.client()
    program.headers["authorization"] = f"Bearer {made.json()['key']}"
    return program


async def _conversation(owner: Client) -> dict[str, str]:
    body = {"message": {"parts": [{"type": "text", "text": SECRET}], "model": "sim/scripted"}}
    reply = await owner.post("/api/conversations", body)
    assert reply.status == 202, reply.text
    made = reply.json()
    # The stream ends with the run: afterwards nothing changes by itself.
    await owner.get(f"/api/runs/{made['run']['id']}/events")
    return {
        "conversation_id": made["conversation"]["id"],
        "message_id": made["message"]["id"],
        "run_id": made["run"]["id"],
    }


def address(route: IndexedRoute, objects: dict[str, str]) -> str:
    path = route.path if route.path.startswith("/v1") else f"/api{route.path}"
    for name, value in (NAME_PARTS | objects).items():
        path = path.replace(f"{{{name}}}", value)
    assert "{" not in path, f"no sample object for a parameter of {path}"
    return path


async def ask(client: Client, route: IndexedRoute, objects: dict[str, str]) -> Reply:
    key = (route.method, route.path)
    body = BODIES.get(key)
    assert route.method not in ("POST", "PUT", "PATCH") or body is not None or key in WITHOUT_BODY, f"no body for {key}"
    return await client.request(route.method, address(route, objects), body=body)


def absent(objects: dict[str, str]) -> dict[str, str]:
    return {name: str(new_id()) for name in objects}


def without_trace(reply: Reply) -> tuple[int, dict[str, Any]]:
    body = reply.json() if reply.body else {}
    for part in (body, body.get("error")):  # ours, and a compatible face's
        if isinstance(part, dict):
            part.pop("trace", None)
    return reply.status, body


def _everybodys(route: IndexedRoute) -> bool:
    return "provider_id" in route.path or route.path.startswith(("/help/", "/modules/", "/events/"))


def _may(who: str, route: IndexedRoute) -> bool:
    """Whether they reach others' accounts and invitations by it: never what is in an account."""
    return who.startswith("admin") and route.policy == "admin"


async def test_a02_a18_no_foreign_object_is_read_changed_or_confirmed(scene: Scene) -> None:
    before = await scene.owner_sees()
    surprises: list[str] = []
    for route in (route for route in ROUTES if "{" in route.path and not _everybodys(route)):
        for who, client in scene.others.items():
            if _may(who, route):
                continue
            foreign = await ask(client, route, scene.objects)
            missing = await ask(client, route, absent(scene.objects))
            expected = 401 if who in ("anonymous", "suspended") else 403 if route.policy == "admin" else 404
            if foreign.status != expected or without_trace(foreign) != without_trace(missing):
                surprises.append(f"{who}: {route.method} {route.path}: {foreign.status} {foreign.text[:200]}")
    assert not surprises, "\n".join(surprises)
    assert await scene.owner_sees() == before


async def test_a02_who_may_call_what(scene: Scene) -> None:
    surprises: list[str] = []
    for route in ROUTES:
        anonymous = await ask(scene.others["anonymous"], route, absent(scene.objects))
        if (anonymous.status == 401) != (route.policy != "public") and route.path not in (
            "/sessions",
            "/sessions/refresh",
        ):
            surprises.append(f"anonymous: {route.method} {route.path}: {anonymous.status}")
        if route.policy == "admin":
            member = await ask(scene.others["other user"], route, scene.objects)
            if member.status != 403:
                surprises.append(f"member: {route.method} {route.path}: {member.status}")
    assert not surprises, "\n".join(surprises)


async def test_a02_a18_lists_hold_nothing_foreign(scene: Scene) -> None:
    foreign = set(scene.objects.values()) - {scene.objects["provider_id"], scene.objects["model_id"]}
    for route in (route for route in ROUTES if route.method == "GET" and "{" not in route.path):
        for who in ("other user", "API key", "admin", "admin's API key"):
            reply = await ask(scene.others[who], route, scene.objects)
            assert SECRET not in reply.text, f"{who}: {route.path}"
            assert _may(who, route) or not [one for one in foreign if one in reply.text], f"{who}: {route.path}"


async def test_a02_the_owner_reaches_all_of_it(scene: Scene) -> None:
    """The other half: a matrix that refuses everybody would pass the tests above."""
    reached = [r for r in ROUTES if r.method == "GET" and "{" in r.path and r.kind == "json" and r.policy != "admin"]
    # A member may set nothing for the system, which settings are read for unless another scope is named.
    for route in (route for route in reached if not route.path.startswith(("/help/images/", "/modules/"))):
        reply = await ask(scene.owner, route, scene.objects)
        assert reply.status == 200, f"{route.path}: {reply.status} {reply.text[:200]}"


@pytest.mark.parametrize("value", ["1", "not-an-id", "00000000-0000-0000-0000-000000000000", "%00", "..%2f..", "é"])
async def test_an_id_that_is_none_is_no_server_error(scene: Scene, value: str) -> None:
    objects = dict.fromkeys(scene.objects, value)
    for route in (route for route in ROUTES if "{" in route.path and not route.path.startswith("/help/")):
        reply = await ask(scene.owner, route, objects)
        assert reply.status in (403, 404, 422), f"{route.method} {route.path}: {reply.status}"
