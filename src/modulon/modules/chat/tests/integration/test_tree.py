"""The tree of messages against a model of it, lists against a sort."""

import random
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from modulon.modules.chat.backend.errors import MessageUnknown
from modulon.modules.chat.backend.schemas import ConversationUpdate, MessageRead
from modulon.modules.chat.backend.service import conversations, messages
from modulon.modules.chat.tests.world import Paced, Person, World, says
from modulon.sdk import Invalid, new_id


@dataclass
class Tree:
    """What the conversation should look like."""

    parents: dict[UUID, UUID | None] = field(default_factory=dict)
    order: list[UUID] = field(default_factory=list)
    active: UUID | None = None

    def add(self, message: UUID, parent: UUID | None) -> None:
        self.parents[message] = parent
        self.order.append(message)
        self.active = message

    def children(self, parent: UUID | None) -> tuple[UUID, ...]:
        return tuple(message for message in self.order if self.parents[message] == parent)

    def under(self, top: UUID) -> set[UUID]:
        found = {top}
        for message in self.order:
            if self.parents[message] in found:
                found.add(message)
        return found

    def show(self, top: UUID) -> None:
        self.active = max(self.under(top), key=self.order.index)

    def branch(self) -> list[UUID]:
        path, at = [], self.active
        while at is not None:
            path.append(at)
            at = self.parents[at]
        return path[::-1]


async def whole_branch(person: Person, conversation: UUID, size: int) -> list[MessageRead]:
    """The active branch, read in pages of *size*."""
    found: list[MessageRead] = []
    cursor = None
    while True:
        page = await messages.message_window(person.ctx, conversation, cursor, size)
        assert len(page.items) <= size
        found = [*page.items, *found]
        cursor = page.next
        if cursor is None:
            return found


@pytest.mark.parametrize("seed", range(3))
async def test_random_trees(world: World, person: Person, seed: int) -> None:
    """Sending, editing, regenerating and switching in any order leave the tree as it should be."""
    world.script = says("ok")
    choose = random.Random(seed)
    tree = Tree()
    first = await person.begin("start")
    assert first.message is not None
    conversation = first.answer.conversation_id
    tree.add(first.message.id, None)
    tree.add(first.answer.id, first.message.id)
    answers = [first.answer.id]
    await person.whole(first.run.id)
    for _ in range(25):
        act = choose.choice(["send", "edit", "regenerate", "show"])
        if act == "show":
            top = choose.choice(tree.order)
            await conversations.update_conversation(person.ctx, conversation, ConversationUpdate(active_message_id=top))
            tree.show(top)
        else:
            await _grow(person, conversation, tree, answers, choose, act)
        shown = await whole_branch(person, conversation, choose.choice([1, 2, 7, 50]))
        assert [message.id for message in shown] == tree.branch()
        for message in shown:
            assert message.parent_id == tree.parents[message.id]
            assert message.siblings == tree.children(message.parent_id)


async def _grow(
    person: Person, conversation: UUID, tree: Tree, answers: list[UUID], choose: random.Random, act: str
) -> None:
    if act == "regenerate":
        accepted = await messages.regenerate(person.ctx, old := choose.choice(answers), None)
        tree.add(accepted.answer.id, tree.parents[old])
    else:
        parent = choose.choice([*answers, None])
        accepted = await person.send(conversation, parent, act)
        assert accepted.message is not None
        tree.add(accepted.message.id, parent)
        assert accepted.message.siblings == tree.children(parent)
        tree.add(accepted.answer.id, accepted.message.id)
    assert accepted.answer.siblings == tree.children(accepted.answer.parent_id)
    answers.append(accepted.answer.id)
    await person.whole(accepted.run.id)


async def test_a_branch_that_is_not_there_cannot_be_shown(person: Person) -> None:
    accepted = await person.begin("Hi")
    with pytest.raises(MessageUnknown):
        await conversations.update_conversation(
            person.ctx, accepted.answer.conversation_id, ConversationUpdate(active_message_id=new_id())
        )


async def test_lists_page_by_page_and_search(person: Person) -> None:
    made = []
    for number in range(23):
        title = f"100% {'Äpfel' if number % 2 else 'pears'} {number}"
        made.append((await conversations.create_conversation(person.ctx, title, None)).conversation.id)

    found: list[UUID] = []
    cursor = None
    while True:
        page = await conversations.list_conversations(person.ctx, cursor, 5, "")
        found += [item.id for item in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert found == made[::-1]

    apples = await conversations.list_conversations(person.ctx, None, 50, "ÄPFEL")
    assert [item.id for item in apples.items] == made[1::2][::-1]
    assert len((await conversations.list_conversations(person.ctx, None, 50, "100%")).items) == 23
    assert (await conversations.list_conversations(person.ctx, None, 50, "1__%")).items == ()
    with pytest.raises(Invalid):
        await conversations.list_conversations(person.ctx, "x", 5, "")


async def test_a_message_moves_its_conversation_to_the_top(world: World, person: Person) -> None:
    first = await person.begin("first")
    await person.whole(first.run.id)
    second = await person.begin("second")
    await person.whole(second.run.id)
    world.script = answer = Paced()
    again = await person.send(first.answer.conversation_id, first.answer.id, "again")
    page = await conversations.list_conversations(person.ctx, None, 10, "")
    assert [item.title for item in page.items] == ["first", "second"]
    assert [item.active_run_id for item in page.items] == [again.run.id, None]
    answer.end()
    await person.whole(again.run.id)
    page = await conversations.list_conversations(person.ctx, None, 10, "")
    assert [item.active_run_id for item in page.items] == [None, None]


async def test_renaming(person: Person) -> None:
    accepted = await person.begin("first")
    read = await conversations.update_conversation(
        person.ctx, accepted.answer.conversation_id, ConversationUpdate(title="  New\tname ")
    )
    assert read.title == "New name"
    found = await conversations.list_conversations(person.ctx, None, 10, "new n")
    assert [item.id for item in found.items] == [accepted.answer.conversation_id]


async def test_a_page_costs_the_same_few_queries(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    from modulon.core.data.handles import ReadHandle

    accepted = await person.begin("0")
    await person.whole(accepted.run.id)
    for number in range(1, 6):
        accepted = await person.send(accepted.answer.conversation_id, accepted.answer.id, str(number))
        await person.whole(accepted.run.id)
    queries: list[object] = []
    real = ReadHandle._fetch

    async def counted(self: ReadHandle, statement: object, params: object) -> object:
        queries.append(statement)
        return await real(self, statement, params)  # type: ignore[arg-type]

    monkeypatch.setattr(ReadHandle, "_fetch", counted)
    for size, most in ((3, 2), (50, 3)):
        queries.clear()
        await messages.message_window(person.ctx, accepted.answer.conversation_id, None, size)
        assert len(queries) <= most
    queries.clear()
    await conversations.list_conversations(person.ctx, None, 50, "")
    assert len(queries) == 1
