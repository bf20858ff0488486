"""Every type comes back as it was stored, on both engines."""

import math
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modulon.core.data.database import Engine
from modulon.sdk.identity import Principal
from modulon.sdk.ids import new_id
from modulon.sdk.storage import (
    BigInteger,
    Boolean,
    Float,
    Id,
    Integer,
    Json,
    LargeBinary,
    Tables,
    Text,
    Time,
    change,
    rows,
)

SYSTEM = Principal(kind="system", name="test")
WHY = "a test's own table"

tables = Tables()
values = tables.plain(
    "type_values",
    sa.Column("id", Id, primary_key=True),
    sa.Column("time", Time),
    sa.Column("json", Json),
    sa.Column("text", Text),
    sa.Column("integer", Integer),
    sa.Column("big", BigInteger),
    sa.Column("boolean", Boolean),
    sa.Column("float", Float),
    sa.Column("binary", LargeBinary),
)
ADD = change(sa.insert(values), unguarded=WHY)
GET = rows(tuple, sa.select(*list(values.c)[1:]).where(values.c.id == sa.bindparam("id", type_=Id)), unguarded=WHY)
NAMES = [column.name for column in values.c][1:]

# PostgreSQL cannot store the character NUL in text, and keeps JSON numbers as decimals: beyond 2**53 a float's shortest
# spelling is another number.
text = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]))
json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | text | st.floats(-(2**53), 2**53),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)
# Hypothesis wants its bounds without a zone.
times = st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
row = st.fixed_dictionaries(
    {
        "time": st.none() | times,
        "json": json,
        "text": st.none() | text,
        "integer": st.none() | st.integers(-(2**31), 2**31 - 1),
        "big": st.none() | st.integers(-(2**63), 2**63 - 1),
        "boolean": st.none() | st.booleans(),
        "float": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "binary": st.none() | st.binary(),
    }
)


@pytest.fixture
async def typed(engine: Engine) -> Engine:
    """The engine with the table of all types."""
    ddl = str(sa.schema.CreateTable(values).compile(dialect=engine.dialect))
    from modulon.core.data.unit import Operation, Unit

    await engine.submit(Unit([Operation(ddl, [()])]))
    return engine


async def round_trip(engine: Engine, stored: dict[str, Any]) -> dict[str, Any]:
    row_id = new_id()
    async with engine.bind(SYSTEM).write() as tx:
        tx.run(ADD, {"id": row_id, **stored})
    async with engine.bind(SYSTEM).read() as db:
        (found,) = await db.all(GET, {"id": row_id})
    return dict(zip(NAMES, found, strict=True))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stored=row)
async def test_types_round_trip(typed: Engine, stored: dict[str, Any]) -> None:
    assert await round_trip(typed, stored) == stored


async def test_ids_come_back_as_plain_uuids(typed: Engine) -> None:
    find = rows(UUID, sa.select(values.c.id), unguarded=WHY)
    await round_trip(typed, dict.fromkeys(NAMES))
    async with typed.bind(SYSTEM).read() as db:
        assert {type(found) for found in await db.all(find)} == {UUID}


async def test_microseconds_and_small_floats_are_exact(typed: Engine) -> None:
    stored = dict.fromkeys(NAMES) | {"time": datetime(2026, 11, 24, 6, 1, 2, 345678, tzinfo=UTC), "float": math.pi}
    assert await round_trip(typed, stored) == stored


async def test_a_time_without_a_zone_is_refused(typed: Engine) -> None:
    with pytest.raises(TypeError):
        await round_trip(typed, dict.fromkeys(NAMES) | {"time": datetime(2026, 1, 1)})  # noqa: DTZ001
