"""Running a unit's operations on a connection."""

import sqlite3
from collections.abc import Sequence

from modulon.core.data.errors import OperationRefused
from modulon.core.data.unit import Operation, Unit

from .connection import is_broken, refusal, storage_problem


def apply_isolated(connection: sqlite3.Connection, unit: Unit) -> Exception | None:
    """Run *unit* inside a savepoint; a refusal undoes it alone. Failures of the database itself are raised."""
    connection.execute("SAVEPOINT unit")
    try:
        apply(connection, unit.operations)
    except Exception as error:
        if not connection.in_transaction or (isinstance(error, sqlite3.Error) and is_broken(error)):
            raise  # the whole transaction is lost: the disk is full, or failed
        connection.execute("ROLLBACK TO unit")
        connection.execute("RELEASE unit")
        return storage_problem(error)
    connection.execute("RELEASE unit")
    return None


def apply(connection: sqlite3.Connection, operations: Sequence[Operation], first: int = 0) -> None:
    """Run *operations* in order; *first* is the index of the first within its unit.

    Raises `OperationRefused` at the first that changes another number of rows than expected.
    """
    for index, operation in enumerate(operations, first):
        try:
            if operation.expect is None and len(operation.runs) > 1:
                connection.executemany(operation.sql, operation.runs)
                continue
            for params in operation.runs:
                changed = connection.execute(operation.sql, params).rowcount
                if operation.expect is not None and changed != operation.expect:
                    raise OperationRefused(index, "expected", f"{changed} rows in place of {operation.expect}")
        except sqlite3.IntegrityError as error:
            raise refusal(error, index) from None
