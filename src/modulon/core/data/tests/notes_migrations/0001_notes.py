"""Notes, their pages and their lines: the tables of these tests."""

import sqlalchemy as sa
from alembic import op

from modulon.sdk.storage import Id, Json, Text

revision = "0001"
down_revision = None
min_code_version = "0.1.0"


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("id", Id, primary_key=True),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("title", Text, nullable=False),
        sa.Column("slug", Text, unique=True),
    )
    op.create_table(
        "diaries",
        sa.Column("id", Id, primary_key=True),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
    )
    op.create_table(
        "note_pages",
        sa.Column("id", Id, primary_key=True),
        sa.Column("note_id", Id, sa.ForeignKey("notes.id", ondelete="CASCADE"), nullable=False),
        sa.Column("body", Json, nullable=False),
    )
    op.create_table(
        "note_lines",
        sa.Column("id", Id, primary_key=True),
        sa.Column("page_id", Id, sa.ForeignKey("note_pages.id", ondelete="CASCADE"), nullable=False),
        sa.Column("text", Text, nullable=False),
    )
    op.create_table(
        "counters", sa.Column("name", Text, primary_key=True), sa.Column("value", sa.Integer, nullable=False)
    )
