"""What an answer cost when it was written."""

import sqlalchemy as sa
from alembic import op

from modulon.sdk.storage import BigInteger, Text

revision = "0004"
down_revision = "0003"
min_code_version = "0.1.0"


def upgrade() -> None:
    for table in ("messages", "runs"):
        op.add_column(table, sa.Column("cost", BigInteger))
        op.add_column(table, sa.Column("currency", Text))
