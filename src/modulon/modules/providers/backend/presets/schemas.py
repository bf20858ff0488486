"""What the interface is told about presets and about servers on this machine."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from .known import LONGEST_KEY


class PresetRead(BaseModel):
    """A provider people use. `shape` is an expression its keys match; an address that is not `complete` has a part
    in angle brackets that the person fills in. `probe` says that a look around this machine asks for it."""

    slug: str
    name: str
    endpoint: str
    complete: bool
    key: Literal["none", "optional", "needed"]
    shape: str | None
    key_url: str | None
    local: bool
    probe: bool


class PresetPage(BaseModel):
    """All presets."""

    items: list[PresetRead]
    next: None = None


class KeyShown(BaseModel):
    """A key whose vendor is wanted. It is looked at and not kept."""

    model_config = ConfigDict(extra="forbid")

    api_key: Annotated[SecretStr, Field(min_length=1, max_length=LONGEST_KEY)]


class Recognised(BaseModel):
    """The presets a key may belong to: one is certain, several must be asked about, none is unknown."""

    presets: list[str]


class FoundServer(BaseModel):
    """A server on this machine: at most ten of its models by name, and how many there are."""

    preset: str
    name: str
    endpoint: str
    latency_ms: int
    needs_key: bool
    models: list[str]
    total: int
    provider: str | None


class LookAround(BaseModel):
    """What was found; `asked` are the ports, ours left out."""

    asked: list[int]
    found: list[FoundServer]
