"""Processes that end: killed, stopped, paused for too long."""

import asyncio
from uuid import UUID

import pytest

from modulon.modules.chat.backend.errors import NothingToContinue
from modulon.modules.chat.backend.runs.engine import engine_of
from modulon.modules.chat.backend.service import messages
from modulon.modules.chat.tests.integration.test_streams import journalled
from modulon.modules.chat.tests.world import Paced, Person, World, says
from tests.rig.waiting import until


async def elsewhere(world: World, person: Person) -> Person:
    """The same person in a new process."""
    return (await world.process()).person(person.ctx.principal.user, person.ctx.principal.workspace)


async def ended(person: Person, run: object, state: str) -> None:
    """Wait until *run* is in *state*."""
    reader = await person.whole(run)  # type: ignore[arg-type]
    assert reader.events[-1].data["run"]["state"] == state


async def test_a_run_without_text_is_asked_again(world: World, person: Person) -> None:
    model = world.script = Paced()
    accepted = await person.begin("Hi")
    await until(lambda: model.asked == 1)
    await world.processes[0].die()
    world.script = says("again")
    there = await elsewhere(world, person)
    reader = await there.whole(accepted.run.id)
    assert reader.text == "again"
    assert reader.events[-1].data["run"]["state"] == "succeeded"
    assert len(world.requests) == 2


async def test_a_run_with_text_is_interrupted_and_goes_on_when_asked(world: World, person: Person) -> None:
    model = world.script = Paced()
    accepted = await person.begin("Hi")
    model.say("One, ")
    await journalled(person, accepted.run.id, "One, ")
    await world.processes[0].die()

    there = await elsewhere(world, person)
    await ended(there, accepted.run.id, "interrupted")
    assert len(world.requests) == 1, "never silently asked again"
    page = await messages.message_window(there.ctx, accepted.answer.conversation_id, None, 10)
    answer = page.items[-1]
    assert answer.status == "interrupted"
    assert [(part.type, getattr(part, "text", "")) for part in answer.parts] == [("text", "One, "), ("error", "")]

    world.script = says("two.")
    on = await messages.continue_run(there.ctx, accepted.run.id)
    assert on.answer.id == accepted.answer.id
    assert on.run.parent_run_id == accepted.run.id
    assert [part.type for part in on.answer.parts] == ["text"]
    reader = await there.whole(on.run.id)
    assert reader.text == "two."
    page = await messages.message_window(there.ctx, accepted.answer.conversation_id, None, 10)
    answer = page.items[-1]
    assert answer.status == "complete"
    assert "".join(getattr(part, "text", "") for part in answer.parts) == "One, two."
    assert [m.role for m in world.requests[1].messages] == ["user", "assistant", "user"]
    assert world.requests[1].messages[1].text == "One, "

    with pytest.raises(NothingToContinue):
        await messages.continue_run(there.ctx, accepted.run.id)
    with pytest.raises(NothingToContinue):
        await messages.continue_run(there.ctx, on.run.id)


async def test_two_heirs_do_not_both_take_a_run(world: World, person: Person) -> None:
    model = world.script = Paced()
    accepted = await person.begin("Hi")
    await until(lambda: model.asked == 1)
    await world.processes[0].die()
    world.script = says("once")
    there, _ = await asyncio.gather(elsewhere(world, person), elsewhere(world, person))
    reader = await there.whole(accepted.run.id)
    assert reader.text == "once"
    assert len(world.requests) == 2


async def test_a_process_that_lost_its_run_writes_nothing_more(world: World, person: Person) -> None:
    """It was paused beyond its lease, another one took over, then it woke up."""
    model = world.script = Paced()
    accepted = await person.begin("Hi")
    model.say("mine ")
    await journalled(person, accepted.run.id, "mine ")
    world.dead.add(world.processes[0].node.incarnation)
    there = await elsewhere(world, person)
    await ended(there, accepted.run.id, "interrupted")

    async with person.follow(accepted.run.id) as reader:
        model.say("too late")
        model.end()
        await reader.rest()
    whole = await there.whole(accepted.run.id)
    assert whole.texts[0] == "mine "
    assert model.closed == 1
    again = await person.whole(accepted.run.id, reader.last_id)
    assert again.events[-1].data["message_status"] == "interrupted"
    if "too late" in reader.text:
        assert again.resets == 1


async def test_a_run_nobody_began_is_picked_up(world: World, person: Person) -> None:
    """The request broke off between the commit and the start."""
    engine = engine_of(person.ctx)
    start = engine.start
    engine.start = lambda *_: None  # type: ignore[method-assign]
    accepted = await person.begin("Hi")
    engine.start = start  # type: ignore[method-assign]
    reader = await person.whole(accepted.run.id)
    assert reader.text == "Hello world"


async def test_a_server_that_stops_interrupts_what_has_begun_and_leaves_the_rest(world: World, person: Person) -> None:
    model = world.script = Paced()
    begun = await person.begin("Hi")
    model.say("text")
    await journalled(person, begun.run.id, "text")
    world.script = Paced()
    silent = await person.begin("Hi")
    async with person.follow(silent.run.id) as reader:
        await reader.next()
        async with person.follow(begun.run.id) as told:
            await world.processes.pop(0).stop()
            await told.rest()
            assert told.events[-1].data["message_status"] == "interrupted"
        await reader.rest()
        assert not reader.of("run.finished")

    world.dead.add(engine_incarnation(person))
    world.script = says("later")
    there = await elsewhere(world, person)
    after = await there.whole(silent.run.id)
    assert after.text == "later"


def engine_incarnation(person: Person) -> UUID:
    """The incarnation of the process *person* used."""
    return person.ctx.node.incarnation


async def test_a_server_that_stops_lets_short_answers_finish(world: World, person: Person) -> None:
    model = world.script = Paced()
    accepted = await person.begin("Hi")
    async with person.follow(accepted.run.id) as reader:
        model.say("a")
        await reader.until(lambda r: r.text == "a")
        stopping = asyncio.create_task(world.processes.pop(0).stop(drain_seconds=5))
        model.say("b")
        model.end()
        await stopping
        await reader.rest()
    assert reader.text == "ab"
    assert reader.events[-1].data["message_status"] == "complete"
