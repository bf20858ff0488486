"""What an operator may set."""

from pydantic import Field

from modulon.sdk import ModuleSettings


class Settings(ModuleSettings):
    """How long providers are waited for."""

    first_byte_seconds: int = Field(
        default=300,
        ge=1,
        le=3600,
        title="Time to begin an answer",
        description="In seconds. A model on the same machine may have to be loaded first.",
    )
    idle_seconds: int = Field(
        default=120,
        ge=1,
        le=3600,
        title="Longest silence within an answer",
        description="In seconds. After it the answer ends; what came is kept.",
    )
