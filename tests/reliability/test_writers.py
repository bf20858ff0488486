"""Many processes write to one SQLite file: nobody hears "database is locked", and nobody starves."""

import subprocess
import sys

import msgspec
import pytest
import sqlalchemy as sa

from modulon.core.data.database import open_database
from modulon.core.data.migrations import migrate
from modulon.core.data.tests import notes
from modulon.sdk.identity import Principal
from modulon.sdk.storage import rows
from tests.reliability.writing import Report

PROCESSES = 8
TITLES = rows(
    tuple,
    sa.select(notes.notes.c.title, sa.func.count()).group_by(notes.notes.c.title),
    unguarded="a test counts what is there",
)


def write_together(url: str, seconds: float) -> list[Report]:
    """Let the processes write at the same time and return their reports."""
    command = [sys.executable, "-m", "tests.reliability.writing", url, str(seconds)]
    running = [
        subprocess.Popen([*command, str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for number in range(PROCESSES)
    ]
    try:
        for process in running:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in running:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        outputs = [process.communicate(timeout=seconds + 60)[0] for process in running]
    finally:
        for process in running:
            process.kill()
            process.wait()
    return [msgspec.json.decode(output, type=Report) for output in outputs]


# Measured shares differ by a few percent; the scheduler of a busy machine may add to that.
@pytest.mark.parametrize(("seconds", "unevenness"), [(3.0, 3), pytest.param(30.0, 1.5, marks=pytest.mark.nightly)])
async def test_eight_processes_share_one_file(sqlite_url: str, seconds: float, unevenness: int) -> None:
    """Takes over 5 s: the processes start first and then write for *seconds*."""
    await migrate(sqlite_url, {"notes": notes.MIGRATIONS})
    reports = write_together(sqlite_url, seconds)
    assert [report.errors for report in reports] == [[]] * PROCESSES
    units = [report.units for report in reports]
    assert min(units) >= max(units) / unevenness, f"unfair shares: {units}"
    engine = await open_database(sqlite_url)
    async with engine.bind(Principal(kind="system", name="test")).read() as db:
        stored = dict(await db.all(TITLES))
    await engine.close()
    assert stored == {str(number): report.units for number, report in enumerate(reports)}
    print(f"{sum(units) / seconds:.0f} units/s, shares {units}, slowest {max(r.slowest for r in reports):.3f} s")
