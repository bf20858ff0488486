"""Every way an answer can end other than well: the message is kept, the text is kept, a sentence says why."""

import asyncio
from collections.abc import AsyncGenerator, Sequence

import pytest

from modulon.modules.chat.backend.contract import RunState
from modulon.modules.chat.backend.errors import RunUnknown
from modulon.modules.chat.backend.runs import execution
from modulon.modules.chat.backend.service import conversations, messages, runs
from modulon.modules.chat.backend.settings import Settings
from modulon.modules.chat.tests.integration.test_streams import journalled
from modulon.modules.chat.tests.world import Paced, Person, Process, World, says
from modulon.modules.providers.backend import contract
from modulon.sdk.inference import Finish, ModelDelta, ModelFailed, ModelFault, ModelRequest, TextDelta
from tests.rig.waiting import until


def breaks(*words: str, fault: ModelFault = "network", retry: bool = False) -> "Counted":
    """A model that says *words*, then fails."""
    return Counted(words, fault, retry)


class Counted:
    def __init__(self, words: Sequence[str], fault: ModelFault, retry: bool) -> None:
        self.words = words
        self.fault: ModelFault = fault
        self.retry = retry
        self.asked = 0

    async def __call__(self, request: ModelRequest) -> AsyncGenerator[Sequence[ModelDelta], None]:
        del request
        self.asked += 1
        for word in self.words:
            yield [TextDelta(word)]
        raise ModelFailed(self.fault, "the provider's own words", retry=self.retry)


async def outcome(person: Person, run: object, conversation: object) -> tuple[RunState, str, str, str]:
    """State, message status, text and code of the error."""
    read = await runs.read_run(person.ctx, run)  # type: ignore[arg-type]
    page = await messages.message_window(person.ctx, conversation, None, 10)  # type: ignore[arg-type]
    assert page.items[0].parts, "the message is kept"
    answer = page.items[-1]
    text = "".join(getattr(part, "text", "") for part in answer.parts)
    codes = [part.code for part in answer.parts if part.type == "error"]
    assert codes == ([read.error.code] if read.error else [])
    return read.state, answer.status, text, codes[0] if codes else ""


async def test_r21_a_cut_connection_keeps_every_token(world: World, person: Person) -> None:
    world.script = breaks("a", "b", "c", retry=True)
    accepted = await person.begin("Hi")
    reader = await person.whole(accepted.run.id)
    assert reader.text == "abc"
    assert world.script.asked == 1, "an answer that has begun is not asked for again"
    assert await outcome(person, accepted.run.id, accepted.answer.conversation_id) == (
        "interrupted",
        "interrupted",
        "abc",
        "chat.model_network",
    )
    assert reader.of("part.started")[-1].data["part"]["type"] == "error"
    assert "own words" not in str([event.data for event in reader.events])


@pytest.mark.parametrize("fault", ["auth", "quota", "context", "policy", "bad_response", "unknown_model"])
async def test_r21_a_fault_before_the_first_token_says_what_to_do(
    world: World, person: Person, fault: ModelFault
) -> None:
    world.script = breaks(fault=fault)
    accepted = await person.begin("Hi")
    await person.whole(accepted.run.id)
    state, status, text, code = await outcome(person, accepted.run.id, accepted.answer.conversation_id)
    assert (state, status, text) == ("failed", "failed", "")
    assert code == {"unknown_model": "chat.model_unknown"}.get(fault, f"chat.model_{fault}")


async def test_r21_a_provider_that_recovers_is_asked_again(
    world: World, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contract, "BACK_OFF_SECONDS", 0.001)
    attempts = 0

    async def flaky(request: ModelRequest) -> AsyncGenerator[Sequence[ModelDelta], None]:
        nonlocal attempts
        attempts += 1
        if attempts < 3:
            raise ModelFailed("overload", "busy", retry=True)
        yield [TextDelta("at last"), Finish()]

    world.script = flaky
    accepted = await person.begin("Hi")
    assert (await person.whole(accepted.run.id)).text == "at last"


async def test_r21_retries_end(world: World, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contract, "BACK_OFF_SECONDS", 0.001)
    world.script = breaks(fault="overload", retry=True)
    accepted = await person.begin("Hi")
    await person.whole(accepted.run.id)
    assert world.script.asked == contract.ATTEMPTS


async def test_r21_nobody_waits_long_for_a_rate_limit(world: World, person: Person) -> None:
    async def limited(request: ModelRequest) -> AsyncGenerator[Sequence[ModelDelta], None]:
        if request:
            raise ModelFailed("rate", "slow down", retry=True, retry_after=3600)
        yield []

    world.script = limited
    accepted = await person.begin("Hi")
    await person.whole(accepted.run.id)
    assert (await outcome(person, accepted.run.id, accepted.answer.conversation_id))[3] == "chat.model_rate"


async def test_r21_no_tokens_at_all(world: World, person: Person) -> None:
    world.script = says(usage=False)
    accepted = await person.begin("Hi")
    await person.whole(accepted.run.id)
    state, status, _, code = await outcome(person, accepted.run.id, accepted.answer.conversation_id)
    assert (state, status, code) == ("failed", "failed", "chat.empty_answer")


async def test_a_model_that_is_gone(person: Person) -> None:
    accepted = await person.begin("Hi", model="absent")
    await person.whole(accepted.run.id)
    assert (await outcome(person, accepted.run.id, accepted.answer.conversation_id))[3] == "chat.model_unknown"


async def test_a_mistake_of_ours_tells_no_details(world: World, person: Person) -> None:
    async def broken(request: ModelRequest) -> AsyncGenerator[Sequence[ModelDelta], None]:
        yield [TextDelta("so far")]
        raise RuntimeError("secret internals")

    world.script = broken
    accepted = await person.begin("Hi")
    reader = await person.whole(accepted.run.id)
    state, _, text, code = await outcome(person, accepted.run.id, accepted.answer.conversation_id)
    assert (state, text, code) == ("interrupted", "so far", "chat.run_failed")
    assert "secret" not in str([event.data for event in reader.events])


async def test_an_answer_cut_by_the_model_s_own_limit_can_go_on(world: World, person: Person) -> None:
    async def long(request: ModelRequest) -> AsyncGenerator[Sequence[ModelDelta], None]:
        yield [TextDelta("a long"), Finish("length")]

    world.script = long
    accepted = await person.begin("Hi")
    await person.whole(accepted.run.id)
    state, status, _, code = await outcome(person, accepted.run.id, accepted.answer.conversation_id)
    assert (state, status, code) == ("limited", "limited", "")
    world.script = says(" story")
    on = await messages.continue_run(person.ctx, accepted.run.id)
    await person.whole(on.run.id)
    assert (await outcome(person, on.run.id, accepted.answer.conversation_id))[2] == "a long story"


async def test_an_answer_that_grows_too_large_is_stopped(world: World) -> None:
    world.settings = Settings(max_characters=1000)
    person = (await world.process()).person()
    model = world.script = Paced()
    accepted = await person.begin("Hi")
    for _ in range(11):
        model.say("x" * 100)
    reader = await person.whole(accepted.run.id)
    assert len(reader.texts[0]) == 1100
    assert model.closed == 1
    state, _, text, code = await outcome(person, accepted.run.id, accepted.answer.conversation_id)
    assert (state, len(text), code) == ("limited", 1100, "chat.size_limit")


async def test_an_answer_that_takes_too_long_is_stopped(world: World) -> None:
    world.settings = Settings.model_construct(max_seconds=0.3, max_characters=10**6, max_parallel=5, drain_seconds=0)
    person = (await world.process()).person()
    model = world.script = Paced()
    accepted = await person.begin("Hi")
    model.say("so far")
    await person.whole(accepted.run.id)
    assert model.closed == 1
    assert (await outcome(person, accepted.run.id, accepted.answer.conversation_id)) == (
        "limited",
        "limited",
        "so far",
        "chat.time_limit",
    )


async def test_stop_reaches_the_provider_and_keeps_the_text(world: World, person: Person) -> None:
    model = world.script = Paced()
    accepted = await person.begin("Hi")
    async with person.follow(accepted.run.id) as reader:
        model.say("so far")
        await reader.until(lambda r: r.text == "so far")
        loop = asyncio.get_running_loop()
        begun = loop.time()
        run = await runs.stop_run(person.ctx, accepted.run.id)
        assert model.closed == 1
        assert loop.time() - begun < 1
        assert run.state == "cancelled"
        await reader.rest()
    assert reader.events[-1].data["message_status"] == "cancelled"
    assert (await outcome(person, accepted.run.id, accepted.answer.conversation_id))[2] == "so far"
    assert (await runs.stop_run(person.ctx, accepted.run.id)) == run, "again changes nothing"


async def test_stop_reaches_a_run_in_another_process(world: World, person: Person) -> None:
    model = world.script = Paced()
    accepted = await person.begin("Hi")
    model.say("so far")
    await journalled(person, accepted.run.id, "so far")
    there = (await world.process()).person(person.ctx.principal.user, person.ctx.principal.workspace)
    await runs.stop_run(there.ctx, accepted.run.id)
    reader = await there.whole(accepted.run.id)
    assert reader.events[-1].data["run"]["state"] == "cancelled"
    assert model.closed == 1


async def test_deleting_stops_and_leaves_nothing(world: World, person: Person) -> None:
    model = world.script = Paced()
    accepted = await person.begin("Hi")
    model.say("text")
    await journalled(person, accepted.run.id, "text")
    await conversations.delete_conversation(person.ctx, accepted.answer.conversation_id)
    await until(lambda: model.closed == 1)
    await conversations.delete_for_ever(person.ctx, accepted.answer.conversation_id)
    assert await rows_left(world) == 0


async def test_deleting_in_another_process_stops_too(world: World, person: Person) -> None:
    model = world.script = Paced()
    accepted = await person.begin("Hi")
    model.say("text")
    await journalled(person, accepted.run.id, "text")
    there = (await world.process()).person(person.ctx.principal.user, person.ctx.principal.workspace)
    await conversations.delete_conversation(there.ctx, accepted.answer.conversation_id)
    model.say("more")
    await until(lambda: model.closed == 1)
    reader = await there.whole(accepted.run.id)
    assert isinstance(reader.error, RunUnknown)
    await conversations.delete_for_ever(there.ctx, accepted.answer.conversation_id)
    assert await rows_left(world) == 0


async def rows_left(world: World) -> int:
    """Rows in any table of chat."""
    import sqlalchemy as sa

    from modulon.modules.chat.backend.models import tables
    from modulon.sdk import Principal
    from modulon.sdk.storage import rows

    total = 0
    async with world.engine.bind(Principal(kind="module")).read() as db:
        for table in tables.metadata.tables.values():
            count = rows(int, sa.select(sa.func.count()).select_from(table), unguarded="a test counts")
            total += await db.one(count)
    return total


async def test_a_suspended_person_s_runs_end(world: World, process: Process) -> None:
    from modulon.modules.chat.backend.store import runs as store

    person = process.person()
    model = world.script = Paced()
    accepted = await person.begin("Hi")
    model.say("text")
    await journalled(person, accepted.run.id, "text")
    async with person.ctx.acting_as_module().db.write() as tx:
        tx.run(store.STOP_ALL_OF, {"user": person.ctx.principal.user, "reason": "owner_suspended"})
    await until(lambda: model.closed == 1, seconds=1)
    reader = await person.whole(accepted.run.id)
    assert reader.events[-1].data["error"]["code"] == "chat.owner_suspended"
    assert reader.events[-1].data["run"]["state"] == "cancelled"


async def test_nothing_is_asked_for_a_suspended_person(world: World, person: Person) -> None:
    user = person.ctx.principal.user
    assert user is not None
    world.suspended.add(user)
    accepted = await person.begin("Hi")
    reader = await person.whole(accepted.run.id)
    assert reader.events[-1].data["error"]["code"] == "chat.owner_suspended"
    assert world.requests == []


async def test_an_end_that_cannot_be_written_is_written_later(
    world: World, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from modulon.sdk import StorageFull

    monkeypatch.setattr(execution, "PERSISTENCE_SECONDS", (0.01,))
    real, failures = execution.Execution._write_end, 3

    async def full(self: execution.Execution, *arguments: object) -> None:
        nonlocal failures
        if failures:
            failures -= 1
            raise StorageFull
        await real(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(execution.Execution, "_write_end", full)
    accepted = await person.begin("Hi")
    assert (await person.whole(accepted.run.id)).text == "Hello world"
    assert failures == 0
