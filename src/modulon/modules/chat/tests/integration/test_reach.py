"""Showing a message: its branch, and the one that is shown already if it stands on it."""

from modulon.modules.chat.backend.schemas import ConversationUpdate
from modulon.modules.chat.backend.service import conversations, messages
from modulon.modules.chat.tests.world import Person


async def test_a_message_on_the_active_branch_changes_nothing(person: Person) -> None:
    first = await person.begin("One")
    await person.whole(first.run.id)
    conversation = first.answer.conversation_id
    kept = await person.send(conversation, first.answer.id, "Two")
    await person.whole(kept.run.id)
    other = await person.send(conversation, first.answer.id, "Two, edited")
    await person.whole(other.run.id)
    back = ConversationUpdate(active_message_id=kept.answer.id)
    await conversations.update_conversation(person.ctx, conversation, back)
    assert first.message is not None
    shown = ConversationUpdate(active_message_id=first.message.id)
    read = await conversations.update_conversation(person.ctx, conversation, shown)
    assert read.active_message_id == kept.answer.id
    branch = await messages.message_window(person.ctx, conversation, None, 10)
    assert kept.message is not None
    assert kept.message.id in {one.id for one in branch.items}
