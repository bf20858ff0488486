"""Settings: a pydantic model that becomes a JSON Schema and a form.

    class Settings(ModuleSettings):
        page_size: int = Field(default=50, ge=1, le=200, description="Conversations a page")

Declare it with `module.settings(Settings)`; read it with `await ctx.settings.read(Settings)`.
"""

from typing import Any, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, SecretStr

Secret = SecretStr
"""A field kept in the vault: write-only in the interface, redacted in logs."""

SettingScope = Literal["system", "workspace", "user"]


class ModuleSettings(BaseModel):
    """Base of a module's settings. Every field has a default and a description."""

    model_config = ConfigDict(extra="forbid", frozen=True)


S = TypeVar("S", bound=ModuleSettings)


class SettingsStore(Protocol):
    """The module's settings as the context's principal sees them: user over workspace over system over default."""

    async def read(self, settings: type[S]) -> S:
        """The effective values."""
        ...

    async def write(self, scope: SettingScope, key: str, value: Any) -> None:
        """Set one value (`None` returns to what lies below); validated first. `system` needs an admin."""
        ...
