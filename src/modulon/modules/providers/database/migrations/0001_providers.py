"""Providers, the models they offer, and what was used of them each day."""

import sqlalchemy as sa
from alembic import op

from modulon.sdk.storage import BigInteger, Boolean, Id, Integer, Json, Text, Time

revision = "0001"
down_revision = None
min_code_version = "0.1.0"


def upgrade() -> None:
    op.create_table(
        "providers",
        sa.Column("id", Id, primary_key=True),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("name_key", Text, nullable=False),
        sa.Column("slug", Text, nullable=False),
        sa.Column("type", Text, nullable=False),
        sa.Column("endpoint", Text, nullable=False),
        sa.Column("api_key_encrypted", Text),
        sa.Column("key_hint", Text),
        sa.Column("enabled", Boolean, nullable=False),
        sa.Column("config", Json, nullable=False),
        sa.Column("health_state", Text, nullable=False),
        sa.Column("health_checked_at", Time),
        sa.Column("health_latency_ms", Integer),
        sa.Column("health_error", Json),
        sa.Column("revision", Integer, nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("updated_at", Time, nullable=False),
        sa.UniqueConstraint("workspace_id", "name_key", name="providers_name"),
        sa.UniqueConstraint("slug", name="providers_slug"),
    )
    op.create_table(
        "provider_models",
        sa.Column("id", Id, primary_key=True),
        sa.Column("provider_id", Id, sa.ForeignKey("providers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("model_id", Text, nullable=False),
        sa.Column("model_name", Text, nullable=False),
        sa.Column("enabled", Boolean, nullable=False),
        sa.Column("parameters", Json, nullable=False),
        sa.Column("input_price", BigInteger),
        sa.Column("output_price", BigInteger),
        sa.Column("cached_price", BigInteger),
        sa.Column("currency", Text),
        sa.Column("context_window", Integer),
        sa.Column("capabilities", Json, nullable=False),
        sa.UniqueConstraint("provider_id", "model_id", name="provider_models_model"),
    )
    op.create_table(
        "provider_usage",
        sa.Column("id", Id, primary_key=True),
        sa.Column("provider_id", Id, sa.ForeignKey("providers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("model_id", Text, nullable=False),
        sa.Column("date", Text, nullable=False),
        sa.Column("requests_count", BigInteger, nullable=False),
        sa.Column("tokens_used", BigInteger, nullable=False),
        sa.Column("input_tokens", BigInteger, nullable=False),
        sa.Column("output_tokens", BigInteger, nullable=False),
        sa.Column("cached_tokens", BigInteger, nullable=False),
        sa.Column("cost", BigInteger, nullable=False),
        sa.Column("currency", Text, nullable=False),
        sa.UniqueConstraint("provider_id", "model_id", "date", name="provider_usage_day"),
    )
