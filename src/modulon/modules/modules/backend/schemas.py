"""Shapes of requests and answers."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from modulon.sdk.modules import ModuleStateName, ObstacleCode


class ModuleUpdate(BaseModel):
    """Switch a module. With *with_others*, also what it needs (when it is enabled) or what needs it (when it is
    disabled)."""

    model_config = ConfigDict(extra="forbid")

    enabled: bool
    with_others: bool = False


class ObstacleRead(BaseModel):
    """What keeps a module from running: a sentence, and the modules from it to the cause."""

    code: ObstacleCode
    reason: str
    chain: list[str]


class ObservedRead(BaseModel):
    """What one process has of a module. *error* is the last traceback, if there is one."""

    node: str
    pid: int
    state: ModuleStateName
    generation: int
    version: str
    load_ms: float
    error: str
    updated_at: datetime


class PermissionRead(BaseModel):
    """What a module asks for, and why, in its author's words."""

    name: str
    reason: str


class ModuleRead(BaseModel):
    """A module: what it says of itself, what was asked for, and what each process has."""

    id: str
    name: str
    version: str
    description: str
    author: str
    type: Literal["core", "standard", "plugin", "extension"]
    enabled: bool
    switchable: bool
    state: ModuleStateName
    obstacle: ObstacleRead | None
    requires: dict[str, str]
    required_by: list[str]
    optional: dict[str, str]
    permissions: list[PermissionRead]
    tables: list[str]
    paths: list[str] = Field(description="Where it answers: below /api, and beside it.")
    routes: int
    listens_to: list[str]
    emits: list[str]
    has_settings: bool
    observed: list[ObservedRead]
    generation: int
    changed_by: UUID | None
    changed_at: datetime | None


class ModuleList(BaseModel):
    """Every module that was found, in the order in which they need each other."""

    items: list[ModuleRead]
    next: None = None


class Switched(BaseModel):
    """The module after the change, and the ids of all that changed."""

    module: ModuleRead
    changed: list[str]
