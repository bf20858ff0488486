"""The pytest plug-in that offers the rig: databases, provider, browser, server. `conftest.py` loads it for every test.

Folders mark their tests: what lies below `e2e/`, `fuzz/` or `reliability/` gets the marker of that name.
"""

import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.rig.chromium import running_browser
from tests.rig.postgres import Postgres, running_postgres
from tests.rig.provider import Provider, running_provider
from tests.rig.server import Server, running_server
from tools.chromium import find_chromium

MARKING_FOLDERS = ("e2e", "fuzz", "reliability")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for name in set(MARKING_FOLDERS).intersection(item.path.parts):
            item.add_marker(name)


def pytest_collection_finish() -> None:
    """A second copy of our code would have classes of its own, and hide its lines from coverage."""
    if "src" in sys.modules:
        raise pytest.UsageError("`src.modulon` was imported beside `modulon`: see `consider_namespace_packages`")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A private PostgreSQL server."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The address of an empty PostgreSQL database of this test's own."""
    url = postgres.fresh_database()
    yield url
    postgres.drop(url)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'modulon.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database; the test runs once on each engine."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest_asyncio.fixture
async def provider() -> AsyncIterator[Provider]:
    """A simulated model provider in the test's own event loop."""
    async with running_provider() as running:
        yield running


@pytest.fixture(scope="session")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address, `/v1` included, of a real llama.cpp server that offers the model `llama.MODEL`."""
    from tests.rig.llama import running_llama  # NumPy and llama.cpp are loaded only by the tests that want them

    with running_llama(tmp_path_factory.mktemp("llama")) as url:
        yield url


@pytest_asyncio.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    """A fresh installation, serving on SQLite."""
    async with running_server(tmp_path) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium."""
    return find_chromium()


@pytest_asyncio.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """A headless Chromium of this test's own."""
    async with running_browser(chromium) as running:
        yield running
