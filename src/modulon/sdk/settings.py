"""Settings: a pydantic model that becomes a JSON Schema and a form.

    class Settings(ModuleSettings):
        page_size: int = Field(default=50, ge=1, le=200, description="Conversations a page")

Declare it with `module.settings(Settings)`; read it with `await ctx.settings.read(Settings)`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal, Protocol, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, SecretStr

from .events import Event

Secret = SecretStr
"""A field kept in the vault: write-only in the interface, redacted in logs."""

SettingScope = Literal["system", "workspace", "user"]


class ModuleSettings(BaseModel):
    """Base of a module's settings. Every field has a default and a description. *scopes* are those at which values are
    looked for and may be set; `user` settings of a module have their own place in the interface or none."""

    scopes: ClassVar[tuple[SettingScope, ...]] = ("system",)
    model_config = ConfigDict(extra="forbid", frozen=True)


S = TypeVar("S", bound=ModuleSettings)


@dataclass(frozen=True, slots=True)
class SettingView:
    """One setting at one scope. *schema* is its part of the JSON schema, with a default; *value* what counts there,
    from *source*; *own* whether it is set at this very scope. A *secret* has no value, only `own`."""

    key: str
    schema: Mapping[str, Any]
    value: Any
    source: Literal["default", "system", "workspace", "user"]
    own: bool
    secret: bool


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One change: *old* and *new* are `None` where there was no value; a secret's are `None` always."""

    key: str
    old: Any
    new: Any
    changed_by: UUID | None
    changed_at: datetime


class SettingsChanged(Event, frozen=True):
    """Settings of a module were changed for the whole system or for a workspace."""

    type: ClassVar[str] = "core.settings_changed"
    module_id: str
    scope: SettingScope
    keys: tuple[str, ...]


class SettingsStore(Protocol):
    """The module's settings as the context's principal sees them: user over workspace over system over default."""

    async def read(self, settings: type[S]) -> S:
        """The effective values."""
        ...

    async def write(self, scope: SettingScope, key: str, value: Any) -> None:
        """Set one value (`None` returns to what lies below); validated first. `system` needs an admin."""
        ...

    async def change(self, scope: SettingScope, values: Mapping[str, Any]) -> None:
        """Set several values, all or none."""
        ...

    async def view(self, scope: SettingScope) -> Sequence[SettingView]:
        """Every setting as it counts at *scope*, for who may set it there. Raises `Denied` for others."""
        ...

    async def history(self, scope: SettingScope) -> Sequence[SettingChange]:
        """The last changes at *scope*, newest first, for who may set values there. A person's own are not kept."""
        ...
