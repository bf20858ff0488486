"""Runs as people see them: one run, adding one, asking for its end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from modulon.modules.chat.backend.contract import RunState
from modulon.modules.chat.backend.models import conversations, run_steps, runs
from modulon.modules.chat.backend.schemas import Fault, RunRead
from modulon.sdk import Role
from modulon.sdk.storage import access, change, rows

from .binds import a_text, an_id, insert

_r: Final = runs.c


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as it is stored."""

    id: UUID
    conversation_id: UUID
    message_id: UUID
    state: RunState
    model: str
    parent_run_id: UUID | None
    created_at: datetime
    finished_at: datetime | None
    error: dict[str, str] | None
    stream_epoch: int

    def read(self) -> RunRead:
        """As it is shown."""
        return RunRead(
            self.id,
            self.conversation_id,
            self.message_id,
            self.state,
            self.model,
            self.parent_run_id,
            self.created_at,
            self.finished_at,
            Fault(**self.error) if self.error else None,
        )


COLUMNS: Final[tuple["sa.Column[Any]", ...]] = (
    _r.id,
    _r.conversation_id,
    _r.message_id,
    _r.state,
    _r.model,
    _r.parent_run_id,
    _r.created_at,
    _r.finished_at,
    _r.error,
    _r.stream_epoch,
)

READ: Final = rows(
    RunRow,
    sa.select(*COLUMNS)
    .join(conversations, conversations.c.id == _r.conversation_id)
    .where(_r.id == an_id("id"), conversations.c.deleted_at.is_(None)),
    guard=access(conversations, Role.viewer),
)
ADD: Final = change(insert(runs))
ADD_STEP: Final = change(insert(run_steps))

ASK_TO_STOP: Final = change(
    sa.update(runs).where(_r.id == an_id("id"), _r.finished_at.is_(None)).values(stop=a_text("reason")),
    guard=access(runs, Role.editor),
)
STOP_ALL_OF: Final = change(
    sa.update(runs).where(_r.on_behalf_of == an_id("user"), _r.finished_at.is_(None)).values(stop=a_text("reason")),
    unguarded="a suspended person's runs end wherever they are",
)
STOP_ALL_IN: Final = change(
    sa.update(runs)
    .where(_r.conversation_id == an_id("conversation"), _r.finished_at.is_(None))
    .values(stop=a_text("reason")),
    guard=access(runs, Role.editor),
)
