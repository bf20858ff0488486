"""The private PostgreSQL."""

import asyncpg
import pytest

from tests.rig.postgres import Postgres, PostgresFailed

pytestmark = pytest.mark.postgres


async def databases(server: Postgres) -> set[str]:
    connection = await asyncpg.connect(server.admin_url)
    try:
        return {row["datname"] for row in await connection.fetch("SELECT datname FROM pg_database")}
    finally:
        await connection.close()


async def test_every_database_is_new_and_may_be_dropped_while_in_use(postgres: Postgres) -> None:
    first, second = postgres.fresh_database(), postgres.fresh_database()
    connection = await asyncpg.connect(first)
    await connection.execute("CREATE TABLE only_in_the_first (id integer)")
    other = await asyncpg.connect(second)
    assert await other.fetchval("SELECT to_regclass('only_in_the_first')") is None
    await other.close()

    postgres.drop(first)
    postgres.drop(second)

    assert not {first.rpartition("/")[2], second.rpartition("/")[2]} & await databases(postgres)
    with pytest.raises((asyncpg.PostgresConnectionError, asyncpg.InterfaceError)):
        await connection.execute("SELECT 1")


def test_a_failing_program_says_what_it_printed(postgres: Postgres) -> None:
    with pytest.raises(PostgresFailed, match="does not exist"):
        postgres.drop("postgresql://postgres@127.0.0.1/no_such_database")
