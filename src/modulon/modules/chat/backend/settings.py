"""What an operator may set."""

from pydantic import Field

from modulon.sdk import ModuleSettings


class Settings(ModuleSettings):
    """Limits of a run."""

    max_seconds: int = Field(1800, ge=10, le=86_400, description="Longest time an answer may take, in seconds")
    max_characters: int = Field(2_000_000, ge=1_000, le=50_000_000, description="Longest answer, in characters")
    max_parallel: int = Field(500, ge=1, le=10_000, description="Answers written at the same time in one process")
    drain_seconds: int = Field(10, ge=0, le=25, description="How long running answers may go on when the server stops")
