"""Every test runs on each database, and once more behind a boundary that packs all the module says and hears."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modulon.core.testing import App, open_app
from modulon.sdk.testing import Loopback


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres), "loop-back"])
def setting(request: pytest.FixtureRequest) -> str:
    """Where the module runs."""
    chosen: str = request.param
    return chosen


@pytest.fixture
def boundary(setting: str) -> Loopback | None:
    """What stands between the module and core."""
    return Loopback({"workspaces"}) if setting == "loop-back" else None


@pytest.fixture
async def app(
    request: pytest.FixtureRequest,
    setting: str,
    boundary: Loopback | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[App]:
    """An application with all modules, workspaces perhaps behind the boundary."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    url = request.getfixturevalue("postgres_url") if setting == "postgres" else ""
    async with open_app(tmp_path / "data", database_url=url, boundary=boundary) as opened:
        yield opened
