"""Files as large as they come, in the portions the page sends: the longest conversation, thousands of short ones."""

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from modulon.core.gateway import subapp
from modulon.modules.chat.backend.service import portable_check, portable_file
from modulon.sdk import new_id
from modulon.sdk.testing import Client

if TYPE_CHECKING:
    from modulon.core.testing import App

AT = "2026-01-02T03:04:05Z"
LONG = 10_000
MANY = [200, pytest.param(2_000, marks=pytest.mark.nightly)]


@pytest.fixture
async def admin(app: "App") -> Client:
    return await app.set_up()


def message(number: int, parent: str | None) -> dict[str, Any]:
    mine = number % 2 == 0
    return {
        "id": str(new_id()),
        "parent_id": parent,
        "role": "user" if mine else "assistant",
        "status": "complete",
        "model": "" if mine else "sim/sim-fast",
        "created_at": AT,
        "parts": [{"type": "text", "text": f"Message {number} " + "and more of it " * 50}],
        "usage": None if mine else {"input_tokens": 3, "output_tokens": 5, "cost": COST},
    }


COST = {"amount": "0.0125", "currency": "EUR"}


def conversation(length: int, title: str = "Long") -> dict[str, Any]:
    messages: list[dict[str, Any]] = []
    for number in range(length):
        messages.append(message(number, messages[-1]["id"] if messages else None))
    return {
        "id": str(new_id()),
        "title": title,
        "title_by": "person",
        "model": "sim/sim-fast",
        "folder": None,
        "pinned": False,
        "archived": False,
        "created_at": AT,
        "updated_at": AT,
        "active_message_id": messages[-1]["id"],
        "messages": messages,
    }


async def imported(client: Client, *conversations: dict[str, Any]) -> Any:
    body = {"format": "modulon.conversations", "version": 1, "conversations": conversations}
    headers = {"content-type": "application/json"}
    return await client.post("/api/conversations/import", content=msgspec.json.encode(body), headers=headers)


async def exported(client: Client, ids: list[str]) -> list[dict[str, Any]]:
    reply = await client.post("/api/conversations/export", {"ids": ids})
    assert reply.status == 200, reply.text
    return reply.json()["conversations"]


def said(one: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    return [(message["role"], message["parts"], message["usage"]) for message in one["messages"]]


async def test_ten_thousand_messages_come_back_as_they_went(admin: Client) -> None:
    given = conversation(LONG)
    reply = await imported(admin, given)
    assert reply.status == 200, reply.text
    (made,) = reply.json()["items"]
    short = (await imported(admin, conversation(2, "Short"))).json()["items"][0]
    # One so long is a portion of its own: the other is asked for again.
    (back,) = await exported(admin, [made["id"], short["id"]])
    assert said(back) == said(given)
    assert back["active_message_id"] == back["messages"][-1]["id"]
    (again,) = (await imported(admin, back)).json()["items"]
    assert (again["id"], again["result"]) == (made["id"], "known")


async def test_others_have_their_turn_while_a_long_one_is_looked_at() -> None:
    """Counted: no more than `OTHERS_TURN` messages are compared with their shape in one stretch."""
    file = {"format": "modulon.conversations", "version": 1, "conversations": [conversation(LONG)]}
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(other())
    given = portable_file.ImportRequest.model_validate(file)
    (looked_at,) = await portable_check.checked(given)
    task.cancel()
    assert len(looked_at.messages) == LONG
    assert turns >= LONG // portable_check.OTHERS_TURN
    assert given.conversations[0] is file["conversations"][0]  # FastAPI has looked at its head only


@pytest.mark.parametrize("many", MANY)
async def test_thousands_of_conversations_come_back_as_they_went(admin: Client, many: int) -> None:
    given = [conversation(2, f"Number {number}") for number in range(many)]
    ids: list[str] = []
    for at in range(0, many, portable_file.MOST_AT_ONCE):
        reply = await imported(admin, *given[at : at + portable_file.MOST_AT_ONCE])
        assert reply.status == 200, reply.text
        ids += [item["id"] for item in reply.json()["items"]]
    back: list[dict[str, Any]] = []
    while len(back) < many:
        back += await exported(admin, ids[len(back) : len(back) + portable_file.MOST_AT_ONCE])
    assert [(one["title"], said(one)) for one in back] == [(one["title"], said(one)) for one in given]


async def test_f04_one_message_too_many_is_named(admin: Client) -> None:
    reply = await imported(admin, conversation(2), conversation(portable_file.MOST_MESSAGES + 1))
    assert reply.status == 422
    assert list(reply.json()["fields"]) == ["/conversations/1/messages"]
    assert reply.json()["fields"]["/conversations/1/messages"]["params"] == {"maximum": portable_file.MOST_MESSAGES}
    assert (await admin.get("/api/conversations")).json()["items"] == []


async def test_f04_a_portion_that_is_too_large_is_refused_with_what_to_do(admin: Client) -> None:
    wide = conversation(2)
    wide["messages"][0]["parts"] = [{"type": "text", "text": "x"}] * (portable_file.LARGEST.values // 2)
    reply = await imported(admin, wide)
    assert (reply.status, reply.json()["code"]) == (413, "too_large")
    assert reply.json()["params"] == {"values": portable_file.LARGEST.values}
    assert "send less at once" in reply.json()["detail"]
    headers = {"content-type": "application/json", "content-length": str(portable_file.LARGEST.bytes + 1)}
    reply = await admin.post("/api/conversations/import", content=b"{}", headers=headers)
    assert (reply.status, reply.json()["params"]) == (413, {"limit": portable_file.LARGEST.bytes})


async def test_f04_other_routes_take_no_more_than_before(admin: Client) -> None:
    body = msgspec.json.encode({"ids": [0] * subapp.VALUES})
    headers = {"content-type": "application/json"}
    reply = await admin.post("/api/conversations/export", content=body, headers=headers)
    assert (reply.status, reply.json()["params"]) == (413, {"values": subapp.VALUES})
