"""Conversations, their messages and parts, runs with their steps and journal."""

import sqlalchemy as sa
from alembic import op

from modulon.sdk.storage import Id, Integer, Json, LargeBinary, Text, Time

revision = "0001"
down_revision = None
min_code_version = "0.1.0"


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", Id, primary_key=True),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("title", Text, nullable=False),
        sa.Column("title_key", Text, nullable=False),
        sa.Column("model", Text, nullable=False),
        sa.Column("active_message_id", Id),
        sa.Column("activity", Id, nullable=False),
        sa.Column("message_count", Integer, nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("updated_at", Time, nullable=False),
    )
    op.create_index("conversations_list", "conversations", ["owner_id", "workspace_id", "activity"])
    op.create_table(
        "messages",
        sa.Column("id", Id, primary_key=True),
        sa.Column("conversation_id", Id, sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
        sa.Column("parent_id", Id),
        sa.Column("ordinal", Integer, nullable=False),
        sa.Column("role", Text, nullable=False),
        sa.Column("status", Text, nullable=False),
        sa.Column("model", Text, nullable=False),
        sa.Column("run_id", Id),
        sa.Column("input_tokens", Integer),
        sa.Column("output_tokens", Integer),
        sa.Column("created_at", Time, nullable=False),
        sa.UniqueConstraint("conversation_id", "ordinal", name="messages_ordinal"),
    )
    op.create_index("messages_children", "messages", ["conversation_id", "parent_id", "ordinal"])
    op.create_table(
        "message_parts",
        sa.Column("id", Id, primary_key=True),
        sa.Column("message_id", Id, sa.ForeignKey("messages.id", ondelete="CASCADE"), nullable=False),
        sa.Column("index", Integer, nullable=False),
        sa.Column("type", Text, nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.UniqueConstraint("message_id", "index", name="message_parts_index"),
    )
    _runs()


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", Id, primary_key=True),
        sa.Column("conversation_id", Id, sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
        sa.Column("message_id", Id, nullable=False),
        sa.Column("trigger", Text, nullable=False),
        sa.Column("on_behalf_of", Id, nullable=False),
        sa.Column("parent_run_id", Id),
        sa.Column("state", Text, nullable=False),
        sa.Column("model", Text, nullable=False),
        sa.Column("owner", Id, nullable=False),
        sa.Column("stream_epoch", Integer, nullable=False),
        sa.Column("stop", Text, nullable=False),
        sa.Column("error", Json),
        sa.Column("input_tokens", Integer),
        sa.Column("output_tokens", Integer),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("started_at", Time),
        sa.Column("finished_at", Time),
    )
    unfinished = sa.text("finished_at IS NULL")
    op.create_index("runs_conversation", "runs", ["conversation_id"])
    op.create_index(
        "runs_unfinished",
        "runs",
        ["conversation_id", "owner", "stop"],
        sqlite_where=unfinished,
        postgresql_where=unfinished,
    )
    op.create_table(
        "run_steps",
        sa.Column("run_id", Id, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("n", Integer, primary_key=True),
        sa.Column("kind", Text, nullable=False),
        sa.Column("state", Text, nullable=False),
        sa.Column("input_hash", LargeBinary, nullable=False),
        sa.Column("attempt", Integer, nullable=False),
        sa.Column("started_at", Time),
        sa.Column("finished_at", Time),
    )
    op.create_table(
        "run_events",
        sa.Column("run_id", Id, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("seq", Integer, primary_key=True),
        sa.Column("first", Integer, nullable=False),
        sa.Column("epoch", Integer, nullable=False),
        sa.Column("body", LargeBinary, nullable=False),
    )
