"""Shapes of requests and answers."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

LARGEST_SEQ = 2**53 - 1
"""No number is larger in a browser."""

Seq = Annotated[int, Field(ge=0, le=LARGEST_SEQ)]
ConsumerName = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9_.]+$")]


class EventRead(BaseModel):
    """One event. *actor* is the user who acted; nothing for the server itself."""

    seq: int
    position: str = Field(description="Where it stands in the log, for `cursor` and `after`.")
    type: str
    version: int
    key: str = Field(description="Events of one key are delivered in their order.")
    payload: Any
    actor: UUID | None
    actor_name: str | None = Field(description="Nothing for an account that is gone.")
    workspace: UUID | None = Field(description="Nothing for the whole server.")
    trace: str
    created_at: datetime


class EventList(BaseModel):
    """Events, newest first. *next* is the `cursor` of older ones; what comes later comes `after` *end*."""

    items: list[EventRead]
    next: str | None
    end: str


class EventTypes(BaseModel):
    """The types that stand in the log."""

    items: list[str]
    next: None = None


class ConsumerRead(BaseModel):
    """One handler of one module, and how far it has come."""

    name: str
    module: str
    types: list[str]
    serves: bool = Field(description="Whether its module runs; if not, events wait for it.")
    seq: int = Field(description="The last event it was given.")
    lag: int = Field(description="Events of its types after that, counted up to 10,000.")
    waiting: int = Field(description="Events that are tried again by themselves.")
    dead: int
    updated_at: datetime


class ConsumerList(BaseModel):
    """Every consumer that has a place in the log."""

    items: list[ConsumerRead]
    next: None = None


class LetterRead(BaseModel):
    """An event that a consumer could not handle. *type* is empty if the event is not kept any more."""

    consumer: str
    seq: int
    type: str
    key: str
    tries: int
    error: str
    due_at: datetime | None = Field(description="When it is tried again; nothing for a dead letter.")
    given_up_at: datetime | None


class LetterList(BaseModel):
    """Some of what could not be handled; how much there is stands with each consumer."""

    items: list[LetterRead]
    next: None = None


class Replay(BaseModel):
    """Deliver everything from event *seq* on again."""

    model_config = ConfigDict(extra="forbid")

    seq: Seq


class ReplayRead(BaseModel):
    """What is delivered again: *events* of the consumer's types (counted up to 10,000), from *first* on. *last* is the
    last event it was given before."""

    consumer: str
    first: int
    last: int
    events: int


class Letters(BaseModel):
    """Which letters: one (*consumer* and *seq*), those of one *consumer*, or all."""

    model_config = ConfigDict(extra="forbid")

    consumer: ConsumerName | None = None
    seq: Seq | None = None


class Discarded(Letters):
    """Which dead letters; *until* leaves out those that were given up later."""

    until: AwareDatetime | None = None


class Changed(BaseModel):
    """How many letters there were to act upon."""

    count: int
