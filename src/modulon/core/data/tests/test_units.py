"""What a unit of work promises, on both engines."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from modulon.core.data import tables
from modulon.core.data.clock import database_now
from modulon.core.data.database import Engine
from modulon.core.data.errors import ForeignAwait
from modulon.core.data.tests import notes
from modulon.core.data.tests.notes import ADD, ADD_LINE, ADD_PAGE, GET, MINE, PAGES, RENAME, TITLES, Note, person
from modulon.sdk.errors import Conflict, NotFound
from modulon.sdk.identity import SYSTEM_WORKSPACE, Principal
from modulon.sdk.ids import new_id
from modulon.sdk.storage import Database, Id, Integer, Text, UnguardedStatement, change, now, rows

SYSTEM = Principal(kind="system", name="test")
ACTORS = rows(UUID, sa.select(tables.events.c.actor_id).order_by(tables.events.c.seq), unguarded="a test")
BEAT = change(
    sa.insert(tables.nodes).values(
        incarnation=sa.bindparam("incarnation", type_=Id),
        node=sa.bindparam("node", type_=Text),
        pid=sa.bindparam("pid", type_=Integer),
        started_at=database_now(),
        heartbeat_at=database_now(10),
    ),
    unguarded="a test",
)
BEATS = rows(tuple, sa.select(tables.nodes.c.started_at, tables.nodes.c.heartbeat_at), unguarded="a test")


class SlugTaken(Conflict):
    code = "notes.slug_taken"


async def add_note(db: Database, title: str = "first", slug: str | None = None) -> UUID:
    note_id = new_id()
    async with db.write() as tx:
        tx.run(ADD, {"id": note_id, "title": title, "slug": slug})
    return note_id


async def titles(engine: Engine) -> list[str]:
    async with engine.bind(SYSTEM).read() as db:
        return await db.all(TITLES)


async def test_inserts_into_an_owned_table_belong_to_the_principal(engine: Engine) -> None:
    ann, ben = engine.bind(person()), engine.bind(person())
    note_id = await add_note(ann)
    async with ann.read() as db:
        assert await db.all(MINE) == [Note(note_id, "first")]
    async with ben.read() as db:
        assert await db.all(MINE) == []


async def test_the_owner_cannot_be_chosen(engine: Engine) -> None:
    ann, other = engine.bind(person()), new_id()
    async with ann.write() as tx:
        tx.run(ADD, {"id": new_id(), "title": "mine", "owner_id": other, "workspace_id": other})
    async with ann.read() as db:
        assert [note.title for note in await db.all(MINE)] == ["mine"]


async def test_the_system_owns_what_it_adds_to_its_workspace(engine: Engine) -> None:
    await add_note(engine.bind(SYSTEM))
    system = Principal(kind="module", subject=SYSTEM_WORKSPACE, workspace=SYSTEM_WORKSPACE)
    async with engine.bind(system).read() as db:
        assert len(await db.all(MINE)) == 1


async def test_an_unmet_expectation_undoes_the_whole_unit(engine: Engine) -> None:
    ann = engine.bind(person())
    with pytest.raises(NotFound):
        async with ann.write() as tx:
            tx.run(ADD, {"id": new_id(), "title": "lost"})
            tx.run(RENAME, {"id": new_id(), "title": "x"}, expect=1)
    assert await titles(engine) == []


async def test_the_callers_problem_is_raised_in_its_place(engine: Engine) -> None:
    with pytest.raises(SlugTaken):
        async with engine.bind(person()).write() as tx:
            tx.run(RENAME, {"id": new_id(), "title": "x"}, expect=1, otherwise=SlugTaken())


async def test_an_error_in_the_block_sends_nothing(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        async with engine.bind(person()).write() as tx:
            tx.run(ADD, {"id": new_id(), "title": "lost"})
            raise ZeroDivisionError
    assert await titles(engine) == []


@pytest.mark.parametrize("problem", [None, SlugTaken()])
async def test_a_taken_name_is_a_conflict_and_undoes_the_unit(engine: Engine, problem: Conflict | None) -> None:
    ann = engine.bind(person())
    await add_note(ann, "first", slug="a")
    with pytest.raises(Conflict) as raised:
        async with ann.write() as tx:
            tx.run(ADD, {"id": new_id(), "title": "lost", "slug": "b"})
            tx.run(ADD, {"id": new_id(), "title": "lost too", "slug": "a"}, otherwise=problem)
    assert raised.value.code == ("conflict" if problem is None else "notes.slug_taken")
    assert await titles(engine) == ["first"]


async def test_a_broken_reference_is_a_conflict(engine: Engine) -> None:
    module = Principal(kind="module", subject=new_id(), workspace=new_id())
    with pytest.raises(Conflict):
        async with engine.bind(module).write() as tx:
            tx.run(ADD_PAGE, {"id": new_id(), "note_id": new_id(), "body": {}})


async def test_a_missing_value_stays_a_programming_error(engine: Engine) -> None:
    with pytest.raises(Exception, match=r"(?i)not.null") as raised:
        async with engine.bind(person()).write() as tx:
            tx.run(ADD, {"id": new_id(), "title": None})
    assert not isinstance(raised.value, Conflict)


async def test_a_sequence_runs_once_for_each_and_expects_of_each(engine: Engine) -> None:
    ann = engine.bind(person())
    ids = [new_id() for _ in range(3)]
    async with ann.write() as tx:
        tx.run(ADD, [{"id": note_id, "title": "x"} for note_id in ids])
        tx.run(RENAME, [{"id": note_id, "title": f"n{n}"} for n, note_id in enumerate(ids)], expect=1)
        tx.run(ADD, [])
    assert await titles(engine) == ["n0", "n1", "n2"]


async def test_a_sequence_may_set_other_columns_each_time(engine: Engine) -> None:
    ann = engine.bind(person())
    first, second, third = ({"id": new_id(), "title": name} for name in "abc")
    async with ann.write() as tx:
        tx.run(ADD, [first, {**second, "slug": "s"}, third])
    assert await titles(engine) == ["a", "b", "c"]


async def test_only_a_module_may_act_on_behalf_of_someone(engine: Engine) -> None:
    someone, ann = new_id(), person()
    module = Principal(kind="module", subject=new_id(), workspace=new_id())
    for principal in (module, ann):
        async with engine.bind(principal).write() as tx:
            tx.emit(notes.NoteRead(note_id=new_id()), key="k", on_behalf_of=someone)
    async with engine.bind(SYSTEM).read() as db:
        assert await db.all(ACTORS) == [someone, ann.user]


async def test_the_databases_clock_goes_right(engine: Engine) -> None:
    values = {"incarnation": new_id(), "node": "n", "pid": 1}
    before = now()
    async with engine.bind(SYSTEM).write() as tx:
        tx.run(BEAT, values)
    async with engine.bind(SYSTEM).read() as db:
        ((started, beat),) = await db.all(BEATS)
    assert before - timedelta(milliseconds=5) <= started <= now()
    assert timedelta(seconds=9.9) < beat - started < timedelta(seconds=10.1)


async def test_an_empty_unit_costs_nothing(engine: Engine) -> None:
    async with engine.bind(person()).write():
        pass


async def test_a_child_needs_its_owner_checked(engine: Engine) -> None:
    ann = engine.bind(person())
    note_id = await add_note(ann)
    with pytest.raises(UnguardedStatement, match="note_pages"):
        async with ann.write() as tx:
            tx.run(ADD_PAGE, {"id": new_id(), "note_id": note_id, "body": {}})
    with pytest.raises(UnguardedStatement):
        async with ann.write() as tx:
            tx.run(RENAME, {"id": note_id, "title": "x"})  # without `expect` it may have met nothing
            tx.run(ADD_PAGE, {"id": new_id(), "note_id": note_id, "body": {}})
    page_id = new_id()
    async with ann.write() as tx:
        tx.run(RENAME, {"id": note_id, "title": "x"}, expect=1)
        tx.run(ADD_PAGE, {"id": page_id, "note_id": note_id, "body": {"a": [1]}})
        tx.run(ADD_LINE, {"id": new_id(), "page_id": page_id, "text": "line"})
    async with ann.read() as db:
        assert await db.all(PAGES, {"id": note_id}) == [page_id]
        assert await db.all(notes.LINES) == ["line"]


async def test_a_child_may_come_with_its_new_owner(engine: Engine) -> None:
    ann, note_id = engine.bind(person()), new_id()
    async with ann.write() as tx:
        tx.run(ADD, {"id": note_id, "title": "x"})
        tx.run(ADD_PAGE, {"id": new_id(), "note_id": note_id, "body": {}})
    async with ann.read() as db:
        assert len(await db.all(PAGES, {"id": note_id})) == 1


async def test_a_stranger_cannot_add_a_child(engine: Engine) -> None:
    note_id = await add_note(engine.bind(person()))
    with pytest.raises(NotFound):
        async with engine.bind(person()).write() as tx:
            tx.run(RENAME, {"id": note_id, "title": "mine now"}, expect=1)
            tx.run(ADD_PAGE, {"id": new_id(), "note_id": note_id, "body": {}})
    assert await titles(engine) == ["first"]


async def test_a_module_may_add_to_rows_of_people(engine: Engine) -> None:
    note_id = await add_note(engine.bind(person()))
    module = Principal(kind="module", subject=new_id(), workspace=new_id())
    async with engine.bind(module).write() as tx:
        tx.run(ADD_PAGE, {"id": new_id(), "note_id": note_id, "body": {}})


async def test_reading_inside_sees_what_was_gathered_and_decides(engine: Engine) -> None:
    ann, note_id = engine.bind(person()), new_id()
    async with ann.write() as tx:
        tx.run(ADD, {"id": note_id, "title": "first"})
        assert (await tx.one(GET, {"id": note_id})).title == "first"
        tx.run(RENAME, {"id": note_id, "title": "second"}, expect=1)
        assert (await tx.first(GET, {"id": note_id})) == Note(note_id, "second")
    assert await titles(engine) == ["second"]


async def test_a_guarded_read_inside_counts_as_the_owners_check(engine: Engine) -> None:
    ann = engine.bind(person())
    note_id = await add_note(ann)
    async with ann.write() as tx:
        await tx.one(GET, {"id": note_id})
        tx.run(ADD_PAGE, {"id": new_id(), "note_id": note_id, "body": {}})


async def test_an_interactive_unit_is_undone_as_a_whole(engine: Engine) -> None:
    ann = engine.bind(person())
    with pytest.raises(NotFound):
        async with ann.write() as tx:
            tx.run(ADD, {"id": new_id(), "title": "lost"})
            await tx.one(GET, {"id": new_id()})
    with pytest.raises(Conflict):
        async with ann.write() as tx:
            tx.run(ADD, {"id": new_id(), "title": "a", "slug": "a"})
            await tx.all(MINE)
            tx.run(ADD, {"id": new_id(), "title": "b", "slug": "a"})
    with pytest.raises(SlugTaken):
        async with ann.write() as tx:
            tx.run(ADD, {"id": new_id(), "title": "a", "slug": "a"})
            tx.run(ADD, {"id": new_id(), "title": "b", "slug": "a"}, otherwise=SlugTaken())
            await tx.all(MINE)
    assert await titles(engine) == []
    await add_note(ann)  # the writer goes on


async def test_awaiting_something_foreign_inside_fails(engine: Engine) -> None:
    ann = engine.bind(person())
    with pytest.raises(ForeignAwait):
        async with ann.write() as tx:
            tx.run(ADD, {"id": new_id(), "title": "lost"})
            await asyncio.sleep(0)
    with pytest.raises(ForeignAwait):
        async with ann.write() as tx:
            await tx.all(MINE)
            await asyncio.sleep(0)
            await tx.all(MINE)
    assert await titles(engine) == []


async def test_one_refuses_none_and_many(engine: Engine) -> None:
    ann = engine.bind(person())
    await add_note(ann)
    await add_note(ann)
    async with ann.read() as db:
        with pytest.raises(NotFound):
            await db.one(GET, {"id": new_id()})
        with pytest.raises(LookupError):
            await db.one(MINE)
        assert await db.first(GET, {"id": new_id()}) is None


async def test_a_read_cannot_be_run_as_a_write(engine: Engine) -> None:
    with pytest.raises(TypeError, match="rows"):
        async with engine.bind(person()).write() as tx:
            tx.run(MINE)  # type: ignore[arg-type]


async def test_a_snapshot_does_not_move(engine: Engine) -> None:
    ann = engine.bind(person())
    await add_note(ann)
    async with ann.read() as before:
        assert len(await before.all(MINE)) == 1
        await add_note(ann)
        assert len(await before.all(MINE)) == 1
    async with ann.read() as after:
        assert len(await after.all(MINE)) == 2


async def test_many_units_at_once_all_arrive(engine: Engine) -> None:
    ann = engine.bind(person())
    await asyncio.gather(*(add_note(ann, f"{number:03}") for number in range(100)))
    assert await titles(engine) == [f"{number:03}" for number in range(100)]


async def test_a_refused_unit_does_not_disturb_its_neighbours(engine: Engine) -> None:
    ann = engine.bind(person())
    results = await asyncio.gather(
        *(add_note(ann, "same", slug=str(number // 2)) for number in range(20)), return_exceptions=True
    )
    assert sum(isinstance(result, Conflict) for result in results) == 10
    assert len(await titles(engine)) == 10


async def test_a_cancelled_writer_leaves_the_database_usable(engine: Engine) -> None:
    ann = engine.bind(person())

    async def cancelled() -> None:
        async with ann.write() as tx:
            await tx.all(MINE)
            raise asyncio.CancelledError

    task = asyncio.create_task(cancelled())
    with pytest.raises(asyncio.CancelledError):
        await task
    await add_note(ann)


async def test_ping_answers(engine: Engine) -> None:
    await engine.ping()
