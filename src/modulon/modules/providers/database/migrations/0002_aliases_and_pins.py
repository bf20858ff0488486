"""Models get a name of one's own, and those that stand first in lists."""

import sqlalchemy as sa
from alembic import op

from modulon.sdk.storage import Boolean, Text

revision = "0002"
down_revision = "0001"
min_code_version = "0.1.0"


def upgrade() -> None:
    op.add_column("provider_models", sa.Column("alias", Text))
    op.add_column("provider_models", sa.Column("pinned", Boolean, nullable=False, server_default=sa.false()))
    op.create_index(
        "provider_models_alias",
        "provider_models",
        ["alias"],
        unique=True,
        sqlite_where=sa.text("alias IS NOT NULL"),
        postgresql_where=sa.text("alias IS NOT NULL"),
    )
