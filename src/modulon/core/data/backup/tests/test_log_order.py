"""On PostgreSQL: consumers of the event log go on where they stood, whatever transaction ids another server counts."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from modulon.core.config import Config
from modulon.core.data.backup.tests.machine import SYSTEM, Machine
from modulon.core.data.postgres.connection import connect
from modulon.core.data.tables import event_cursors
from modulon.core.events.log import EventLog, Position
from modulon.sdk.storage import rows
from tests.rig.postgres import Postgres

pytestmark = pytest.mark.postgres

FAR = 10**12
"""No server of a test has had so many transactions: below another server's numbers, its events would never be read."""

ORDER = (50, 40, 60, 45, 70, 55)
"""The transaction of each event: they were not committed in the order of their numbers."""

CURSORS = {
    "none": Position(0, 0),
    "some": Position(FAR + 45, 4),
    "most": Position(FAR + 60, 3),
    "all": Position(FAR + 70, 5),
}
POSITIONS = rows(
    tuple, sa.select(event_cursors.c.consumer, event_cursors.c.xid, event_cursors.c.seq), unguarded="a test"
)


async def test_r16_no_event_is_skipped_or_handled_twice(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    urls = [postgres.fresh_database() for _ in range(2)]
    machine, empty = (Machine(Config(data_dir=tmp_path / url[-3:], database_url=url)) for url in urls)
    key = await machine.begin(*(str(number) for number in range(1, 7)))
    raw = await connect(urls[0])
    for seq, xid in enumerate(ORDER, 1):
        await raw.execute("UPDATE events SET xid = $1::text::xid8 WHERE seq = $2", str(FAR + xid), seq)
    for name, at in CURSORS.items():
        await raw.execute("INSERT INTO event_cursors VALUES ($1, $2, $3, '', now(), now())", name, at.xid, at.seq)
    await raw.close()

    await empty.restore((await machine.backups.create()).shelved.file, key)
    await empty.add("7")

    engine = await empty.open()
    async with engine.bind(SYSTEM).read() as db:
        found = {name: Position(xid, seq) for name, xid, seq in await db.all(POSITIONS)}
    log = EventLog(engine)
    left = {name: {record.seq for record in await log.after(at)} for name, at in found.items()}
    last = await log.end()
    await engine.close()
    for url in urls:
        postgres.drop(url)
    behind = {
        name: {seq for seq, xid in enumerate(ORDER, 1) if Position(FAR + xid, seq) > at} for name, at in CURSORS.items()
    }
    assert left == {name: seqs | {7} for name, seqs in behind.items()}
    assert left["some"] != left["most"] != left["all"] == {7}
    assert last.seq == 7
