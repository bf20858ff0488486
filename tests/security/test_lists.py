"""F12: no list gives more than a page, whatever is asked of it; and a cursor that is none is refused."""

import base64
from typing import Any

import pytest

from modulon.core.testing import App
from modulon.sdk import new_id
from modulon.sdk.testing import Client

MOST = 1_000
"""No page is larger, whichever list it is of."""
LIMITS = ["1000000000", "0", "-1", "1e9", "NaN", "9" * 400, "", "1.5", "0x10", "null"]
CURSORS = [
    "x", "../..", "%00", "0", "-1", "9" * 60, "9" * 5_000, "' OR 1=1 --", "null", "%", "_", "\U0001f431",
    str(new_id()), new_id().hex, base64.urlsafe_b64encode(b"\xff" * 16).decode(),
    base64.urlsafe_b64encode(b'{"id": 1}').decode().rstrip("="), "A" * 22, "=" * 10,
]  # fmt: skip
WILD = ["%", "_", "*", "\\", "%%%%", "a OR b", '"', "NEAR(a b)", "a* " * 60, "\x00"]


def lists(document: dict[str, Any], parameter: str) -> list[str]:
    """The addresses of all `GET` routes that take *parameter*."""
    return [
        path if path.startswith(("/api", "/v1")) else f"/api{path}"
        for path, operations in document["paths"].items()
        if any(
            one["name"] == parameter and one["in"] == "query" for one in operations.get("get", {}).get("parameters", ())
        )
    ]


@pytest.fixture
async def admin(app: App) -> Client:
    return await app.set_up()


async def asked(client: Client, parameter: str) -> list[str]:
    """These addresses, with something that is there in place of a parameter."""
    document = (await client.get("/api/openapi.json")).json()
    conversation = (await client.post("/api/conversations", {"title": "Mine"})).json()
    provider = {"name": "P", "type": "openai", "endpoint": "http://127.0.0.1:9/v1"}
    made = {
        "{conversation_id}": conversation.get("conversation", conversation)["id"],
        "{provider_id}": (await client.post("/api/providers", provider)).json()["id"],
        "{user_id}": (await client.get("/api/me")).json()["user"]["id"],
    }
    found: list[str] = []
    for path in lists(document, parameter):
        for name, value in made.items():
            path = path.replace(name, value)
        assert "{" not in path, f"{path}: name something that is there"
        found.append(path + ("?q=a&" if path.endswith("/search") and parameter != "q" else "?"))
    return found


async def refused_or_capped(client: Client, address: str) -> None:
    reply = await client.get(address)
    assert reply.status in {200, 422}, f"{address[:200]}: {reply.status} {reply.text[:200]}"
    if reply.status == 200:
        assert len(reply.json()["items"]) <= MOST


def encoded(value: str) -> str:
    return "".join(f"%{byte:02x}" for byte in value.encode())


@pytest.mark.parametrize("limit", LIMITS, ids=range(len(LIMITS)))
async def test_f12_no_page_is_larger_than_its_list_allows(admin: Client, limit: str) -> None:
    addresses = await asked(admin, "limit")
    assert len(addresses) >= 8
    for address in addresses:
        assert (await admin.get(f"{address}limit={encoded(limit)}")).status == 422, address


async def test_f12_a_cursor_that_is_none_is_refused_or_leads_to_a_page(admin: Client) -> None:
    addresses = await asked(admin, "cursor")
    assert len(addresses) >= 8
    for address in addresses:
        for cursor in CURSORS:
            await refused_or_capped(admin, f"{address}cursor={encoded(cursor)}")


async def test_f12_signs_that_mean_something_elsewhere_search_for_themselves(admin: Client) -> None:
    addresses = await asked(admin, "q")
    assert addresses
    for address in addresses:
        for text in WILD:
            await refused_or_capped(admin, f"{address}q={encoded(text)}")


async def test_f12_a_list_without_a_page_size_says_which_it_has(admin: Client) -> None:
    """What takes a cursor takes a limit with a top, in the document that clients go by."""
    document = (await admin.get("/api/openapi.json")).json()
    assert set(lists(document, "cursor")) <= set(lists(document, "limit"))
    for path, operations in document["paths"].items():
        for one in operations.get("get", {}).get("parameters", ()):
            if one["name"] == "limit":
                assert one["schema"]["maximum"] <= MOST, path
