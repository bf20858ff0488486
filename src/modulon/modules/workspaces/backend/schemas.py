"""Shapes of requests and answers."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from modulon.sdk import Shown

Name = Annotated[str, Field(min_length=1, max_length=100), Shown]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WorkspaceCreate(_Body):
    """A new workspace."""

    name: Name


class WorkspaceUpdate(_Body):
    """What changes; what is left out stays as it is."""

    name: Name | None = None


class WorkspaceRead(BaseModel):
    """A workspace and the caller's role in it."""

    id: UUID
    name: str
    personal: bool
    role: Literal["viewer", "editor", "manager"]
    created_at: datetime
    updated_at: datetime


class WorkspaceList(BaseModel):
    """The workspaces the caller is a member of."""

    items: list[WorkspaceRead]
    next: None = None
