"""Tokens of a conversation, by model, all attempts counted; and one message by itself."""

import pytest

from modulon.modules.chat.backend.errors import ConversationUnknown, MessageUnknown
from modulon.modules.chat.backend.runs.usage import ModelUsage
from modulon.modules.chat.backend.service import conversations, messages, usage, views
from modulon.modules.chat.tests.world import Person, Process, World, says


async def test_every_attempt_counts(world: World, person: Person) -> None:
    first = await person.begin("Hi", "one")
    await person.whole(first.run.id)
    again = await messages.regenerate(person.ctx, first.answer.id, "two")
    await person.whole(again.run.id)
    world.script = says("a", "b", usage=False)
    silent = await messages.regenerate(person.ctx, first.answer.id, "two")
    await person.whole(silent.run.id)
    used = await usage.usage(person.ctx, first.answer.conversation_id)
    assert used.items == (ModelUsage("one", 1, 0, 7, 3, 1, ()), ModelUsage("two", 2, 1, 7, 3, 1, ()))


async def test_a03_neither_usage_nor_message_of_others(process: Process, person: Person) -> None:
    theirs = await person.begin("Hi")
    await person.whole(theirs.run.id)
    other = process.person()
    with pytest.raises(ConversationUnknown):
        await usage.usage(other.ctx, theirs.answer.conversation_id)
    async with other.ctx.db.read() as db:
        with pytest.raises(MessageUnknown):
            await views.whole_message(db, theirs.answer.id)
    await conversations.delete_conversation(person.ctx, theirs.answer.conversation_id)
    async with person.ctx.db.read() as db:
        with pytest.raises(MessageUnknown):
            await views.whole_message(db, theirs.answer.id)
