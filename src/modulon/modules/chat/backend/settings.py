"""What an operator may set."""

from pydantic import Field

from modulon.sdk import ModuleSettings


class Settings(ModuleSettings):
    """Limits of a run, titles, and how long deleted conversations are kept."""

    max_seconds: int = Field(default=1800, ge=10, le=86_400, description="Longest time of an answer, in seconds")
    max_characters: int = Field(default=2_000_000, ge=1_000, le=50_000_000, description="Longest answer, in characters")
    max_parallel: int = Field(default=500, ge=1, le=10_000, description="Answers at the same time in one process")
    drain_seconds: int = Field(
        default=10, ge=0, le=25, description="Time running answers get when the server stops, in seconds"
    )
    title_by_model: bool = Field(
        default=True, description="Have the model name a new conversation after its first answer; off: its first words"
    )
    keep_deleted_days: int = Field(
        default=30, ge=1, le=3650, description="Days for which a deleted conversation can be restored"
    )
