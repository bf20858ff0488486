"""Full-text search: what is found, by whom, in which words, and how much at once."""

from uuid import UUID

import pytest

from modulon.modules.chat.backend.schemas import ConversationUpdate, Piece, SearchHit
from modulon.modules.chat.backend.service import conversations, folders
from modulon.modules.chat.backend.service.indexing import index_all
from modulon.modules.chat.backend.service.search import search
from modulon.modules.chat.tests.world import Paced, Person, Process, World, says


async def ask(person: Person, text: str) -> UUID:
    accepted = await person.begin(text)
    await person.whole(accepted.run.id)
    await index_all(person.ctx)
    return accepted.answer.conversation_id


async def found(person: Person, query: str, **more: object) -> list[SearchHit]:
    return list((await search(person.ctx, query, None, 20, **more)).items)  # type: ignore[arg-type]


def shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{one.text}]" if one.hit else one.text for one in pieces)


QUESTION = "Why did the Éclair at Café München cost 12 euros? 東京の天気 \u0420\u043e\u0441\u0441\u0438\u044f"


@pytest.mark.parametrize(
    "query",
    [
        "eclair", "ÉCLAIR", "e\u0301clair", "munchen cafe", "caf", "euros 12", '"at cafe munchen"', "“the eclair”",
        "東京", "天気", "東京の天", "\u0440\u043e\u0441\u0441\u0438", "purr", "eclair purrz|",
    ],
)  # fmt: skip
async def test_words_are_found(world: World, person: Person, query: str) -> None:
    world.script = says("Cats ", "purr.")
    conversation = await ask(person, QUESTION)
    hits = await found(person, query)
    if "|" in query:
        assert hits == [], "every word must occur"
        return
    assert [hit.conversation_id for hit in hits] == [conversation]
    assert hits[0].message_id is not None
    assert any(piece.hit for piece in hits[0].passage)


@pytest.mark.parametrize(
    "query",
    ["", "   ", "*", "***", "%", '"', '"" ""', "AND", "NOT x", "a:b^c", "' OR 1=1 --", "\x00", "(((", "{x} NEAR/2"],
)
async def test_f12_wildcards_alone_and_the_database_s_own_words_mean_nothing(person: Person, query: str) -> None:
    await ask(person, "Hello there")
    assert await found(person, query) == []


async def test_the_passage_marks_what_was_found(world: World, person: Person) -> None:
    world.script = says("word " * 200, "churned accounts ", "tail " * 200)
    await ask(person, "Tell me")
    (hit,) = await found(person, "chur account")
    text = shown(hit.passage)
    assert "[churned] [accounts]" in text
    assert text.startswith("\u2026")
    assert text.endswith("\u2026")
    assert len(text) < 260
    (quoted,) = await found(person, '"churned accounts"')
    assert "[churned accounts]" in shown(quoted.passage)


async def test_titles_are_found_also_after_they_changed(person: Person) -> None:
    conversation = await ask(person, "Something")
    await conversations.update_conversation(person.ctx, conversation, ConversationUpdate(title="Zebra crossing"))
    await index_all(person.ctx)
    (hit,) = await found(person, "zebra")
    assert hit.message_id is None
    assert shown(hit.title) == "[Zebra] crossing"
    await conversations.update_conversation(person.ctx, conversation, ConversationUpdate(title="Other"))
    await index_all(person.ctx)
    assert await found(person, "zebra") == []
    assert len(await found(person, "other")) == 1


async def test_a_conversation_comes_once_and_pages_hold_all(world: World, person: Person) -> None:
    world.script = says("fine")
    made = [await ask(person, f"needle {n} needle") for n in range(7)]
    page = await search(person.ctx, "needle", None, 3)
    seen = [hit.conversation_id for hit in page.items]
    assert len(seen) == 3
    while page.next:
        page = await search(person.ctx, "needle", page.next, 3)
        seen += [hit.conversation_id for hit in page.items]
    assert list(dict.fromkeys(seen)) == made[::-1]


async def test_filters_and_deleted_ones(world: World, person: Person) -> None:
    world.script = says("fine")
    a, b, c = [await ask(person, f"needle {n}") for n in range(3)]
    folder = await folders.create_folder(person.ctx, "F")
    await conversations.update_conversation(person.ctx, a, ConversationUpdate(folder_id=folder.id))
    await conversations.update_conversation(person.ctx, b, ConversationUpdate(archived=True))
    await conversations.delete_conversation(person.ctx, c)
    assert [hit.conversation_id for hit in await found(person, "needle")] == [a]
    assert [hit.conversation_id for hit in await found(person, "needle", folder=folder.id)] == [a]
    assert [hit.conversation_id for hit in await found(person, "needle", archived=True)] == [b]
    await conversations.delete_for_ever(person.ctx, c)
    await conversations.update_conversation(person.ctx, b, ConversationUpdate(archived=False))
    assert {hit.conversation_id for hit in await found(person, "needle")} == {a, b}


async def test_a03_nobody_finds_what_is_not_theirs(process: Process, person: Person) -> None:
    await ask(person, "my secret needle")
    assert await found(process.person(), "needle") == []
    elsewhere = process.person(person.ctx.principal.user)
    assert await found(elsewhere, "needle") == []


async def test_what_is_being_written_is_found_when_it_is_complete(world: World, person: Person) -> None:
    model = world.script = Paced()
    accepted = await person.begin("Question")
    model.say("half of a needle")
    await index_all(person.ctx)
    assert await found(person, "needle") == []
    model.end()
    await person.whole(accepted.run.id)
    await index_all(person.ctx)
    (hit,) = await found(person, "needle")
    assert hit.message_id == accepted.answer.id


async def test_long_messages_are_found_by_their_beginning(person: Person) -> None:
    await ask(person, "needle " + "\u5bff\u53f8" * 100_000)
    assert len(await found(person, "needle")) == 1
