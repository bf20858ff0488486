"""Shapes of requests and answers."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from modulon.sdk.modules import ModuleStateName, ObstacleCode
from modulon.sdk.settings import SettingScope


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
    """What one process has of a module, and saw of it since its start. *error* is the last traceback, if there is
    one."""

    node: str
    pid: int
    state: ModuleStateName
    generation: int
    version: str
    load_ms: float
    requests: int = Field(description="Requests answered.")
    errors: int = Field(description="Those of them that failed by a fault of the server.")
    p95_ms: float = Field(description="Within how long 95 of 100 were answered, streams left out.")
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
    icon: str = Field(description="Of its first page that has one.")
    enabled: bool
    shipped: bool = Field(description="Whether it came with Modulon.")
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
    scopes: list[SettingScope] = Field(description="The scopes at which it has settings.")
    observed: list[ObservedRead]
    generation: int
    changed_by: UUID | None
    changed_by_name: str | None = Field(description="Nothing for the command line, or an account that is gone.")
    changed_at: datetime | None


class ModuleList(BaseModel):
    """Every module that was found, in the order in which they need each other."""

    items: list[ModuleRead]
    next: None = None


class SettingRead(BaseModel):
    """One setting at one scope: what counts there, where that comes from, and what values fit (a JSON schema). A secret
    has no value to read."""

    key: str
    schema_: dict[str, Any] = Field(serialization_alias="schema")
    value: Any
    source: Literal["default", "system", "workspace", "user"]
    own: bool = Field(description="Whether it is set at this very scope.")
    secret: bool


class SettingList(BaseModel):
    """A module's settings at one scope."""

    scope: SettingScope
    items: list[SettingRead]


class SettingsUpdate(BaseModel):
    """Values to set, by name; `null` returns to what lies below. All or none."""

    model_config = ConfigDict(extra="forbid")

    scope: SettingScope
    values: Annotated[dict[str, Any], Field(min_length=1, max_length=200)]


class SettingChangeRead(BaseModel):
    """One change. A secret's values are not told."""

    key: str
    old: Any
    new: Any
    changed_by: UUID | None
    changed_by_name: str | None = Field(description="Nothing for the command line, or an account that is gone.")
    changed_at: datetime


class SettingHistory(BaseModel):
    """The last changes at one scope, newest first."""

    scope: SettingScope
    items: list[SettingChangeRead]


class ModulesSwitched(BaseModel):
    """The module after the change, and the ids of all that changed."""

    module: ModuleRead
    changed: list[str]
