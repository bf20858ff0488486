"""Preferences: kept for each person; an administrator's value at the system's scope counts for who chose none."""

from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from modulon.sdk import ModuleSettings

MOST_SHORTCUTS: Final = 300

Theme = Literal["system", "light", "dark"]
Density = Literal["comfortable", "compact"]
Language = Annotated[str, StringConstraints(pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3})?$", max_length=35)]
CommandId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_.:/-]+$", max_length=120)]
Combination = Annotated[str, StringConstraints(pattern=r"^(((Mod|Alt|Shift)\+)*[^\s+]{1,20})?$", max_length=60)]


class Preferences(ModuleSettings):
    """How the interface looks, speaks and listens for one person."""

    scopes = ("system", "user")

    theme: Theme = Field(default="system", description="Light, dark, or as the system has it")
    density: Density = Field(default="comfortable", description="How much fits on the screen")
    language: Language = Field(default="", description="A language tag, or empty: the browser's")
    shortcuts_on: bool = Field(default=True, description="Whether keyboard shortcuts do anything")
    shortcuts: dict[CommandId, Combination] = Field(
        default={}, max_length=MOST_SHORTCUTS, description="Keys by command; an empty one takes a command's key away"
    )
