"""A repeated request acts once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from modulon.core.data.database import Engine, open_database
from modulon.core.data.migrations import migrate
from modulon.core.data.tables import idempotency as table
from modulon.core.gateway import idempotency as module
from modulon.core.gateway.idempotency import Idempotency, KeyMalformed, KeyReused, StillRunning
from modulon.sdk.errors import Unavailable
from modulon.sdk.identity import ANONYMOUS, Principal
from modulon.sdk.ids import new_id
from modulon.sdk.storage import now, rows

USER = Principal("user", user=new_id(), workspace=new_id())
TARGET = "POST /api/notes"
COUNT = rows(int, sa.select(sa.func.count()).select_from(table), unguarded="a test counts")


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[Engine]:
    await migrate(database_url, {})
    opened = await open_database(database_url, strict=True)
    yield opened
    await opened.close()


class Notes:
    """A handler that adds a note each time it acts."""

    def __init__(self, idempotency: Idempotency) -> None:
        self.added = 0
        self.status = 201
        self._idempotency = idempotency

    async def post(self, key: str, body: bytes = b"{}", principal: Principal = USER) -> tuple[int, bytes]:
        once = await self._idempotency.begin(principal, key, TARGET, body)
        if once.answer is not None:
            return once.answer.status, once.answer.body
        await asyncio.sleep(0)
        self.added += 1
        answer = b'{"number":%d}' % self.added if self.status != 204 else b""
        await self._idempotency.finish(once, self.status, answer)
        return self.status, answer


async def stored(engine: Engine) -> int:
    async with engine.bind(USER).read() as db:
        return await db.one(COUNT)


async def test_a_repetition_gets_the_first_answer(engine: Engine) -> None:
    notes = Notes(Idempotency(engine))
    assert await notes.post("k") == (201, b'{"number":1}')
    assert await notes.post("k") == (201, b'{"number":1}')
    assert await notes.post("another") == (201, b'{"number":2}')


async def test_200_at_once_act_once(engine: Engine) -> None:
    notes = Notes(Idempotency(engine))
    answers = await asyncio.gather(*(notes.post("k") for _ in range(200)))
    assert set(answers) == {(201, b'{"number":1}')}
    assert notes.added == 1


async def test_it_lasts_beyond_the_process(engine: Engine) -> None:
    await Notes(Idempotency(engine)).post("k")
    later = Notes(Idempotency(engine))
    assert await later.post("k") == (201, b'{"number":1}')
    assert later.added == 0


async def test_another_request_with_the_same_key_is_refused(engine: Engine) -> None:
    idempotency = Idempotency(engine)
    await Notes(idempotency).post("k")
    elsewhere = Principal("user", user=USER.user, workspace=new_id())
    for principal, target, body in (
        (USER, TARGET, b'{"other": 1}'),
        (USER, "POST /api/other", b"{}"),
        (elsewhere, TARGET, b"{}"),
    ):
        with pytest.raises(KeyReused):
            await idempotency.begin(principal, "k", target, body)
    await idempotency.begin(USER, "running", TARGET, b"{}")
    with pytest.raises(KeyReused):
        await idempotency.begin(USER, "running", TARGET, b'{"other": 1}')


async def test_keys_belong_to_their_user(engine: Engine) -> None:
    notes = Notes(Idempotency(engine))
    other = Principal("user", user=new_id(), workspace=new_id())
    assert await notes.post("k") != await notes.post("k", principal=other)


@pytest.mark.parametrize("key", ["", " ", "with space", "ünicode", "x" * 201, "line\nbreak"])
async def test_an_unusable_key_is_refused(engine: Engine, key: str) -> None:
    with pytest.raises(KeyMalformed):
        await Idempotency(engine).begin(USER, key, TARGET, b"")


async def test_nobody_has_no_keys(engine: Engine) -> None:
    with pytest.raises(KeyMalformed):
        await Idempotency(engine).begin(ANONYMOUS, "k", TARGET, b"")


@pytest.mark.parametrize("status", [400, 404, 409, 422, 429, 500])
async def test_a_failure_may_be_tried_again(engine: Engine, status: int) -> None:
    notes = Notes(Idempotency(engine))
    notes.status = status
    assert (await notes.post("k"))[0] == status
    notes.status = 201
    assert (await notes.post("k"))[0] == 201
    assert notes.added == 2


async def test_an_abandoned_request_lets_the_next_one_act(engine: Engine) -> None:
    idempotency = Idempotency(engine)
    first = await idempotency.begin(USER, "k", TARGET, b"{}")
    waiting = asyncio.create_task(Notes(idempotency).post("k"))
    await asyncio.sleep(0)
    idempotency.abandon(first)
    assert (await waiting)[0] == 201
    idempotency.abandon(first)


async def test_who_waits_too_long_is_told_so(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAIT", 0.01)
    idempotency = Idempotency(engine)
    await idempotency.begin(USER, "k", TARGET, b"{}")
    with pytest.raises(StillRunning):
        await idempotency.begin(USER, "k", TARGET, b"{}")


async def test_what_the_handler_kept_in_its_own_transaction_stands(engine: Engine) -> None:
    idempotency = Idempotency(engine)
    once = await idempotency.begin(USER, "k", TARGET, b"{}")
    async with engine.bind(USER, idempotency=once.key).write() as tx:
        tx.answer(202, {"kept": True})
    await idempotency.finish(once, 202, b'{"kept": true, "sent": "later"}')
    again = await idempotency.begin(USER, "k", TARGET, b"{}")
    assert again.answer is not None
    assert (again.answer.status, again.answer.body) == (202, b'{"kept":true}')


async def test_of_two_processes_that_acted_the_first_answer_stands(engine: Engine) -> None:
    one, two = Idempotency(engine), Idempotency(engine)
    first, second = await one.begin(USER, "k", TARGET, b""), await two.begin(USER, "k", TARGET, b"")
    await asyncio.gather(one.finish(first, 201, b'{"by": 1}'), two.finish(second, 201, b'{"by": 2}'))
    assert await stored(engine) == 1


async def test_an_answer_without_a_body_is_kept_as_one(engine: Engine) -> None:
    notes = Notes(Idempotency(engine))
    notes.status = 204
    assert await notes.post("k") == await notes.post("k") == (204, b"")
    assert notes.added == 1


@pytest.mark.parametrize("body", [b"[1, 2]", b"plain text", b"\xff"])
async def test_what_is_no_object_is_not_kept(engine: Engine, body: bytes) -> None:
    idempotency = Idempotency(engine)
    await idempotency.finish(await idempotency.begin(USER, "k", TARGET, b""), 200, body)
    assert await stored(engine) == 0


async def test_s01_an_api_key_is_not_kept(engine: Engine) -> None:
    idempotency = Idempotency(engine)
    secret = "mdl_abcdefgh_" + "a2" * 26
    once = await idempotency.begin(USER, "k", TARGET, b"")
    await idempotency.finish(once, 201, b'{"key": "%s", "prefix": "mdl_abcdefgh"}' % secret.encode())
    again = await idempotency.begin(USER, "k", TARGET, b"")
    assert again.answer is not None
    assert again.answer.body == b'{"key":"","prefix":"mdl_abcdefgh"}'


async def test_answers_are_kept_for_48_hours(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = Notes(Idempotency(engine))
    await notes.post("old")
    monkeypatch.setattr(module, "_TIDY_EVERY", -1.0)
    monkeypatch.setattr(module, "now", lambda: now() + timedelta(hours=47))
    await notes.post("young")
    assert await stored(engine) == 2
    monkeypatch.setattr(module, "now", lambda: now() + timedelta(hours=49))
    await notes.post("younger")
    assert await stored(engine) == 0  # the clock of kept answers stood still, so the third one is as old


async def test_a_database_that_fails_leaves_no_one_waiting(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    idempotency = Idempotency(engine)

    async def unavailable(request: object) -> None:
        raise Unavailable

    with monkeypatch.context() as broken:
        broken.setattr(engine, "answered", unavailable)
        with pytest.raises(Unavailable):
            await idempotency.begin(USER, "k", TARGET, b"")
    assert (await idempotency.begin(USER, "k", TARGET, b"")).answer is None
