"""Which modules run: what was asked for, and what each process has."""

import sqlalchemy as sa
from alembic import op

from modulon.sdk.storage import BigInteger, Boolean, Id, Integer, Text, Time

revision = "0004"
down_revision = "0003"
min_code_version = "0.1.0"


def upgrade() -> None:
    op.create_table(
        "modules",
        sa.Column("id", Text, primary_key=True),
        sa.Column("enabled", Boolean, nullable=False),
        sa.Column("generation", Integer, nullable=False),
        sa.Column("hook", Text, nullable=False),
        sa.Column("updated_from", Text, nullable=False),
        sa.Column("changed_by", Id),
        sa.Column("changed_at", Time, nullable=False),
    )
    op.create_table(
        "module_states",
        sa.Column("incarnation", Id, sa.ForeignKey("nodes.incarnation", ondelete="CASCADE"), primary_key=True),
        sa.Column("module", Text, primary_key=True),
        sa.Column("state", Text, nullable=False),
        sa.Column("generation", Integer, nullable=False),
        sa.Column("version", Text, nullable=False),
        sa.Column("load_us", Integer, nullable=False),
        sa.Column("requests", BigInteger, nullable=False),
        sa.Column("errors", BigInteger, nullable=False),
        sa.Column("p95_us", BigInteger, nullable=False),
        sa.Column("error", Text, nullable=False),
        sa.Column("updated_at", Time, nullable=False),
    )
