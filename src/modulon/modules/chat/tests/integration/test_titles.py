"""Titles: first words at once, a model's after the first answer, a person's for good."""

from collections.abc import AsyncGenerator, Sequence
from uuid import UUID

import pytest

from modulon.modules.chat.backend.schemas import ConversationCreate, ConversationUpdate, FirstMessage, TextInput
from modulon.modules.chat.backend.service import conversations, messages
from modulon.modules.chat.backend.service.titles import _tasks
from modulon.modules.chat.backend.settings import Settings
from modulon.modules.chat.tests.world import Person, Process, Script, World, says
from modulon.sdk.inference import SCRIPTED, ModelDelta, ModelFailed, ModelRequest


def names(title: str | Exception) -> Script:
    """Answers, and when asked for a title says *title*."""

    async def script(request: ModelRequest) -> AsyncGenerator[Sequence[ModelDelta], None]:
        if "<question>" not in request.messages[-1].text:
            words: tuple[str, ...] = ("Cats purr.",)
        elif isinstance(title, Exception):
            raise title
        else:
            words = (title,)
        async for batch in says(*words)(request):
            yield batch

    return script


@pytest.fixture
def titled(world: World) -> World:
    world.settings = Settings()
    return world


async def settled(process: Process) -> None:
    """Wait until no title is under way."""
    for task in tuple(_tasks.get(process.node, ())):
        await task


async def title_of(person: Person, conversation: UUID) -> tuple[str, str]:
    read = await conversations.read_conversation(person.ctx, conversation)
    return read.title, read.title_by


async def test_the_model_names_it_after_the_first_answer(titled: World, process: Process, person: Person) -> None:
    titled.script = names('"Why cats purr."\n')
    accepted = await person.begin("Why do cats purr?")
    assert accepted.conversation is not None
    assert (accepted.conversation.title, accepted.conversation.title_by) == ("Why do cats purr?", "words")
    await person.whole(accepted.run.id)
    await settled(process)
    assert await title_of(person, accepted.answer.conversation_id) == ("Why cats purr", "model")
    asked = titled.requests[-1].messages[-1].text
    assert "Why do cats purr?" in asked
    assert "Cats purr." in asked
    sent = await person.send(accepted.answer.conversation_id, accepted.answer.id, "And dogs?")
    await person.whole(sent.run.id)
    await settled(process)
    assert len(titled.requests) == 3, "one title for a conversation"


@pytest.mark.parametrize(
    "said", [ModelFailed("quota", "no money"), "", "Sure! Here is a title:\nCats", "word " * 30, "\u202e\u200b"]
)
async def test_first_words_stay_when_nothing_usable_comes(
    titled: World, process: Process, person: Person, said: str | Exception
) -> None:
    titled.script = names(said)
    accepted = await person.begin("Why do cats purr?")
    await person.whole(accepted.run.id)
    await settled(process)
    assert await title_of(person, accepted.answer.conversation_id) == ("Why do cats purr?", "words")


async def test_a_persons_title_stays(titled: World, process: Process, person: Person) -> None:
    titled.script = names("The model's")
    accepted = await person.begin("Why do cats purr?")
    conversation = accepted.answer.conversation_id
    await conversations.update_conversation(person.ctx, conversation, ConversationUpdate(title="Mine"))
    await person.whole(accepted.run.id)
    first = FirstMessage(parts=(TextInput(type="text", text="Hi"),), model="sim")
    named = await messages.begin_conversation(person.ctx, ConversationCreate(title="Named", message=first))
    await person.whole(named.run.id)
    await settled(process)
    assert await title_of(person, conversation) == ("Mine", "person")
    assert await title_of(person, named.answer.conversation_id) == ("Named", "person")
    assert len(titled.requests) == 2, "no model was asked for a title"


async def test_models_that_follow_no_instructions_are_not_asked(
    titled: World, process: Process, person: Person
) -> None:
    titled.script, titled.capabilities = names("Never"), (SCRIPTED,)
    accepted = await person.begin("Why do cats purr?")
    await person.whole(accepted.run.id)
    await settled(process)
    assert len(titled.requests) == 1
    assert await title_of(person, accepted.answer.conversation_id) == ("Why do cats purr?", "words")


async def test_an_answer_that_failed_gets_no_title(titled: World, process: Process, person: Person) -> None:
    async def fails(request: ModelRequest) -> AsyncGenerator[Sequence[ModelDelta], None]:
        del request
        raise ModelFailed("auth", "wrong key")
        yield []

    titled.script = fails
    accepted = await person.begin("Why do cats purr?")
    await person.whole(accepted.run.id)
    await settled(process)
    assert len(titled.requests) == 1
