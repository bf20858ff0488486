"""Events: facts, written to the log in the transaction of the change they tell of.

An event is one frozen class; its docstring is its documentation, its fields are the payload:

    class ConversationDeleted(Event, frozen=True):
        '''A conversation and everything in it was deleted.'''
        type = "chat.conversation_deleted"
        conversation_id: UUID

Raise `version` when a field changes meaning; adding a field with a default does not.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, TypeVar
from uuid import UUID

import msgspec

if TYPE_CHECKING:
    from .context import Context
    from .storage.database import Write


class Event(msgspec.Struct, frozen=True):
    """Base of every event. `type` is `<module>.<what_happened>`; `notify` also tells browsers of the person who acted,
    in the workspace where it happened; with `everyone` those of all who are signed in: nothing private is in it."""

    type: ClassVar[str]
    version: ClassVar[int] = 1
    notify: ClassVar[bool] = False
    everyone: ClassVar[bool] = False


E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where an event stands in the log: its sequence, order key, workspace, actor and time. *id* is stable: use it
    as `Idempotency-Key` for effects outside the database."""

    id: str
    seq: int
    key: str
    workspace: UUID | None
    actor: UUID | None
    created_at: datetime


EventHandler = Callable[["Context", E, "Write", Delivery], Awaitable[None]]
"""A handler acts as its module in the event's workspace. What it writes through the handle is applied exactly once,
together with its position in the log; it runs at least once."""
