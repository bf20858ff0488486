"""Long histories, written straight into a stopped server's SQLite file: one real conversation copied thousands of
times, or made thousands of messages long.

Rows are copied whole, with new ids wherever an old one stood, so that this knows tables and hardly any columns.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, cast

from modulon.sdk.ids import new_id

COPIED: Final = {
    "conversations": "id = :conversation",
    "messages": "conversation_id = :conversation",
    "message_parts": "message_id IN (SELECT id FROM messages WHERE conversation_id = :conversation)",
    "runs": "conversation_id = :conversation",
}
"""Each copied table and the rows that belong to the conversation."""
ADJECTIVES: Final = ("amber", "brisk", "calm", "daring", "early", "fabled", "gentle", "hollow", "ivory", "keen")
NOUNS: Final = (
    "acorn",
    "bridge",
    "canyon",
    "delta",
    "ember",
    "falcon",
    "garden",
    "harbour",
    "island",
    "juniper",
    "tea",
)
RARE: Final = "quasarberry"
"""A word in the title of one conversation in a thousand."""

Row = dict[str, object]


def title(number: int) -> str:
    """The title of the copy of that number; two words of it are common, a third one sometimes rare."""
    words = [ADJECTIVES[number % len(ADJECTIVES)], NOUNS[number % len(NOUNS)], str(number)]
    return " ".join([*words, RARE] if number % 1000 == 500 else words)


def multiply(database: Path, conversation: bytes, copies: int) -> None:
    """Add *copies* of the conversation with that id, titled anew."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.row_factory = sqlite3.Row
        originals = {table: list(_rows(connection, table, conversation)) for table in COPIED}
        for number in range(copies):
            ids = {row["id"]: new_id().bytes for rows in originals.values() for row in rows}
            for table, rows in originals.items():
                _insert(connection, table, (_renewed(row, ids, title(number)) for row in rows))


def lengthen(database: Path, conversation: bytes, messages: int) -> None:
    """Repeat the conversation's messages, one after another in a single branch, until there are at least *messages*."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.row_factory = sqlite3.Row
        originals = {table: list(_rows(connection, table, conversation)) for table in COPIED}
        leaf, count = _end(connection, conversation)
        first = next(row["id"] for row in originals["messages"] if row["parent_id"] is None)
        last, length = leaf, len(originals["messages"])
        while count < messages:
            ids = {row["id"]: new_id().bytes for rows in originals.values() for row in rows}
            ids[conversation] = conversation
            for table in ("messages", "message_parts", "runs"):
                _insert(connection, table, (_following(row, ids, first, last, count) for row in originals[table]))
            last, count = ids[leaf], count + length
        renew = "UPDATE conversations SET active_message_id = ?, message_count = ? WHERE id = ?"
        connection.execute(renew, (last, count, conversation))


def _end(connection: sqlite3.Connection, conversation: bytes) -> tuple[bytes, int]:
    statement = "SELECT active_message_id, message_count FROM conversations WHERE id = ?"
    leaf, count = connection.execute(statement, (conversation,)).fetchone()
    return leaf, count


def _following(row: Row, ids: dict[object, bytes], first: object, last: bytes, count: int) -> Row:
    """The row with new ids, *count* places further; the copy of *first* follows *last*."""
    new: Row = {column: ids.get(value, value) for column, value in row.items()}
    if "ordinal" in row:
        new["ordinal"] = cast(int, row["ordinal"]) + count
        if row["id"] == first:
            new["parent_id"] = last
    return new


def _rows(connection: sqlite3.Connection, table: str, conversation: bytes) -> Iterator[Row]:
    statement = f"SELECT * FROM {table} WHERE {COPIED[table]}"
    for row in connection.execute(statement, {"conversation": conversation}):
        yield dict(row)


def _renewed(row: Row, ids: dict[object, bytes], new_title: str) -> Row:
    """The row with every id of the original replaced; `title` and `title_key` exist in one table only."""
    named = {"title": new_title, "title_key": new_title}
    return {column: named.get(column, ids.get(value, value)) for column, value in row.items()}


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    for row in rows:
        columns = ", ".join(f'"{column}"' for column in row)
        values = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({values})", tuple(row.values()))
