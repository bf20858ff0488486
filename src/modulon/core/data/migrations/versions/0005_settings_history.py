"""Who changed which setting, when, from what to what."""

import sqlalchemy as sa
from alembic import op

from modulon.sdk.storage import Id, Json, Text, Time

revision = "0005"
down_revision = "0004"
min_code_version = "0.1.0"


def upgrade() -> None:
    op.create_table(
        "setting_changes",
        sa.Column("id", Id, primary_key=True),
        sa.Column("module", Text, nullable=False),
        sa.Column("scope", Text, nullable=False),
        sa.Column("scope_id", Id, nullable=False),
        sa.Column("key", Text, nullable=False),
        sa.Column("old", Json),
        sa.Column("new", Json),
        sa.Column("changed_by", Id),
        sa.Column("changed_at", Time, nullable=False),
    )
    op.create_index("setting_changes_of", "setting_changes", ["module", "scope", "scope_id", "id"])
