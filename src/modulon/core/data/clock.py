"""The database's own clock, for leases: the clocks of machines differ, this one is shared."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from modulon.sdk.storage import Time

NODE_EXPIRY_SECONDS: Final = 8
"""A process whose heartbeat is older counts as gone."""


class database_now(FunctionElement[datetime]):  # noqa: N801 - reads as the SQL function it is
    """Now plus *offset* whole seconds, in the form of a `Time` column."""

    type = Time()
    inherit_cache = False
    name = "database_now"

    def __init__(self, offset: int = 0) -> None:
        super().__init__()
        self.offset = offset


@compiles(database_now, "sqlite")
def _sqlite(element: database_now, compiler: SQLCompiler, **_options: Any) -> str:
    del compiler
    # Days since noon in 4714 BC; as a double it is exact to about 40 µs.
    return f"(CAST((julianday('now') - 2440587.5) * 86400000000.0 AS INTEGER) + {element.offset * 1_000_000})"


@compiles(database_now, "postgresql")
def _postgresql(element: database_now, compiler: SQLCompiler, **_options: Any) -> str:
    del compiler
    return f"(clock_timestamp() + interval '{element.offset} seconds')"
