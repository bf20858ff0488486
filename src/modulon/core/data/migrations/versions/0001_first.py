"""Core's first tables: people and their rights, the event log, and what the host keeps about itself."""

import sqlalchemy as sa
from alembic import op

from modulon.sdk.identity import EVERYONE, SYSTEM_WORKSPACE, Role
from modulon.sdk.ids import new_id
from modulon.sdk.storage import BigInteger, Boolean, Id, Integer, Json, LargeBinary, Text, Time, now

revision = "0001"
down_revision = None
min_code_version = "0.1.0"


def upgrade() -> None:
    _people()
    _rights()
    _credentials()
    _events()
    _consumers()
    _host()


def _people() -> None:
    op.create_table(
        "users",
        sa.Column("id", Id, primary_key=True),
        sa.Column("email", Text, nullable=False),
        sa.Column("email_key", Text, nullable=False, unique=True),
        sa.Column("name", Text, nullable=False),
        sa.Column("password_hash", Text, nullable=False),
        sa.Column("admin", Boolean, nullable=False),
        sa.Column("suspended", Boolean, nullable=False),
        sa.Column("epoch", Integer, nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("updated_at", Time, nullable=False),
    )
    op.create_table(
        "groups",
        sa.Column("id", Id, primary_key=True),
        sa.Column("name", Text, nullable=False),
        sa.Column("name_key", Text, nullable=False, unique=True),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("updated_at", Time, nullable=False),
    )
    op.create_table(
        "memberships",
        sa.Column("group_id", Id, sa.ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("user_id", Id, sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    )
    op.create_index("memberships_user", "memberships", ["user_id"])


def _rights() -> None:
    workspaces = op.create_table(
        "workspaces",
        sa.Column("id", Id, primary_key=True),
        sa.Column("name", Text, nullable=False),
        sa.Column("name_key", Text, nullable=False),
        sa.Column("personal", Boolean, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("updated_at", Time, nullable=False),
        sa.UniqueConstraint("owner_id", "name_key", name="workspaces_name"),
    )
    grants = op.create_table(
        "grants",
        sa.Column("id", Id, primary_key=True),
        sa.Column("resource_type", Text, nullable=False),
        sa.Column("resource_id", Id, nullable=False),
        sa.Column("subject_id", Id, nullable=False),
        sa.Column("role", Integer, nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.UniqueConstraint("resource_id", "subject_id", name="grants_resource_subject"),
    )
    op.create_index("grants_subject", "grants", ["subject_id", "resource_type"])
    # The workspace of what an admin adds for all; it owns itself.
    op.bulk_insert(
        workspaces,
        [
            {
                "id": SYSTEM_WORKSPACE,
                "name": "System",
                "name_key": "system",
                "personal": False,
                "owner_id": SYSTEM_WORKSPACE,
                "created_at": now(),
                "updated_at": now(),
            }
        ],
    )
    # Everyone sees what lies in it.
    op.bulk_insert(
        grants,
        [
            {
                "id": new_id(),
                "resource_type": "workspace",
                "resource_id": SYSTEM_WORKSPACE,
                "subject_id": EVERYONE,
                "role": int(Role.viewer),
                "created_at": now(),
            }
        ],
    )


def _credentials() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", Id, primary_key=True),
        sa.Column("user_id", Id, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("family", Id, nullable=False),
        sa.Column("token_hash", LargeBinary, nullable=False, unique=True),
        sa.Column("parent_hash", LargeBinary),
        sa.Column("rotated_at", Time, nullable=False),
        sa.Column("user_agent", Text, nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("last_used_at", Time, nullable=False),
        sa.Column("expires_at", Time, nullable=False),
        sa.Column("ended_at", Time),
    )
    op.create_index("sessions_user", "sessions", ["user_id", "created_at"])
    op.create_index("sessions_parent", "sessions", ["parent_hash"])
    op.create_index("sessions_family", "sessions", ["family"])
    op.create_table(
        "api_keys",
        sa.Column("id", Id, primary_key=True),
        sa.Column("user_id", Id, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("prefix", Text, nullable=False),
        sa.Column("hash", LargeBinary, nullable=False, unique=True),
        sa.Column("scopes", Json, nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("expires_at", Time),
        sa.Column("last_used_at", Time),
        sa.Column("revoked_at", Time),
    )
    op.create_index("api_keys_user", "api_keys", ["user_id", "created_at"])


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("seq", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("type", Text, nullable=False),
        sa.Column("version", Integer, nullable=False),
        sa.Column("key", Text, nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column("actor_id", Id),
        sa.Column("workspace_id", Id),
        sa.Column("trace", Text, nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sqlite_autoincrement=True,  # else a log emptied by retention would count from 1 again
    )
    if op.get_bind().dialect.name == "postgresql":
        # Sequence numbers are taken before the commit: only together with the transaction's id do they give an
        # order in which a reader skips nothing.
        op.execute("ALTER TABLE events ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id()")
        op.create_index("events_order", "events", ["xid", "seq"])
    op.create_index("events_type", "events", ["type", "seq"])


def _consumers() -> None:
    op.create_table(
        "event_cursors",
        sa.Column("consumer", Text, primary_key=True),
        sa.Column("xid", BigInteger, nullable=False),
        sa.Column("seq", BigInteger, nullable=False),
        sa.Column("holder", Text, nullable=False),
        sa.Column("held_until", Time, nullable=False),
        sa.Column("updated_at", Time, nullable=False),
    )
    op.create_table(
        "event_deliveries",
        sa.Column("consumer", Text, primary_key=True),
        sa.Column("seq", BigInteger, primary_key=True),
        sa.Column("key", Text, nullable=False),
        sa.Column("xid", BigInteger, nullable=False),
        sa.Column("tries", Integer, nullable=False),
        sa.Column("due_at", Time, nullable=False),
        sa.Column("error", Text, nullable=False),
    )
    op.create_index("event_deliveries_key", "event_deliveries", ["consumer", "key"])
    op.create_table(
        "dead_letters",
        sa.Column("consumer", Text, primary_key=True),
        sa.Column("seq", BigInteger, primary_key=True),
        sa.Column("tries", Integer, nullable=False),
        sa.Column("error", Text, nullable=False),
        sa.Column("created_at", Time, nullable=False),
    )


def _host() -> None:
    op.create_table(
        "idempotency",
        sa.Column("user_id", Id, primary_key=True),
        sa.Column("key", Text, primary_key=True),
        sa.Column("digest", LargeBinary, nullable=False),
        sa.Column("status", Integer, nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("created_at", Time, nullable=False),
    )
    op.create_index("idempotency_created", "idempotency", ["created_at"])
    op.create_table(
        "settings",
        sa.Column("module", Text, primary_key=True),
        sa.Column("scope", Text, primary_key=True),
        sa.Column("scope_id", Id, primary_key=True),
        sa.Column("key", Text, primary_key=True),
        sa.Column("value", Json, nullable=False),
        sa.Column("updated_at", Time, nullable=False),
    )
    op.create_table(
        "instance",
        sa.Column("key", Text, primary_key=True),
        sa.Column("value", Text, nullable=False),
    )
    op.create_table(
        "nodes",
        sa.Column("incarnation", Id, primary_key=True),
        sa.Column("node", Text, nullable=False),
        sa.Column("pid", Integer, nullable=False),
        sa.Column("started_at", Time, nullable=False),
        sa.Column("heartbeat_at", Time, nullable=False),
    )
