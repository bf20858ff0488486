"""Copying a conversation."""

import sqlite3
from pathlib import Path

from bench.corpus import RARE, multiply, title

ORIGINAL = b"c" * 16


def test_copies_are_whole_and_their_own(tmp_path: Path) -> None:
    database = tmp_path / "small.db"
    with sqlite3.connect(database) as connection:
        connection.executescript(
            """
            CREATE TABLE conversations (id BLOB PRIMARY KEY, title TEXT, title_key TEXT, active_message_id BLOB);
            CREATE TABLE messages (id BLOB PRIMARY KEY, conversation_id BLOB, parent_id BLOB);
            CREATE TABLE message_parts (id BLOB PRIMARY KEY, message_id BLOB, "index" INTEGER);
            CREATE TABLE runs (id BLOB PRIMARY KEY, conversation_id BLOB);
            INSERT INTO conversations VALUES (CAST('cccccccccccccccc' AS BLOB), 'One', 'one', X'02');
            INSERT INTO messages VALUES (X'01', CAST('cccccccccccccccc' AS BLOB), NULL);
            INSERT INTO messages VALUES (X'02', CAST('cccccccccccccccc' AS BLOB), X'01');
            INSERT INTO message_parts VALUES (X'03', X'02', 0);
            """
        )
    connection.close()

    multiply(database, ORIGINAL, copies=2)

    connection = sqlite3.connect(database)
    complete = connection.execute(
        """
        SELECT count(DISTINCT c.id) FROM conversations c
        JOIN messages last ON last.id = c.active_message_id AND last.conversation_id = c.id
        JOIN messages first ON first.id = last.parent_id AND first.conversation_id = c.id
        JOIN message_parts p ON p.message_id = last.id
        """
    ).fetchone()
    titles = {row[0] for row in connection.execute("SELECT title FROM conversations")}
    connection.close()
    assert complete == (3,)
    assert titles == {"One", title(0), title(1)}


def test_one_title_in_a_thousand_has_the_rare_word() -> None:
    assert sum(RARE in title(number) for number in range(10_000)) == 10
