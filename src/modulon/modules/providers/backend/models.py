"""Tables. What an admin adds belongs to the system workspace and is shared by its grant."""

from typing import Final

import sqlalchemy as sa

from modulon.sdk import Tables
from modulon.sdk.storage import BigInteger, Boolean, Id, Integer, Json, Text, Time

tables: Final = Tables()

# `slug` is the first part of a model's public name, so it is unique on the server. `revision` counts changes of the
# provider and of its models: it is the ETag, and what caches compare.
providers: Final = tables.owned(
    "providers",
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
    shared=True,
)

# `alias` is a name of one's own for a model, unique on the server since requests use it; `pinned` puts it first.
# Prices are micro-units of `currency` for a million tokens: 0.15 dollars are 150,000. All of them are set or none is,
# but for `cached_price`; `price_by` says whose they are: an `admin`'s, or what the `provider` lists.
provider_models: Final = tables.child(
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
    sa.Column("price_by", Text),
    sa.Column("context_window", Integer),
    sa.Column("capabilities", Json, nullable=False),
    sa.Column("alias", Text),
    sa.Column("pinned", Boolean, nullable=False, server_default=sa.false()),
    sa.UniqueConstraint("provider_id", "model_id", name="provider_models_model"),
    sa.Index(
        "provider_models_alias",
        "alias",
        unique=True,
        sqlite_where=sa.text("alias IS NOT NULL"),
        postgresql_where=sa.text("alias IS NOT NULL"),
    ),
    of=providers,
    by="provider_id",
)

# One row a day, model and currency. `date` is YYYY-MM-DD, UTC; `cost` micro-units of `currency`, which is empty for
# requests whose price was not known.
provider_usage: Final = tables.child(
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
    sa.UniqueConstraint("provider_id", "model_id", "date", "currency", name="provider_usage_day"),
    of=providers,
    by="provider_id",
)
