"""What an operator may set."""

from pydantic import Field

from modulon.sdk import ModuleSettings


class Settings(ModuleSettings):
    """How long providers are waited for."""

    first_byte_seconds: int = Field(
        default=300, ge=1, le=3600, description="Time a model has to begin its answer, in seconds"
    )
    idle_seconds: int = Field(
        default=120, ge=1, le=3600, description="Silence in the middle of an answer that ends it, in seconds"
    )
