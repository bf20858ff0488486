"""Core's own tables: people and their rights, the event log, and what the host keeps about itself.

All are plain: core decides about rights, so its statements carry their own condition and say `unguarded="why"`.
The schema is made by the migrations beside this file; a test compares the two.
"""

from typing import Any, Final

import sqlalchemy as sa

from modulon.sdk.storage import BigInteger, Boolean, Id, Integer, Json, LargeBinary, Tables, Text, Time

tables: Final = Tables()
metadata: Final = tables.metadata

Sequence: Final = BigInteger().with_variant(Integer(), "sqlite")
"""A number the database hands out. SQLite does that for `INTEGER PRIMARY KEY` only, which holds 64 bits as well."""


def _reference(name: str, target: str, **options: Any) -> "sa.Column[Any]":
    return sa.Column(name, Id, sa.ForeignKey(target, ondelete="CASCADE"), nullable=False, **options)


users: Final = tables.plain(
    "users",
    sa.Column("id", Id, primary_key=True),
    sa.Column("email", Text, nullable=False),
    sa.Column("email_key", Text, nullable=False, unique=True),
    sa.Column("name", Text, nullable=False),
    sa.Column("name_key", Text),
    sa.Column("password_hash", Text, nullable=False),
    sa.Column("admin", Boolean, nullable=False),
    sa.Column("suspended", Boolean, nullable=False),
    sa.Column("epoch", Integer, nullable=False),
    sa.Column("created_at", Time, nullable=False),
    sa.Column("updated_at", Time, nullable=False),
)

groups: Final = tables.plain(
    "groups",
    sa.Column("id", Id, primary_key=True),
    sa.Column("name", Text, nullable=False),
    sa.Column("name_key", Text, nullable=False, unique=True),
    sa.Column("created_at", Time, nullable=False),
    sa.Column("updated_at", Time, nullable=False),
)

memberships: Final = tables.plain(
    "memberships",
    _reference("group_id", "groups.id", primary_key=True),
    _reference("user_id", "users.id", primary_key=True),
    sa.Index("memberships_user", "user_id"),
)

workspaces: Final = tables.plain(
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

grants: Final = tables.plain(
    "grants",
    sa.Column("id", Id, primary_key=True),
    sa.Column("resource_type", Text, nullable=False),
    sa.Column("resource_id", Id, nullable=False),
    sa.Column("subject_id", Id, nullable=False),
    sa.Column("role", Integer, nullable=False),
    sa.Column("created_at", Time, nullable=False),
    sa.UniqueConstraint("resource_id", "subject_id", name="grants_resource_subject"),
    sa.Index("grants_subject", "subject_id", "resource_type"),
)

sessions: Final = tables.plain(
    "sessions",
    sa.Column("id", Id, primary_key=True),
    _reference("user_id", "users.id"),
    sa.Column("family", Id, nullable=False),
    sa.Column("token_hash", LargeBinary, nullable=False, unique=True),
    sa.Column("parent_hash", LargeBinary),
    sa.Column("rotated_at", Time, nullable=False),
    sa.Column("user_agent", Text, nullable=False),
    sa.Column("created_at", Time, nullable=False),
    sa.Column("last_used_at", Time, nullable=False),
    sa.Column("expires_at", Time, nullable=False),
    sa.Column("ended_at", Time),
    sa.Index("sessions_user", "user_id", "created_at"),
    sa.Index("sessions_parent", "parent_hash"),
    sa.Index("sessions_family", "family"),
)

api_keys: Final = tables.plain(
    "api_keys",
    sa.Column("id", Id, primary_key=True),
    _reference("user_id", "users.id"),
    sa.Column("workspace_id", Id, nullable=False),
    sa.Column("name", Text, nullable=False),
    sa.Column("prefix", Text, nullable=False),
    sa.Column("hash", LargeBinary, nullable=False, unique=True),
    sa.Column("scopes", Json, nullable=False),
    sa.Column("created_at", Time, nullable=False),
    sa.Column("expires_at", Time),
    sa.Column("last_used_at", Time),
    sa.Column("revoked_at", Time),
    sa.Index("api_keys_user", "user_id", "created_at"),
)

# Links that work once: an invitation, or a new password for `user_id`.
one_time_links: Final = tables.plain(
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
    sa.Index("one_time_links_kind", "kind", "created_at"),
)

# On PostgreSQL the log has a further column, `xid xid8 DEFAULT pg_current_xact_id()`: see core/events/log.py.
events: Final = tables.plain(
    "events",
    sa.Column("seq", Sequence, primary_key=True, autoincrement=True),
    sa.Column("type", Text, nullable=False),
    sa.Column("version", Integer, nullable=False),
    sa.Column("key", Text, nullable=False),
    sa.Column("payload", Json, nullable=False),
    sa.Column("actor_id", Id),
    sa.Column("workspace_id", Id),
    sa.Column("trace", Text, nullable=False),
    sa.Column("created_at", Time, nullable=False),
)

# A consumer has handled every event up to its cursor, save those in event_deliveries. `xid` is 0 on SQLite.
event_cursors: Final = tables.plain(
    "event_cursors",
    sa.Column("consumer", Text, primary_key=True),
    sa.Column("xid", BigInteger, nullable=False),
    sa.Column("seq", BigInteger, nullable=False),
    sa.Column("holder", Text, nullable=False),
    sa.Column("held_until", Time, nullable=False),
    sa.Column("updated_at", Time, nullable=False),
)

# Events at or below the cursor that are still to be handled: they failed, or wait behind a failed one of their key.
event_deliveries: Final = tables.plain(
    "event_deliveries",
    sa.Column("consumer", Text, primary_key=True),
    sa.Column("seq", BigInteger, primary_key=True),
    sa.Column("key", Text, nullable=False),
    sa.Column("xid", BigInteger, nullable=False),
    sa.Column("tries", Integer, nullable=False),
    sa.Column("due_at", Time, nullable=False),
    sa.Column("error", Text, nullable=False),
    sa.Index("event_deliveries_key", "consumer", "key"),
)

dead_letters: Final = tables.plain(
    "dead_letters",
    sa.Column("consumer", Text, primary_key=True),
    sa.Column("seq", BigInteger, primary_key=True),
    sa.Column("tries", Integer, nullable=False),
    sa.Column("error", Text, nullable=False),
    sa.Column("created_at", Time, nullable=False),
)

idempotency: Final = tables.plain(
    "idempotency",
    sa.Column("user_id", Id, primary_key=True),
    sa.Column("key", Text, primary_key=True),
    sa.Column("digest", LargeBinary, nullable=False),
    sa.Column("status", Integer, nullable=False),
    sa.Column("body", Json, nullable=False),
    sa.Column("created_at", Time, nullable=False),
    sa.Index("idempotency_created", "created_at"),
)

settings: Final = tables.plain(
    "settings",
    sa.Column("module", Text, primary_key=True),
    sa.Column("scope", Text, primary_key=True),
    sa.Column("scope_id", Id, primary_key=True),
    sa.Column("key", Text, primary_key=True),
    sa.Column("value", Json, nullable=False),
    sa.Column("updated_at", Time, nullable=False),
)

# What was set for others: at the scopes of the system and of workspaces. A secret's values are not kept here.
setting_changes: Final = tables.plain(
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
    sa.Index("setting_changes_of", "module", "scope", "scope_id", "id"),
)

instance: Final = tables.plain(
    "instance",
    sa.Column("key", Text, primary_key=True),
    sa.Column("value", Text, nullable=False),
)

nodes: Final = tables.plain(
    "nodes",
    sa.Column("incarnation", Id, primary_key=True),
    sa.Column("node", Text, nullable=False),
    sa.Column("pid", Integer, nullable=False),
    sa.Column("started_at", Time, nullable=False),
    sa.Column("heartbeat_at", Time, nullable=False),
)

# What was asked for; a module without a row is enabled, as it was shipped. `hook` is one that some process is still to
# run, `on_enable` or `on_disable`; `updated_from` the version for which `on_update` is still to be run.
modules: Final = tables.plain(
    "modules",
    sa.Column("id", Text, primary_key=True),
    sa.Column("enabled", Boolean, nullable=False),
    sa.Column("generation", Integer, nullable=False),
    sa.Column("hook", Text, nullable=False),
    sa.Column("updated_from", Text, nullable=False),
    sa.Column("changed_by", Id),
    sa.Column("changed_at", Time, nullable=False),
)

# What each living process has of it.
module_states: Final = tables.plain(
    "module_states",
    _reference("incarnation", "nodes.incarnation", primary_key=True),
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

# Made by the migrations' runner itself, before the first of them.
migrations: Final = tables.plain(
    "migrations",
    sa.Column("module", Text, primary_key=True),
    sa.Column("revision", Text, primary_key=True),
    sa.Column("checksum", Text, nullable=False),
    sa.Column("min_code_version", Text, nullable=False),
    sa.Column("applied_at", Time, nullable=False),
)
