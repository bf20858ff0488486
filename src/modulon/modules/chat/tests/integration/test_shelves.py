"""Folders, pins, the archive, and deleted conversations that can be restored."""

from uuid import UUID

import pytest

from modulon.modules.chat.backend.errors import ConversationUnknown, FolderNamed, FolderNameEmpty, FolderUnknown
from modulon.modules.chat.backend.schemas import BulkChange, ConversationUpdate, Shelf
from modulon.modules.chat.backend.service import bulk, conversations, folders, messages
from modulon.modules.chat.tests.world import Paced, Person, Process, World
from modulon.sdk import new_id


async def made(person: Person, *titles: str) -> list[UUID]:
    return [(await conversations.create_conversation(person.ctx, t, None)).conversation.id for t in titles]


async def put(person: Person, conversation: UUID, **change: object) -> None:
    await conversations.update_conversation(person.ctx, conversation, ConversationUpdate.model_validate(change))


async def on(person: Person, shelf: Shelf = "all", folder: UUID | None = None) -> list[str]:
    page = await conversations.list_conversations(person.ctx, None, 50, "", shelf, folder)
    return [one.title for one in page.items]


async def test_each_shelf_holds_its_own(person: Person) -> None:
    a, b, c, d, _ = await made(person, "a", "b", "c", "d", "e")
    folder = await folders.create_folder(person.ctx, " Trips  2026 ")
    assert folder.name == "Trips 2026"
    await put(person, a, pinned=True)
    await put(person, b, folder_id=folder.id)
    await put(person, c, archived=True)
    await conversations.delete_conversation(person.ctx, d)
    assert await on(person) == ["e", "b", "a"]
    assert await on(person, "loose") == ["e"]
    assert await on(person, "pinned") == ["a"]
    assert await on(person, "archived") == ["c"]
    assert await on(person, "deleted") == ["d"]
    assert await on(person, folder=folder.id) == ["b"]
    await put(person, a, pinned=False)
    await put(person, b, folder_id=None)
    await put(person, c, archived=False)
    assert await on(person, "loose") == ["e", "c", "b", "a"]


async def test_a_change_without_a_folder_leaves_it_there(person: Person) -> None:
    (a,) = await made(person, "a")
    folder = await folders.create_folder(person.ctx, "F")
    await put(person, a, folder_id=folder.id)
    await put(person, a, title="b")
    assert await on(person, folder=folder.id) == ["b"]


async def test_deleting_a_folder_keeps_what_is_in_it(person: Person) -> None:
    a, b = await made(person, "a", "b")
    folder = await folders.create_folder(person.ctx, "F")
    for one in (a, b):
        await put(person, one, folder_id=folder.id)
    await conversations.delete_conversation(person.ctx, b)
    await folders.delete_folder(person.ctx, folder.id)
    restored = await conversations.restore_conversation(person.ctx, b)
    assert restored.folder_id is None
    assert await on(person, "loose") == ["b", "a"]


async def test_folder_names_are_unique_and_not_empty(person: Person, process: Process) -> None:
    one = await folders.create_folder(person.ctx, "Straße")
    with pytest.raises(FolderNamed):
        await folders.create_folder(person.ctx, "STRASSE")
    other = await folders.create_folder(person.ctx, "Other")
    with pytest.raises(FolderNamed):
        await folders.rename_folder(person.ctx, other.id, "strasse")
    with pytest.raises(FolderNameEmpty):
        await folders.create_folder(person.ctx, " \t")
    assert (await folders.rename_folder(person.ctx, one.id, "strasse")).name == "strasse"
    assert (await folders.create_folder(process.person().ctx, "Straße")).name == "Straße"
    first = await folders.list_folders(person.ctx, None, 1)
    rest = await folders.list_folders(person.ctx, first.next, 1)
    assert [one.name for one in (*first.items, *rest.items)] == ["Other", "strasse"]
    assert rest.next is None


async def test_a03_folders_of_others_are_absent(person: Person, process: Process) -> None:
    other = process.person()
    theirs = await folders.create_folder(other.ctx, "Theirs")
    (mine,) = await made(person, "a")
    for folder in (theirs.id, new_id()):
        with pytest.raises(FolderUnknown):
            await put(person, mine, folder_id=folder)
        with pytest.raises(FolderUnknown):
            await folders.read_folder(person.ctx, folder)
        with pytest.raises(FolderUnknown):
            await folders.rename_folder(person.ctx, folder, "x")
        with pytest.raises(FolderUnknown):
            await folders.delete_folder(person.ctx, folder)
    assert await folders.list_folders(other.ctx, None, 50) == await folders.list_folders(other.ctx, None, 9)
    assert (await folders.read_folder(other.ctx, theirs.id)) == theirs
    assert await on(person, "loose") == ["a"]


async def test_a_deleted_one_is_absent_until_it_is_restored(world: World, person: Person) -> None:
    accepted = await person.begin("Hi")
    await person.whole(accepted.run.id)
    conversation = accepted.answer.conversation_id
    before = await messages.message_window(person.ctx, conversation, None, 10)
    await conversations.delete_conversation(person.ctx, conversation)
    asked = len(world.requests)
    for refused in (
        conversations.read_conversation(person.ctx, conversation),
        messages.message_window(person.ctx, conversation, None, 10),
        person.send(conversation, accepted.answer.id, "more"),
        person.send(conversation, None, "more"),
        put(person, conversation, title="x"),
        put(person, conversation, pinned=True),
        conversations.delete_conversation(person.ctx, conversation),
    ):
        with pytest.raises(ConversationUnknown):
            await refused
    assert len(world.requests) == asked
    await conversations.restore_conversation(person.ctx, conversation)
    assert await messages.message_window(person.ctx, conversation, None, 10) == before
    assert (await conversations.restore_conversation(person.ctx, conversation)).id == conversation


async def test_only_its_owner_restores_and_ends_it(person: Person, process: Process) -> None:
    (mine,) = await made(person, "a")
    other = process.person()
    with pytest.raises(ConversationUnknown):
        await conversations.delete_for_ever(person.ctx, mine)
    await conversations.delete_conversation(person.ctx, mine)
    for attack in (conversations.restore_conversation, conversations.delete_for_ever):
        with pytest.raises(ConversationUnknown):
            await attack(other.ctx, mine)
    await conversations.delete_for_ever(person.ctx, mine)
    assert await on(person, "deleted") == []


async def test_deleting_stops_the_answer_and_keeps_its_text(world: World, person: Person) -> None:
    model = world.script = Paced()
    accepted = await person.begin("Hi")
    model.say("half")
    async with person.follow(accepted.run.id) as reader:
        await reader.until(lambda r: r.text == "half")
        await conversations.delete_conversation(person.ctx, accepted.answer.conversation_id)
        await reader.rest()
    assert model.closed == 1
    await conversations.restore_conversation(person.ctx, accepted.answer.conversation_id)
    page = await messages.message_window(person.ctx, accepted.answer.conversation_id, None, 10)
    assert page.items[1].status == "cancelled"
    assert [part.type for part in page.items[1].parts] == ["text"]


@pytest.mark.parametrize("action", ["update", "delete", "restore", "delete_for_ever"])
async def test_a07_one_foreign_id_in_a_hundred_is_refused_by_name(
    process: Process, person: Person, action: str
) -> None:
    """A07: 99 of one's own and a foreign one: that one is refused, unchanged, and the others are done."""
    mine = await made(person, *(str(n) for n in range(99)))
    other = process.person()
    (theirs,) = await made(other, "secret")
    if action in ("restore", "delete_for_ever"):
        for one in mine:
            await conversations.delete_conversation(person.ctx, one)
        await conversations.delete_conversation(other.ctx, theirs)
    ids = (*mine[:50], theirs, *mine[50:])
    given = BulkChange.model_validate({"ids": ids, "action": action, "archived": True})
    result = await bulk.change_many(person.ctx, given)
    assert [one.id for one in result.items] == list(ids)
    refused = [one for one in result.items if one.status != 200]
    assert [(one.id, one.status) for one in refused] == [(theirs, 404)]
    assert refused[0].error is not None
    assert refused[0].error.code == "chat.conversation_unknown"
    assert await on(other, "all" if action in ("update", "delete") else "deleted") == ["secret"]
    expected = {"update": "archived", "delete": "deleted", "restore": "all"}
    if shelf := expected.get(action):
        page = await conversations.list_conversations(person.ctx, None, 200, "", shelf)  # type: ignore[arg-type]
        assert len(page.items) == 99
    else:
        assert await on(person, "deleted") == []
