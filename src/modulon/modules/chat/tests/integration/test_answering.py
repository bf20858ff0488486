"""From a message to its answer, and back to the message."""

import pytest

from modulon.modules.chat.backend.errors import MessageUnknown, ModelMissing, NotAnAnswer, StillAnswering
from modulon.modules.chat.backend.schemas import ConversationCreate, TextPart
from modulon.modules.chat.backend.service import conversations, messages, runs
from modulon.modules.chat.tests.world import Paced, Person, World
from modulon.sdk import new_id


async def test_a_message_is_answered(world: World, person: Person) -> None:
    accepted = await person.begin("Tell me about cats")
    assert accepted.message is not None
    assert accepted.conversation is not None
    assert accepted.conversation.title == "Tell me about cats"
    assert accepted.run.state == "queued"

    reader = await person.whole(accepted.run.id)

    assert reader.error is None
    assert reader.text == "Hello world"
    assert [event.type for event in reader.events][:2] == ["run.started", "part.started"]
    assert reader.events[-1].type == "run.finished"
    assert reader.events[-1].data["run"]["state"] == "succeeded"
    assert reader.events[-1].data["message_status"] == "complete"
    assert [message.text for message in world.requests[0].messages] == ["Tell me about cats"]


async def test_the_answer_is_stored_as_it_was_streamed(person: Person) -> None:
    accepted = await person.begin("Hi")
    await person.whole(accepted.run.id)

    page = await messages.message_window(person.ctx, accepted.answer.conversation_id, None, 10)

    assert [message.role for message in page.items] == ["user", "assistant"]
    question, answer = page.items
    assert accepted.message is not None
    assert question == accepted.message
    assert answer.status == "complete"
    assert [part.text for part in answer.parts if isinstance(part, TextPart)] == ["Hello world"]
    assert answer.usage is not None
    assert (answer.usage.input_tokens, answer.usage.output_tokens) == (7, 3)
    run = await runs.read_run(person.ctx, accepted.run.id)
    assert (run.state, run.error, run.finished_at is not None) == ("succeeded", None, True)


async def test_a_conversation_goes_on_with_its_history(world: World, person: Person) -> None:
    first = await person.begin("One")
    await person.whole(first.run.id)
    conversation = first.answer.conversation_id
    second = await person.send(conversation, first.answer.id, "Two")
    await person.whole(second.run.id)

    assert [(m.role, m.text) for m in world.requests[1].messages] == [
        ("user", "One"),
        ("assistant", "Hello world"),
        ("user", "Two"),
    ]
    assert second.run.model == "sim", "the model stays"
    page = await messages.message_window(person.ctx, conversation, None, 10)
    assert [message.id for message in page.items][-1] == second.answer.id


async def test_an_empty_conversation_gets_its_title_from_its_first_message(person: Person) -> None:
    created = await conversations.create_conversation(person.ctx, "", "sim")
    accepted = await person.send(created.conversation.id, None, "What is a cat?")
    await person.whole(accepted.run.id)
    read = await conversations.read_conversation(person.ctx, created.conversation.id)
    assert read.title == "What is a cat?"
    second = await person.send(created.conversation.id, accepted.answer.id, "And a dog?")
    await person.whole(second.run.id)
    assert (await conversations.read_conversation(person.ctx, created.conversation.id)).title == "What is a cat?"


async def test_a_model_must_be_chosen(person: Person) -> None:
    created = await conversations.create_conversation(person.ctx, "", None)
    with pytest.raises(ModelMissing):
        await person.send(created.conversation.id, None, "Hi")
    assert (await messages.message_window(person.ctx, created.conversation.id, None, 10)).items == ()


async def test_nothing_is_sent_after_an_answer_that_is_still_being_written(world: World, person: Person) -> None:
    model = world.script = Paced()
    accepted = await person.begin("Hi")
    conversation = accepted.answer.conversation_id
    with pytest.raises(StillAnswering):
        await person.send(conversation, accepted.answer.id, "And?")
    with pytest.raises(StillAnswering):
        await messages.regenerate(person.ctx, accepted.answer.id, None)
    model.say("Hello")
    model.end()
    await person.whole(accepted.run.id)
    assert await person.send(conversation, accepted.answer.id, "And?")


async def test_a_message_follows_an_answer_of_the_same_conversation(person: Person) -> None:
    one, other = await person.begin("One"), await person.begin("Other")
    await person.whole(one.run.id)
    await person.whole(other.run.id)
    assert one.message is not None
    conversation = one.answer.conversation_id
    with pytest.raises(NotAnAnswer):
        await person.send(conversation, one.message.id, "x")
    with pytest.raises(MessageUnknown):
        await person.send(conversation, other.answer.id, "x")
    with pytest.raises(MessageUnknown):
        await person.send(conversation, new_id(), "x")
    with pytest.raises(NotAnAnswer):
        await messages.regenerate(person.ctx, one.message.id, None)
    assert len((await messages.message_window(person.ctx, conversation, None, 10)).items) == 2


async def test_another_answer_stands_beside_the_first(world: World, person: Person) -> None:
    first = await person.begin("Hi")
    await person.whole(first.run.id)
    second = await messages.regenerate(person.ctx, first.answer.id, "other")
    assert second.answer.siblings == (first.answer.id, second.answer.id)
    await person.whole(second.run.id)
    assert [m.text for m in world.requests[1].messages] == ["Hi"]
    assert world.requests[1].model == "other"
    page = await messages.message_window(person.ctx, first.answer.conversation_id, None, 10)
    assert page.items[-1].id == second.answer.id
    assert page.items[-1].siblings == (first.answer.id, second.answer.id)


async def test_an_edit_stands_beside_what_it_edits(person: Person) -> None:
    first = await person.begin("Hi")
    await person.whole(first.run.id)
    assert first.message is not None
    edit = await person.send(first.answer.conversation_id, None, "Hello")
    assert edit.message is not None
    assert edit.message.siblings == (first.message.id, edit.message.id)
    await person.whole(edit.run.id)
    page = await messages.message_window(person.ctx, first.answer.conversation_id, None, 10)
    assert [m.id for m in page.items] == [edit.message.id, edit.answer.id]
    assert page.items[0].siblings == (first.message.id, edit.message.id)


async def test_creating_without_a_message_writes_nothing_else(person: Person) -> None:
    given = ConversationCreate(title=" A  title ")
    created = await conversations.create_conversation(person.ctx, given.title, given.model)
    read = await conversations.read_conversation(person.ctx, created.conversation.id)
    assert read == created.conversation
    assert read.title == "A title"
