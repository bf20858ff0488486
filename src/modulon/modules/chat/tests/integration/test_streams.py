"""Streams: begun late, cut, resumed, followed from another process; nothing lost, nothing twice."""

import asyncio
import random

import pytest

from modulon.modules.chat.backend.errors import RunUnknown
from modulon.modules.chat.backend.runs.engine import engine_of
from modulon.modules.chat.backend.store import engine as store
from modulon.modules.chat.tests.world import Paced, Person, Reader, World, says
from modulon.sdk import new_id
from modulon.sdk.storage import now

WORDS = [f"{number} " for number in range(1000)]


async def journalled(person: Person, accepted_run: object, text: str) -> None:
    """Wait until the journal holds *text*."""
    journal = engine_of(person.ctx).journal
    async with asyncio.timeout(20):
        while True:
            items = await journal.read_all(accepted_run)  # type: ignore[arg-type]
            if "".join(getattr(one.event, "text", "") for one in items) == text:
                return
            await asyncio.sleep(0.01)


async def test_r07_a_stream_cut_at_random_events_is_exact(world: World, person: Person) -> None:
    """R07, many readers of one answer, each cut and resumed at random places."""
    model = world.script = Paced()
    accepted = await person.begin("Count")
    run = accepted.run.id
    choose = random.Random(7)

    async def read(cuts: list[int]) -> Reader:
        sum_of_all = Reader()
        for cut in [*cuts, 10**9]:
            async with person.follow(run, sum_of_all.last_id) as reader:
                reader.texts = sum_of_all.texts
                while len(reader.events) < cut and await reader.next():
                    pass
                sum_of_all.events += reader.events
                sum_of_all.resets += reader.resets
                sum_of_all.texts = reader.texts
        return sum_of_all

    readers = [asyncio.create_task(read([choose.randint(1, 120) for _ in range(12)])) for _ in range(80)]
    for number in range(0, 1000, 5):
        model.say(*WORDS[number : number + 5])
        if number % 25 == 0:
            await asyncio.sleep(0.001)
    model.end()

    for reader in await asyncio.gather(*readers):
        assert reader.text == "".join(WORDS)
        assert reader.resets == 0
        assert reader.events[-1].type == "run.finished"


async def test_r07_resuming_after_each_event_is_exact(world: World, person: Person) -> None:
    """R07, at every event of a finished answer: what was seen and what is sent then make the text."""
    world.script = says(*WORDS[:200])
    accepted = await person.begin("Count")
    live = await person.whole(accepted.run.id)
    assert live.text == "".join(WORDS[:200])

    seen = ""
    for event in live.events:
        seen += event.data.get("text", "") if event.type == "part.delta" else ""
        async with person.follow(accepted.run.id, event.id) as again:
            again.texts = {0: ""}
            again.texts = dict.fromkeys(range(2), "") if event.type == "part.started" else {0: ""}
            if event.type == "run.started":
                again.texts = {}
            await again.rest()
        assert seen + again.text == "".join(WORDS[:200])
        assert again.events[-1].type == "run.finished"
        assert again.resets == 0


async def test_a_late_reader_gets_a_long_text_in_few_pieces(world: World, person: Person) -> None:
    world.script = says(*WORDS)
    accepted = await person.begin("Count")
    await person.whole(accepted.run.id)
    late = await person.whole(accepted.run.id)
    assert late.text == "".join(WORDS)
    assert len(late.of("part.delta")) < 10


async def test_a_slow_reader_costs_no_queue_and_misses_nothing(world: World, person: Person) -> None:
    model = world.script = Paced()
    accepted = await person.begin("Count")
    async with person.follow(accepted.run.id) as slow:
        slow.gate.clear()  # takes nothing until the test says so
        async with person.follow(accepted.run.id) as quick:
            for word in WORDS:
                model.say(word)
                await quick.until(lambda r, word=word: r.text.endswith(word))
            model.end()
            await quick.rest()
        slow.gate.set()
        await slow.rest()
    assert quick.text == slow.text == "".join(WORDS)
    assert len(quick.of("part.delta")) == len(WORDS)
    assert len(slow.of("part.delta")) < 20


async def test_a_reader_in_another_process_follows_the_journal(world: World, person: Person) -> None:
    model = world.script = Paced()
    accepted = await person.begin("Hi")
    there = (await world.process()).person(person.ctx.principal.user, person.ctx.principal.workspace)
    async with there.follow(accepted.run.id) as reader:
        model.say("one ")
        await reader.until(lambda r: r.text == "one ")
        model.say("two")
        model.end()
        await reader.rest()
    assert reader.text == "one two"
    assert reader.events[-1].type == "run.finished"


async def test_a_reader_that_moves_to_another_process_waits_for_its_journal(world: World, person: Person) -> None:
    """It saw text from the ring that the journal, which the other process reads, does not hold yet."""
    model = world.script = Paced()
    accepted = await person.begin("Hi")
    there = (await world.process()).person(person.ctx.principal.user, person.ctx.principal.workspace)
    async with person.follow(accepted.run.id) as here:
        model.say("one ")
        await here.until(lambda r: r.text == "one ")
    async with there.follow(accepted.run.id, here.last_id) as reader:
        reader.texts = here.texts
        model.say("two")
        model.end()
        await reader.rest()
    assert reader.text == "one two"
    assert reader.resets == 0


async def test_what_a_reader_saw_before_its_process_was_killed_is_taken_back(world: World, person: Person) -> None:
    """The reader was ahead of the journal: it gets the message as the journal has it, interrupted."""
    model = world.script = Paced()
    accepted = await person.begin("Hi")
    async with person.follow(accepted.run.id) as reader:
        model.say("kept ")
        await reader.until(lambda r: r.text == "kept ")
        await journalled(person, accepted.run.id, "kept ")
        model.say("lost")
        await reader.until(lambda r: r.text == "kept lost")
        await world.processes[0].die()
    there = (await world.process()).person(person.ctx.principal.user, person.ctx.principal.workspace)
    async with asyncio.timeout(10), there.follow(accepted.run.id, reader.last_id) as after:
        after.texts = dict(reader.texts)
        await after.rest()
    assert after.resets == 1
    assert after.texts[0] == "kept "
    assert after.events[-1].data["message_status"] == "interrupted"
    assert after.events[-1].data["error"]["code"] == "chat.server_stopped"


async def test_a_reader_that_was_not_ahead_is_not_reset(world: World, person: Person) -> None:
    model = world.script = Paced()
    accepted = await person.begin("Hi")
    async with person.follow(accepted.run.id) as reader:
        model.say("kept ")
        await reader.until(lambda r: r.text == "kept ")
        await journalled(person, accepted.run.id, "kept ")
        await world.processes[0].die()
    there = (await world.process()).person(person.ctx.principal.user, person.ctx.principal.workspace)
    async with there.follow(accepted.run.id, reader.last_id) as after:
        after.texts = dict(reader.texts)
        await after.rest()
    assert after.resets == 0
    assert after.texts[0] == "kept "
    assert after.events[-1].data["message_status"] == "interrupted"
    assert after.events[-1].id.startswith("2.")


@pytest.mark.parametrize("position", ["9.1", "0.0", "x", "1.999", "-1.-1", "1." + "9" * 60, "1.1.1"])
async def test_a_position_that_makes_no_sense_is_reset(world: World, person: Person, position: str) -> None:
    accepted = await person.begin("Hi")
    await person.whole(accepted.run.id)
    reader = await person.whole(accepted.run.id, position)
    assert reader.resets == 1
    assert reader.text == "Hello world"
    assert [event.type for event in reader.events] == ["message.reset", "run.finished"]


async def test_a_pruned_journal_leaves_the_message(world: World, person: Person) -> None:
    accepted = await person.begin("Hi")
    live = await person.whole(accepted.run.id)
    module = person.ctx.acting_as_module()
    async with module.db.write() as tx:
        tx.run(store.PRUNE, {"before": now()})
    for position in ("", live.last_id, live.events[2].id):
        reader = await person.whole(accepted.run.id, position)
        assert reader.text == "Hello world"
        assert reader.resets == 1
        assert reader.events[-1].type == "run.finished"


async def test_a_stream_ends_when_its_reader_may_not_read_any_more(world: World, person: Person) -> None:
    world.script = Paced()
    accepted = await person.begin("Hi")
    loop = asyncio.get_running_loop()
    async with person.follow(accepted.run.id) as reader:
        await reader.next()
        user = person.ctx.principal.user
        assert user is not None
        world.suspended.add(user)
        begun = loop.time()
        await reader.rest()
    assert loop.time() - begun < 1.5
    assert not reader.of("run.finished")


async def test_a_stream_ends_when_its_conversation_is_deleted(world: World, person: Person) -> None:
    from modulon.modules.chat.backend.service import conversations

    world.script = Paced()
    accepted = await person.begin("Hi")
    async with person.follow(accepted.run.id) as reader:
        await reader.next()
        await conversations.delete_conversation(person.ctx, accepted.answer.conversation_id)
        await reader.rest()
    assert [told.data["message_status"] for told in reader.of("run.finished")] == ["cancelled"]


async def test_nobody_follows_what_is_not_there(person: Person) -> None:
    reader = await person.whole(new_id())
    assert isinstance(reader.error, RunUnknown)
    assert not reader.head


async def test_the_head_keeps_proxies_from_buffering(person: Person) -> None:
    accepted = await person.begin("Hi")
    reader = await person.whole(accepted.run.id)
    headers = dict(reader.head["headers"])
    assert headers[b"content-type"].startswith(b"text/event-stream")
    assert headers[b"x-accel-buffering"] == b"no"
    assert headers[b"cache-control"] == b"no-store"


async def test_a_silent_stream_shows_that_it_lives(
    world: World, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("modulon.modules.chat.backend.runs.follower.HEARTBEAT_SECONDS", 0.3)
    world.script = Paced()
    accepted = await person.begin("Hi")
    async with person.follow(accepted.run.id) as reader:
        await reader.until(lambda r: bool(r.events))
        before = len(reader.events)
        assert await reader.next()
        assert len(reader.events) == before, "a comment is no event"
