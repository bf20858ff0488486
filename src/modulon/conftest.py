"""Fixtures for the tests beside the code: a whole application on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from modulon.core.testing import App


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def app(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator["App"]:
    """An application with all modules, once on each database."""
    from modulon.core.testing import open_app  # it imports all of core, which most tests do without

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    async with open_app(tmp_path / "data", database_url=url) as opened:
        yield opened
