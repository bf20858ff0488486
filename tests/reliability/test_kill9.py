"""R01: kill -9 of the whole server at random moments.

They take as long as so many starts of a server do. `python -m tests.reliability.kill9 --kills 1000 --writers 50
--streams 50` is the full measure.
"""

import os
from pathlib import Path

import pytest

from tests.reliability.kill9 import kill_repeatedly

KILLS = int(os.environ.get("MODULON_KILLS", "10"))


async def _survives(folder: Path, kills: int) -> None:
    report = await kill_repeatedly(folder, kills=kills, writers=8, streams=8, seed=kills)
    assert not report.wrong, "\n".join(report.lines())
    assert report.kills == kills
    assert report.acknowledged
    assert report.answers["interrupted"]


async def test_r01_nothing_acknowledged_is_lost_or_doubled(tmp_path: Path) -> None:
    await _survives(tmp_path, KILLS)


@pytest.mark.nightly
async def test_r01_fifty_kills(tmp_path: Path) -> None:
    await _survives(tmp_path, 50)
