"""Links that work once: invitations, and new passwords."""

import sqlalchemy as sa
from alembic import op

from modulon.sdk.storage import Boolean, Id, LargeBinary, Text, Time

revision = "0002"
down_revision = "0001"
min_code_version = "0.1.0"


def upgrade() -> None:
    op.create_table(
        "one_time_links",
        sa.Column("id", Id, primary_key=True),
        sa.Column("kind", Text, nullable=False),
        sa.Column("token_hash", LargeBinary, nullable=False, unique=True),
        sa.Column("user_id", Id, sa.ForeignKey("users.id", ondelete="CASCADE")),
        sa.Column("email", Text, nullable=False),
        sa.Column("admin", Boolean, nullable=False),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("expires_at", Time, nullable=False),
    )
    op.create_index("one_time_links_kind", "one_time_links", ["kind", "created_at"])
