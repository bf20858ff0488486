"""Copying a conversation."""

import sqlite3
from pathlib import Path

from tests.rig.corpus import RARE, lengthen, multiply, title

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


def test_a_conversation_is_made_long_in_one_branch(tmp_path: Path) -> None:
    database = tmp_path / "small.db"
    with sqlite3.connect(database) as connection:
        connection.executescript(
            """
            CREATE TABLE conversations (id BLOB PRIMARY KEY, active_message_id BLOB, message_count INTEGER);
            CREATE TABLE messages (id BLOB PRIMARY KEY, conversation_id BLOB, parent_id BLOB, ordinal INTEGER);
            CREATE TABLE message_parts (id BLOB PRIMARY KEY, message_id BLOB);
            CREATE TABLE runs (id BLOB PRIMARY KEY, conversation_id BLOB);
            INSERT INTO conversations VALUES (CAST('cccccccccccccccc' AS BLOB), X'02', 2);
            INSERT INTO messages VALUES (X'01', CAST('cccccccccccccccc' AS BLOB), NULL, 0);
            INSERT INTO messages VALUES (X'02', CAST('cccccccccccccccc' AS BLOB), X'01', 1);
            INSERT INTO message_parts VALUES (X'03', X'02');
            """
        )
    connection.close()

    lengthen(database, ORIGINAL, 7)

    connection = sqlite3.connect(database)
    branch = connection.execute(
        """
        WITH RECURSIVE up(id, parent_id, ordinal) AS (
          SELECT m.id, m.parent_id, m.ordinal FROM messages m JOIN conversations c ON c.active_message_id = m.id
          UNION ALL SELECT m.id, m.parent_id, m.ordinal FROM messages m JOIN up ON m.id = up.parent_id
        ) SELECT ordinal FROM up
        """
    ).fetchall()
    (count,) = connection.execute("SELECT message_count FROM conversations").fetchone()
    (parts,) = connection.execute(
        "SELECT count(*) FROM message_parts p JOIN messages m ON m.id = p.message_id"
    ).fetchone()
    connection.close()
    assert [ordinal for (ordinal,) in branch] == [7, 6, 5, 4, 3, 2, 1, 0]
    assert (count, parts) == (8, 4)
