"""What answers cost: at the price of their time, added up by currency, unknown where no price is known."""

from uuid import UUID

import pytest

from modulon.modules.chat.backend.runs.usage import CostRead, UsageRead
from modulon.modules.chat.backend.schemas import Accepted, MessageRead
from modulon.modules.chat.backend.service import messages, usage, views
from modulon.modules.chat.tests.world import Paced, Person, World, says
from modulon.sdk.inference import Finish, ModelFailed, ModelPrice, Usage

DOLLARS = ModelPrice(100_000_000, 200_000_000, 10_000_000, "USD")
"""7 tokens read and 3 written cost 1,300 micro-dollars."""


async def read(person: Person, message: UUID) -> MessageRead:
    async with person.ctx.db.read() as db:
        return await views.whole_message(db, message)


async def answered(person: Person, accepted: Accepted) -> MessageRead:
    await person.whole(accepted.run.id)
    return await read(person, accepted.answer.id)


async def test_a_later_price_does_not_rewrite_what_was(world: World, person: Person) -> None:
    world.price = DOLLARS
    first = await person.begin("Hi", "one")
    before = await answered(person, first)
    assert before.usage == UsageRead(7, 3, CostRead("0.0013", "USD"))
    world.price = ModelPrice(900_000_000, 900_000_000, None, "EUR")
    again = await messages.regenerate(person.ctx, first.answer.id, "two")
    assert (await answered(person, again)).usage == UsageRead(7, 3, CostRead("0.009", "EUR"))
    assert await read(person, first.answer.id) == await read(person, first.answer.id)
    assert (await read(person, first.answer.id)).usage == before.usage


async def test_currencies_are_listed_and_never_added(world: World, person: Person) -> None:
    first: Accepted | None = None
    for price in (DOLLARS, ModelPrice(100_000_000, 0, None, "EUR"), DOLLARS, None):
        world.price = price
        if first is None:
            first = await person.begin("Hi", "one")
            await person.whole(first.run.id)
        else:
            await person.whole((await messages.regenerate(person.ctx, first.answer.id, "one")).run.id)
    assert first is not None
    used = await usage.usage(person.ctx, first.answer.conversation_id)
    assert used.costs == used.items[0].costs == (CostRead("0.0007", "EUR"), CostRead("0.0026", "USD"))
    assert (used.items[0].runs, used.unpriced, used.items[0].unpriced) == (4, 1, 1)


async def test_free_is_not_unknown(world: World, person: Person) -> None:
    world.price = ModelPrice(0, 0, None, "USD")
    begun = await person.begin("Hi")
    assert (await answered(person, begun)).usage == UsageRead(7, 3, CostRead("0", "USD"))
    used = await usage.usage(person.ctx, begun.answer.conversation_id)
    assert (used.costs, used.unpriced) == ((CostRead("0", "USD"),), 0)


async def test_without_counted_tokens_there_is_no_cost(world: World, person: Person) -> None:
    world.price = DOLLARS
    world.script = says("a", usage=False)
    begun = await person.begin("Hi")
    assert (await answered(person, begun)).usage is None
    used = await usage.usage(person.ctx, begun.answer.conversation_id)
    assert (used.costs, used.unpriced, used.items[0].uncounted) == ((), 0, 1)


async def test_the_stream_tells_it_and_cached_tokens_count(world: World, person: Person) -> None:
    world.price = DOLLARS
    world.script = model = Paced()
    begun = await person.begin("Hi")
    model.say("a")
    model.queue.put_nowait([Usage(100, 10, cached_tokens=90), Finish()])
    model.queue.put_nowait(None)
    reader = await person.whole(begun.run.id)
    (told,) = reader.of("usage")
    cost = {"amount": "0.0039", "currency": "USD"}
    assert told.data == {"type": "usage", "input_tokens": 100, "output_tokens": 10, "cost": cost}
    assert (await read(person, begun.answer.id)).usage == UsageRead(100, 10, CostRead("0.0039", "USD"))


@pytest.mark.parametrize(
    ("later", "expected"),
    [(DOLLARS, CostRead("0.0028", "USD")), (None, CostRead("0.0015", "USD")), ("EUR", None)],
    ids=["priced", "unknown", "another currency"],
)
async def test_an_answer_that_goes_on_costs_what_all_its_runs_do(
    world: World, person: Person, later: ModelPrice | str | None, expected: CostRead | None
) -> None:
    world.price = DOLLARS
    world.script = model = Paced()
    begun = await person.begin("Hi")
    model.say("a")
    model.queue.put_nowait([Usage(5, 5)])
    model.fail(ModelFailed("network", "gone"))
    assert (await answered(person, begun)).usage == UsageRead(5, 5, CostRead("0.0015", "USD"))
    world.price = ModelPrice(1, 1, None, later) if isinstance(later, str) else later
    world.script = says("b", "c", "d")
    went_on = await messages.continue_run(person.ctx, begun.run.id)
    assert (await answered(person, went_on)).usage == UsageRead(12, 8, expected)
    used = await usage.usage(person.ctx, begun.answer.conversation_id)
    assert used.costs[-1] == (expected or CostRead("0.0015", "USD"))
