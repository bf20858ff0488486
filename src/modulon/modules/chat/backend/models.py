"""Tables. Everything but folders belongs to a conversation and goes with it."""

from typing import Any, Final

import sqlalchemy as sa

from modulon.sdk import Tables
from modulon.sdk.storage import BigInteger, Boolean, Id, Integer, Json, LargeBinary, Text, Time

tables: Final = Tables()


def _belongs(name: str, target: str, **options: Any) -> "sa.Column[Any]":
    return sa.Column(name, Id, sa.ForeignKey(target, ondelete="CASCADE"), nullable=False, **options)


def _partial(name: str, where: str, *columns: str, unique: bool = False) -> sa.Index:
    """An index over the few rows that *where* holds for: what every list skips costs it nothing."""
    few = sa.text(where)
    return sa.Index(name, *columns, unique=unique, sqlite_where=few, postgresql_where=few)


# `activity` is the id of the newest message or of the conversation itself: ids sort by time, so it orders lists.
# `message_count` numbers the messages: `ordinal` orders siblings where clocks of several processes would not.
# `title_by` says whose words the title is: `words` (the first ones of the first message), `model`, or `person`.
# `folder_id` may name a folder for a moment after it is gone; whoever deletes a folder empties it in the same unit.
# `deleted_at` is set while it can still be restored; no statement but those of the bin reaches it then.
# `searchable` says that the title, or the message, stands in `search_entries` as it is now.
# `origin` is the id it had where it was exported, so that importing it twice makes it once.
conversations: Final = tables.owned(
    "conversations",
    sa.Column("title", Text, nullable=False),
    sa.Column("title_key", Text, nullable=False),
    sa.Column("model", Text, nullable=False),
    sa.Column("active_message_id", Id),
    sa.Column("activity", Id, nullable=False),
    sa.Column("message_count", Integer, nullable=False),
    sa.Column("created_at", Time, nullable=False),
    sa.Column("updated_at", Time, nullable=False),
    sa.Column("title_by", Text, nullable=False, server_default="words"),
    sa.Column("folder_id", Id),
    sa.Column("pinned", Boolean, nullable=False, server_default=sa.false()),
    sa.Column("archived", Boolean, nullable=False, server_default=sa.false()),
    sa.Column("deleted_at", Time),
    sa.Column("origin", Text),
    sa.Column("searchable", Boolean, nullable=False, server_default=sa.false()),
    sa.Index("conversations_list", "owner_id", "workspace_id", "activity"),
    _partial("conversations_pinned", "pinned", "owner_id", "workspace_id", "activity"),
    _partial("conversations_archived", "archived", "owner_id", "workspace_id", "activity"),
    _partial("conversations_folder", "folder_id IS NOT NULL", "folder_id", "activity"),
    _partial("conversations_deleted", "deleted_at IS NOT NULL", "deleted_at"),
    _partial("conversations_unsearchable", "NOT searchable", "id"),
    _partial("conversations_origin", "origin IS NOT NULL", "owner_id", "workspace_id", "origin", unique=True),
)

folders: Final = tables.owned(
    "folders",
    sa.Column("name", Text, nullable=False),
    sa.Column("name_key", Text, nullable=False),
    sa.Column("created_at", Time, nullable=False),
    sa.Column("updated_at", Time, nullable=False),
    sa.UniqueConstraint("owner_id", "workspace_id", "name_key", name="folders_name"),
)

# `cost` is in micro-units of `currency`, at the price of the time of the answer; without one it is not known. An answer
# whose runs cost several currencies has the empty one and no cost of its own: `runs` has what each of them cost.
messages: Final = tables.child(
    "messages",
    sa.Column("id", Id, primary_key=True),
    _belongs("conversation_id", "conversations.id"),
    sa.Column("parent_id", Id),
    sa.Column("ordinal", Integer, nullable=False),
    sa.Column("role", Text, nullable=False),
    sa.Column("status", Text, nullable=False),
    sa.Column("model", Text, nullable=False),
    sa.Column("run_id", Id),
    sa.Column("input_tokens", Integer),
    sa.Column("output_tokens", Integer),
    sa.Column("cost", BigInteger),
    sa.Column("currency", Text),
    sa.Column("created_at", Time, nullable=False),
    sa.Column("searchable", Boolean, nullable=False, server_default=sa.false()),
    _partial("messages_unsearchable", "NOT searchable", "id"),
    sa.UniqueConstraint("conversation_id", "ordinal", name="messages_ordinal"),
    sa.Index("messages_children", "conversation_id", "parent_id", "ordinal"),
    of=conversations,
    by="conversation_id",
)

message_parts: Final = tables.child(
    "message_parts",
    sa.Column("id", Id, primary_key=True),
    _belongs("message_id", "messages.id"),
    sa.Column("index", Integer, nullable=False),
    sa.Column("type", Text, nullable=False),
    sa.Column("content", Json, nullable=False),
    sa.UniqueConstraint("message_id", "index", name="message_parts_index"),
    of=messages,
    by="message_id",
)

# `owner` is the incarnation of the process that works on the run; each of its writes demands that it still is.
# `stop` is why it shall end (`cancelled`, `owner_suspended`), written by whoever wants it and read by its owner.
runs: Final = tables.child(
    "runs",
    sa.Column("id", Id, primary_key=True),
    _belongs("conversation_id", "conversations.id"),
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
    sa.Column("cost", BigInteger),
    sa.Column("currency", Text),
    sa.Column("created_at", Time, nullable=False),
    sa.Column("started_at", Time),
    sa.Column("finished_at", Time),
    sa.Index("runs_conversation", "conversation_id"),
    # Unfinished runs are few: whoever looks for them reads this index alone.
    sa.Index(
        "runs_unfinished",
        "conversation_id",
        "owner",
        "stop",
        sqlite_where=sa.text("finished_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL"),
    ),
    of=conversations,
    by="conversation_id",
)

run_steps: Final = tables.child(
    "run_steps",
    _belongs("run_id", "runs.id", primary_key=True),
    sa.Column("n", Integer, primary_key=True),
    sa.Column("kind", Text, nullable=False),
    sa.Column("state", Text, nullable=False),
    sa.Column("input_hash", LargeBinary, nullable=False),
    sa.Column("attempt", Integer, nullable=False),
    sa.Column("started_at", Time),
    sa.Column("finished_at", Time),
    of=runs,
    by="run_id",
)

# The journal: one row for a batch of run events, numbered `first` to `seq`; `body` is a JSON array of them.
run_events: Final = tables.child(
    "run_events",
    _belongs("run_id", "runs.id", primary_key=True),
    sa.Column("seq", Integer, primary_key=True),
    sa.Column("first", Integer, nullable=False),
    sa.Column("epoch", Integer, nullable=False),
    sa.Column("body", LargeBinary, nullable=False),
    of=runs,
    by="run_id",
)

# The words of titles (without `message_id`) and messages, folded; `sdk.storage.search` says how they are found.
search_entries: Final = tables.child(
    "search_entries",
    sa.Column("id", Integer, primary_key=True),
    _belongs("conversation_id", "conversations.id"),
    sa.Column("message_id", Id),
    sa.Column("words", Text, nullable=False),
    sa.Index("search_entries_conversation", "conversation_id"),
    of=conversations,
    by="conversation_id",
)
