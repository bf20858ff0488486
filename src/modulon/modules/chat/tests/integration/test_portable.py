"""Out to a file and in again: everything, once, and never over what is somebody else's."""

from typing import Any
from uuid import UUID

import msgspec
import pytest
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from modulon.modules.chat.backend.errors import ConversationUnknown
from modulon.modules.chat.backend.schemas import ConversationUpdate
from modulon.modules.chat.backend.service import conversations, folders, messages, usage
from modulon.modules.chat.backend.service.portable import export, take_in
from modulon.modules.chat.backend.service.portable_check import checked
from modulon.modules.chat.backend.service.portable_file import ImportRequest
from modulon.modules.chat.tests.world import Person, Process, World
from modulon.sdk import new_id
from modulon.sdk.inference import ModelPrice


async def written(person: Person) -> UUID:
    """A conversation with two branches, in a folder."""
    first = await person.begin("Zo\u00eb asks \U0001f431")
    await person.whole(first.run.id)
    conversation = first.answer.conversation_id
    for text in ("more", "else"):
        sent = await person.send(conversation, first.answer.id, text)
        await person.whole(sent.run.id)
    folder = await folders.create_folder(person.ctx, "F")
    change = ConversationUpdate(title="Named", pinned=True, folder_id=folder.id)
    await conversations.update_conversation(person.ctx, conversation, change)
    return conversation


async def file_of(person: Person, *ids: UUID) -> dict[str, Any]:
    """As it stands in the file."""
    return msgspec.json.decode(msgspec.json.encode(await export(person.ctx, ids)))


async def read(person: Person, file: dict[str, Any]) -> list[tuple[UUID, str]]:
    given = ImportRequest.model_validate_json(msgspec.json.encode(file))
    return [(one.id, one.result) for one in (await take_in(person.ctx, given)).items]


REFUSED = (ValidationError, RequestValidationError)
"""The head of a request is compared with its shape before its handler runs, the conversations by it."""


async def looked_at(file: dict[str, Any]) -> None:
    await checked(ImportRequest.model_validate(file))


def bare(file: dict[str, Any]) -> Any:
    """Without what may differ: when it was written, and the messages' names."""
    (one,) = file["conversations"]
    names = {message["id"]: index for index, message in enumerate(one["messages"])}
    for message in one["messages"]:
        message["id"], message["parent_id"] = names[message["id"]], names.get(message["parent_id"])
    one["active_message_id"] = names[one["active_message_id"]]
    return one


async def test_nothing_is_lost_on_the_way_to_another_person(world: World, process: Process, person: Person) -> None:
    world.price = ModelPrice(1_000_000, 2_000_000, None, "EUR")
    conversation = await written(person)
    file = await file_of(person, conversation)
    other = process.person()
    ((made, result),) = await read(other, file)
    assert result == "created"
    assert made != conversation
    assert file["conversations"][0]["messages"][1]["usage"]["cost"] == {"amount": "0.000013", "currency": "EUR"}
    assert bare(await file_of(other, made)) == bare(file)
    assert await usage.usage(other.ctx, made) == await usage.usage(person.ctx, conversation)
    page = await messages.message_window(other.ctx, made, None, 10)
    assert [one.parts[0].text for one in page.items if one.role == "user"] == ["Zo\u00eb asks \U0001f431", "else"]  # type: ignore[union-attr]
    sent = await other.send(made, page.items[-1].id, "and on")
    assert (await other.whole(sent.run.id)).text == "Hello world"


async def test_reading_it_again_makes_nothing(process: Process, person: Person) -> None:
    conversation = await written(person)
    file = await file_of(person, conversation)
    assert await read(person, file) == [(conversation, "known")]
    other = process.person()
    ((made, _),) = await read(other, file)
    assert await read(other, file) == [(made, "known")]
    assert await read(other, await file_of(other, made)) == [(made, "known")]
    await conversations.delete_conversation(other.ctx, made)
    assert await read(other, file) == [(made, "known")]
    assert len((await conversations.list_conversations(other.ctx, None, 50)).items) == 1


async def test_a22_ids_of_others_stay_theirs(process: Process, person: Person) -> None:
    """A22: every id in the file is one of somebody else's rows: all are made anew, theirs stay to the byte."""
    theirs = await written(person)
    before = msgspec.json.encode((await export(person.ctx, (theirs,)))["conversations"])
    file = await file_of(person, theirs)
    file["conversations"][0]["title"] = "overwritten"
    for message in file["conversations"][0]["messages"]:
        message["parts"] = [{"type": "text", "text": "overwritten"}]
    attacker = process.person()
    ((made, result),) = await read(attacker, file)
    assert (made != theirs, result) == (True, "created")
    assert msgspec.json.encode((await export(person.ctx, (theirs,)))["conversations"]) == before
    ours = {message["id"] for message in (await file_of(attacker, made))["conversations"][0]["messages"]}
    assert not ours & {message["id"] for message in file["conversations"][0]["messages"]}


@pytest.mark.parametrize(
    "more",
    [
        {"owner_id": str(new_id())}, {"workspace_id": str(new_id())}, {"deleted_at": None}, {"origin": "x"},
        {"role": "admin"},
    ],
    ids=lambda more: next(iter(more)),
)  # fmt: skip
async def test_a12_a_file_says_nothing_about_whose_it_is(person: Person, more: dict[str, Any]) -> None:
    file = await file_of(person, await written(person))
    for part in (file, file["conversations"][0], file["conversations"][0]["messages"][0]):
        part.update(more)
        with pytest.raises(REFUSED):
            await looked_at(file)
        for name in more:
            if name != "role":
                del part[name]
        if "role" in more:
            part.pop("role")


async def test_broken_files_are_refused_by_name(person: Person) -> None:
    file = await file_of(person, await written(person))
    one = file["conversations"][0]
    broken: list[tuple[dict[str, Any], str]] = [
        ({"messages": one["messages"][1:]}, "does not come before"),
        ({"messages": [one["messages"][0], one["messages"][0]]}, "twice"),
        ({"active_message_id": str(new_id())}, "not among"),
        ({"messages": [{**one["messages"][0], "role": "assistant"}], "active_message_id": None}, "cannot follow"),
    ]
    for change, says in broken:
        with pytest.raises(REFUSED, match=says):
            await looked_at({**file, "conversations": [{**one, **change}]})
    dear: dict[str, Any] = {"input_tokens": 1, "output_tokens": 1, "cost": {"amount": "1", "currency": "EUR"}}
    for wrong in ({"amount": "100000000"}, {"amount": "-1"}, {"amount": 1}, {"currency": "euro"}, {"tax": "1"}):
        answer = {**one["messages"][1], "usage": {**dear, "cost": {**dear["cost"], **wrong}}}
        with pytest.raises(REFUSED, match="cost"):
            await looked_at({**file, "conversations": [{**one, "messages": [one["messages"][0], answer]}]})
    for head in ({"format": "other"}, {"version": 2}, {"conversations": []}, {"conversations": [one] * 21}):
        with pytest.raises(REFUSED):
            await looked_at({**file, **head})


async def test_a03_nobody_exports_what_is_not_theirs(process: Process, person: Person) -> None:
    theirs = await written(person)
    other = process.person()
    mine = await written(other)
    with pytest.raises(ConversationUnknown):
        await export(other.ctx, (mine, theirs))
