"""Whose a price is; and figures of a day for each currency, so that amounts of several are never added."""

import sqlalchemy as sa
from alembic import op

from modulon.sdk.storage import Text

revision = "0003"
down_revision = "0002"
min_code_version = "0.1.0"


def upgrade() -> None:
    op.add_column("provider_models", sa.Column("price_by", Text))
    with op.batch_alter_table("provider_usage") as table:
        table.drop_constraint("provider_usage_day", type_="unique")
        table.create_unique_constraint("provider_usage_day", ["provider_id", "model_id", "date", "currency"])
