"""Shapes of preferences."""

from pydantic import BaseModel, ConfigDict

from modulon.modules.accounts.backend.settings import Combination, CommandId, Density, Language, Theme


class PreferencesRead(BaseModel):
    """What counts for the caller."""

    model_config = ConfigDict(from_attributes=True)

    theme: Theme
    density: Density
    language: Language
    shortcuts_on: bool
    shortcuts: dict[CommandId, Combination]


class PreferencesChange(BaseModel):
    """What shall be other; `null` returns to the default."""

    model_config = ConfigDict(extra="forbid")

    theme: Theme | None = None
    density: Density | None = None
    language: Language | None = None
    shortcuts_on: bool | None = None
    shortcuts: dict[CommandId, Combination] | None = None
