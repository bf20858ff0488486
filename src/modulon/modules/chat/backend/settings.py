"""What an operator may set."""

from pydantic import Field

from modulon.sdk import ModuleSettings


class Settings(ModuleSettings):
    """Limits of a run, titles, and how long deleted conversations are kept."""

    max_seconds: int = Field(
        default=1800, ge=10, le=86_400, title="Longest time of an answer", description="In seconds. It ends there."
    )
    max_characters: int = Field(
        default=2_000_000, ge=1_000, le=50_000_000, title="Longest answer", description="In characters. It ends there."
    )
    max_parallel: int = Field(
        default=500,
        ge=1,
        le=10_000,
        title="Answers at the same time",
        description="In each process of the server; others wait their turn.",
    )
    drain_seconds: int = Field(
        default=10,
        ge=0,
        le=25,
        title="Time to finish when the server stops",
        description="In seconds. Answers that take longer are kept as far as they came, and can be continued.",
    )
    title_by_model: bool = Field(
        default=True,
        title="Let the model name conversations",
        description="After its first answer, by the same model. Off: the first words are the title.",
    )
    keep_deleted_days: int = Field(
        default=30,
        ge=1,
        le=3650,
        title="Days that deleted conversations are kept",
        description="So long they can be restored.",
    )
