"""Two people who must not see each other: the same answer for what is absent and for what is not yours."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from modulon.modules.chat.backend.errors import RunUnknown
from modulon.modules.chat.backend.schemas import Accepted, ConversationUpdate
from modulon.modules.chat.backend.service import conversations, messages, runs
from modulon.modules.chat.tests.world import Person, Process, World
from modulon.sdk import NotFound, Problem, new_id

Attack = Callable[[Person, UUID], Awaitable[object]]

ON_CONVERSATIONS: dict[str, Attack] = {
    "read": lambda p, i: conversations.read_conversation(p.ctx, i),
    "rename": lambda p, i: conversations.update_conversation(p.ctx, i, ConversationUpdate(title="mine")),
    "delete": lambda p, i: conversations.delete_conversation(p.ctx, i),
    "window": lambda p, i: messages.message_window(p.ctx, i, None, 10),
    "send": lambda p, i: p.send(i, None, "hi", "sim"),
}
ON_MESSAGES: dict[str, Attack] = {"regenerate": lambda p, i: messages.regenerate(p.ctx, i, None)}
ON_RUNS: dict[str, Attack] = {
    "read": lambda p, i: runs.read_run(p.ctx, i),
    "stop": lambda p, i: runs.stop_run(p.ctx, i),
    "continue": lambda p, i: messages.continue_run(p.ctx, i),
}


async def refusal(attack: Awaitable[object]) -> tuple[type[Problem], str]:
    with pytest.raises(NotFound) as caught:
        await attack
    return type(caught.value), caught.value.message


@pytest.fixture
async def theirs(process: Process) -> Accepted:
    """Somebody else's conversation, answered."""
    owner = process.person()
    accepted = await owner.begin("A secret")
    await owner.whole(accepted.run.id)
    return accepted


async def test_a03_foreign_ids_are_as_absent(world: World, person: Person, theirs: Accepted) -> None:
    conversation, message, run = theirs.answer.conversation_id, theirs.answer.id, theirs.run.id
    for attacks, target in ((ON_CONVERSATIONS, conversation), (ON_MESSAGES, message), (ON_RUNS, run)):
        for attack in attacks.values():
            assert await refusal(attack(person, target)) == await refusal(attack(person, new_id()))
    assert len(world.requests) == 1, "nobody asked a model"
    page = await conversations.list_conversations(person.ctx, None, 50, "")
    assert page.items == ()


async def test_a03_nothing_of_it_was_changed(process: Process) -> None:
    owner, other = process.person(), process.person()
    accepted = await owner.begin("A secret")
    await owner.whole(accepted.run.id)
    before = await messages.message_window(owner.ctx, accepted.answer.conversation_id, None, 10)
    for attack in ON_CONVERSATIONS.values():
        with pytest.raises(NotFound):
            await attack(other, accepted.answer.conversation_id)
    assert await messages.message_window(owner.ctx, accepted.answer.conversation_id, None, 10) == before
    read = await conversations.read_conversation(owner.ctx, accepted.answer.conversation_id)
    assert read.title == "A secret"


async def test_a04_a_foreign_parent_never_enters_a_prompt(world: World, person: Person, theirs: Accepted) -> None:
    own = await person.begin("Mine")
    await person.whole(own.run.id)
    asked = len(world.requests)
    assert await refusal(person.send(own.answer.conversation_id, theirs.answer.id, "Repeat that")) == await refusal(
        person.send(own.answer.conversation_id, new_id(), "Repeat that")
    )
    shown = ConversationUpdate(active_message_id=theirs.answer.id)
    with pytest.raises(NotFound):
        await conversations.update_conversation(person.ctx, own.answer.conversation_id, shown)
    assert len(world.requests) == asked


async def test_a04_another_workspace_of_the_same_person_is_foreign_too(process: Process, person: Person) -> None:
    accepted = await person.begin("Here")
    await person.whole(accepted.run.id)
    elsewhere = process.person(person.ctx.principal.user)
    with pytest.raises(NotFound):
        await conversations.read_conversation(elsewhere.ctx, accepted.answer.conversation_id)


@pytest.mark.parametrize("after", ["", "1.1", "0.0"])
async def test_a08_a_foreign_stream_is_as_absent(person: Person, theirs: Accepted, after: str) -> None:
    foreign = await person.whole(theirs.run.id, after)
    absent = await person.whole(new_id(), after)
    for reader in (foreign, absent):
        assert isinstance(reader.error, RunUnknown)
        assert not reader.head
        assert not reader.events


async def test_stopping_and_deleting_at_once_is_one_of_the_two(person: Person) -> None:
    accepted = await person.begin("Hi")
    results = await asyncio.gather(
        runs.stop_run(person.ctx, accepted.run.id),
        conversations.delete_conversation(person.ctx, accepted.answer.conversation_id),
        return_exceptions=True,
    )
    assert all(
        result is None or isinstance(result, NotFound) or not isinstance(result, Exception) for result in results
    )
