"""Tokens and cost of a conversation: of its runs, and of answers that came from a file, whose runs are elsewhere."""

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from modulon.modules.chat.backend.models import conversations, messages, runs
from modulon.sdk import Role
from modulon.sdk.storage import BigInteger, Integer, access, rows

from .binds import an_id


@dataclass(frozen=True, slots=True)
class UsageRow:
    """Sums over the runs of one model in one currency (`None`: no price was known, or nothing was counted)."""

    model: str
    currency: str | None
    runs: int
    uncounted: int
    unpriced: int
    input_tokens: int
    output_tokens: int
    cost: int | None


def _sum(counted: "sa.ColumnElement[Any]") -> "sa.ColumnElement[Any]":
    return sa.cast(sa.func.coalesce(sa.func.sum(counted), 0), BigInteger)


def _number(condition: "sa.ColumnElement[bool]") -> "sa.ColumnElement[Any]":
    """How many rows *condition* holds for."""
    return _sum(sa.case((condition, sa.literal_column("1", Integer)), else_=sa.literal_column("0", Integer)))


def _of(table: sa.Table, *conditions: "sa.ColumnElement[bool]") -> "sa.Select[*tuple[Any, ...]]":
    c = table.c
    return (
        sa.select(
            c.model,
            c.currency,
            sa.func.count(),
            _number(c.input_tokens.is_(None)),
            _number(sa.and_(c.input_tokens.is_not(None), c.cost.is_(None))),
            _sum(c.input_tokens),
            _sum(c.output_tokens),
            sa.cast(sa.func.sum(c.cost), BigInteger),
        )
        .select_from(table)
        .join(conversations, conversations.c.id == c.conversation_id)
        .where(c.conversation_id == an_id("conversation"), *conditions)
        .group_by(c.model, c.currency)
    )


OF_RUNS: Final = rows(UsageRow, _of(runs, runs.c.finished_at.is_not(None)), guard=access(conversations, Role.viewer))
OF_TAKEN_IN: Final = rows(
    UsageRow,
    _of(messages, messages.c.run_id.is_(None), messages.c.role == "assistant"),
    guard=access(conversations, Role.viewer),
)
