"""Full-text search over titles and what is written in messages."""

import sqlalchemy as sa
from alembic import op

from modulon.sdk.storage import Boolean, Id, Integer, Text

revision = "0003"
down_revision = "0002"
min_code_version = "0.1.0"

_SQLITE = (
    """CREATE VIRTUAL TABLE search_entries_words USING fts5(
        words, content='search_entries', content_rowid='id', prefix='2 3 4 5 6',
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
    )""",
    """CREATE TRIGGER search_entries_added AFTER INSERT ON search_entries BEGIN
        INSERT INTO search_entries_words(rowid, words) VALUES (new.id, new.words);
    END""",
    """CREATE TRIGGER search_entries_gone AFTER DELETE ON search_entries BEGIN
        INSERT INTO search_entries_words(search_entries_words, rowid, words) VALUES ('delete', old.id, old.words);
    END""",
)
_POSTGRES = ("CREATE INDEX search_entries_words ON search_entries USING gin (to_tsvector('simple', words))",)


def upgrade() -> None:
    op.add_column("conversations", sa.Column("searchable", Boolean, nullable=False, server_default=sa.false()))
    op.add_column("messages", sa.Column("searchable", Boolean, nullable=False, server_default=sa.false()))
    for table in ("conversations", "messages"):
        few = sa.text("NOT searchable")
        op.create_index(f"{table}_unsearchable", table, ["id"], sqlite_where=few, postgresql_where=few)
    op.create_table(
        "search_entries",
        sa.Column("id", Integer, primary_key=True),
        sa.Column("conversation_id", Id, sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
        sa.Column("message_id", Id),
        sa.Column("words", Text, nullable=False),
    )
    op.create_index("search_entries_conversation", "search_entries", ["conversation_id"])
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRES:
        op.execute(sa.text(statement))
