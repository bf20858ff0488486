"""D14: controls of direction and invisible signs in names, wherever a name comes from."""

import json
from collections.abc import Iterator
from typing import Annotated, Any, get_args

from pydantic import BaseModel, TypeAdapter

from modulon.core.modules.discover import discover
from modulon.core.modules.load import load
from modulon.core.testing import App
from modulon.sdk import hides_something, new_id
from modulon.sdk.testing import Client
from tests.rig.provider import running_provider

OVERRIDE = "\u202e"
HOSTILE = f"{OVERRIDE}pay\u2066\u200bpal\u00ad\U000e0041\x07"
SHOWN = "paypal"
NAMING = ("name", "title", "folder", "label")
TEXT = {"PortableToolCall.name"}
"""What a model wrote, and is shown again as it wrote it."""


def requests() -> Iterator[type[BaseModel]]:
    """Every shape of a request's body, and the shapes within it."""
    for discovered in discover():
        for route in load(discovered).module.routes:
            for annotation in getattr(route.handler, "__annotations__", {}).values():
                yield from _models(annotation, set())


def _models(annotation: Any, seen: set[Any]) -> Iterator[type[BaseModel]]:
    for inner in get_args(annotation):
        yield from _models(inner, seen)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in seen:
        seen.add(annotation)
        yield annotation
        for field in annotation.model_fields.values():
            yield from _models(field.annotation, seen)


def test_d14_every_name_in_a_request_is_taken_as_it_is_shown() -> None:
    """By construction: a new field for a name that is not `Shown` fails here."""
    found: dict[str, Any] = {
        f"{model.__name__}.{name}": Annotated[field.annotation, *(field.metadata or ("",))]
        for model in requests()
        if model.model_config.get("extra") == "forbid"
        for name, field in model.model_fields.items()
        if name in NAMING
    }
    assert len(found) >= 12, sorted(found)
    for where, kind in ((where, kind) for where, kind in found.items() if where not in TEXT):
        assert TypeAdapter(kind).validate_python(HOSTILE) == SHOWN, where


async def test_d14_no_name_that_a_person_gives_hides_anything(app: App) -> None:
    admin = await app.set_up()
    named = {"name": HOSTILE}
    writes: list[tuple[str, str, Any]] = [
        ("PATCH", "/api/me", named),
        ("POST", "/api/keys", {**named, "scopes": ["read"]}),
        ("POST", "/api/workspaces", named),
        ("POST", "/api/folders", named),
        ("POST", "/api/conversations", {"title": HOSTILE}),
        ("POST", "/api/providers", {**named, "type": "openai", "endpoint": "http://127.0.0.1:9/v1"}),
        ("POST", "/api/conversations/import", _file()),
    ]
    for method, path, body in writes:
        reply = await admin.request(method, path, body=body)
        assert reply.status in (200, 201), f"{path}: {reply.text}"
    question = {"parts": [{"type": "text", "text": f"{HOSTILE} was here"}], "model": "sim/scripted"}
    assert (await admin.post("/api/conversations", {"message": question})).status == 202
    everything = [await _read(admin, path) for path in ("me", "keys", "workspaces", "folders", "conversations")]
    everything += [await _read(admin, path) for path in ("providers", "models", "users", "conversations?q=paypal")]
    assert sum(one.count(SHOWN) for one in everything) >= 9
    for one in everything:
        assert not hides_something(one), one
    for method, path, body in writes[:6]:
        if "name" in body:
            nothing = await admin.request(method, path, body={**body, "name": "\u200b\u202e"})
            assert nothing.status == 422, path


async def test_d14_what_people_write_to_each_other_is_not_altered(app: App) -> None:
    admin = await app.set_up()
    question = {"parts": [{"type": "text", "text": HOSTILE}], "model": "sim/scripted"}
    made = (await admin.post("/api/conversations", {"message": question})).json()
    page = (await admin.get(f"/api/conversations/{made['conversation']['id']}/messages")).json()
    assert page["items"][0]["parts"][0]["text"] == HOSTILE


async def test_d14_models_of_a_vendor_pass_for_no_others(app: App) -> None:
    """What a vendor names is cleaned; what has hidden signs in its id cannot be asked for, and is not offered."""
    admin = await app.set_up()
    ids = [f"good{OVERRIDE}", "gpt\u200b-4", "gpt-4", "línea", "a\nb"]
    async with running_provider(also=ids) as provider:
        made = await admin.post("/api/providers", {"name": "Sim", "type": "openai", "endpoint": provider.url})
        listed = (await admin.get(f"/api/providers/{made.json()['id']}/models?limit=200")).json()["items"]
        assert {one["model_id"] for one in listed}.issuperset({"gpt-4", "línea"})
        assert not {one["model_id"] for one in listed}.intersection(set(ids) - {"gpt-4", "línea"})
        assert not hides_something(await _read(admin, "models?limit=200"))
        for id in (f"sim/good{OVERRIDE}", "gpt\u200b-4"):
            body = {"model": id, "messages": [{"role": "user", "content": "x"}]}
            assert (await admin.post("/v1/chat/completions", body)).status == 404


async def _read(client: Client, path: str) -> str:
    reply = await client.get(f"/api/{path}")
    assert reply.status == 200, f"{path}: {reply.text}"
    return json.dumps(reply.json(), ensure_ascii=False)


def _file() -> dict[str, Any]:
    """A file of conversations from elsewhere."""
    at = "2026-01-01T00:00:00Z"
    message = {"id": str(new_id()), "parent_id": None, "role": "user", "status": "complete", "created_at": at}
    told = {"model": HOSTILE, "parts": [{"type": "text", "text": "Hello"}]}
    conversation = {
        "id": str(new_id()), "title": HOSTILE, "title_by": "person", "model": HOSTILE, "folder": HOSTILE + " two",
        "pinned": False, "archived": False, "created_at": at, "updated_at": at, "active_message_id": None,
        "messages": [{**message, **told}],
    }  # fmt: skip
    return {"format": "modulon.conversations", "version": 1, "conversations": [conversation]}
