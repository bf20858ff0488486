"""Conversations in folders, pinned, archived, deleted for a while; whose words a title is; where one came from."""

import sqlalchemy as sa
from alembic import op

from modulon.sdk.storage import Boolean, Id, Text, Time

revision = "0002"
down_revision = "0001"
min_code_version = "0.1.0"


def upgrade() -> None:
    for column in (
        sa.Column("title_by", Text, nullable=False, server_default="words"),
        sa.Column("folder_id", Id),
        sa.Column("pinned", Boolean, nullable=False, server_default=sa.false()),
        sa.Column("archived", Boolean, nullable=False, server_default=sa.false()),
        sa.Column("deleted_at", Time),
        sa.Column("origin", Text),
    ):
        op.add_column("conversations", column)
    _index("conversations_pinned", "pinned", ["owner_id", "workspace_id", "activity"])
    _index("conversations_archived", "archived", ["owner_id", "workspace_id", "activity"])
    _index("conversations_folder", "folder_id IS NOT NULL", ["folder_id", "activity"])
    _index("conversations_deleted", "deleted_at IS NOT NULL", ["deleted_at"])
    _index("conversations_origin", "origin IS NOT NULL", ["owner_id", "workspace_id", "origin"], unique=True)
    op.create_table(
        "folders",
        sa.Column("id", Id, primary_key=True),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("name_key", Text, nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("updated_at", Time, nullable=False),
        sa.UniqueConstraint("owner_id", "workspace_id", "name_key", name="folders_name"),
    )


def _index(name: str, where: str, columns: list[str], *, unique: bool = False) -> None:
    few = sa.text(where)
    op.create_index(name, "conversations", columns, unique=unique, sqlite_where=few, postgresql_where=few)
