"""What the interface sends and receives. A key goes in and never comes out."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, SecretStr, StringConstraints

from modulon.sdk import Shown
from modulon.sdk.money import AMOUNT, CURRENCY, MICRO, micros_of

from .contract import MOST_PRICE
from .errors import PriceHigh


def _rfc3339(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _sensible(amount: str) -> str:
    if micros_of(amount) > MOST_PRICE * MICRO:
        raise PriceHigh(params={"maximum": MOST_PRICE})
    return amount


Timestamp = Annotated[datetime, PlainSerializer(_rfc3339, return_type=str)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), Shown]
Endpoint = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
ApiKey = Annotated[SecretStr, Field(min_length=1, max_length=4096)]
Amount = Annotated[str, StringConstraints(pattern=AMOUNT), AfterValidator(_sensible)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ProviderCreate(_Request):
    """A new provider. Its models are asked for at once."""

    name: Name
    type: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    endpoint: Endpoint
    api_key: ApiKey | None = None
    enabled: bool = True


class ProviderReplace(ProviderCreate):
    """All that can be set of a provider. A key that is left out stays, unless the address leads to another host."""


class ProviderChange(_Request):
    """What to change (JSON Merge Patch): `api_key` a text sets it, `null` removes it, left out keeps it."""

    name: Name | None = None
    type: Annotated[str, StringConstraints(min_length=1, max_length=60)] | None = None
    endpoint: Endpoint | None = None
    api_key: ApiKey | None = None
    enabled: bool | None = None


class ModelToggle(_Request):
    """Whether people may use the model."""

    enabled: bool


class PriceSet(_Request):
    """What a million tokens cost, in decimal texts of `currency`. Without `cached`, cached tokens cost as much."""

    input: Amount
    output: Amount
    cached: Amount | None = None
    currency: Annotated[str, StringConstraints(pattern=CURRENCY)]


class ModelChange(_Request):
    """What to change of a model (JSON Merge Patch). `alias` is a name of one's own; `null` takes it away. `price` is
    set as a whole; `null` forgets it until the provider's list tells one."""

    enabled: bool = False
    pinned: bool = False
    alias: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")] | None = None
    price: PriceSet | None = None


class ModelSwitch(_Request):
    """Which models to switch: those named, or all that the search `q` finds."""

    enabled: bool
    models: Annotated[list[UUID], Field(max_length=1000)] | None = None
    q: Annotated[str, StringConstraints(max_length=200)] = ""


class Switched(BaseModel):
    """How many models were not as wanted before."""

    changed: int


class Consequences(BaseModel):
    """What stops working when a provider is deleted. `used` counts what is bound to its models, by kind."""

    models: int
    enabled: int
    names: list[str]
    aliases: list[str]
    used: dict[str, int]


class HealthError(BaseModel):
    """Why the last try failed."""

    code: str
    detail: str


class Health(BaseModel):
    """What the last try showed."""

    state: Literal["unknown", "healthy", "failing"]
    checked_at: Timestamp | None
    latency_ms: int | None
    error: HealthError | None


class Breaker(BaseModel):
    """Whether requests are sent: `open` says not for `wait` seconds, after so many `failures` in a row."""

    state: Literal["closed", "open", "half_open"]
    failures: int
    wait: int


class ModelCount(BaseModel):
    """How many models a provider has."""

    total: int
    enabled: int


class ProviderRead(BaseModel):
    """A provider. `endpoint`, `key_hint` and the error's words are for those who may change it."""

    id: UUID
    name: str
    slug: str
    type: str
    endpoint: str | None
    enabled: bool
    key_hint: str | None
    health: Health
    breaker: Breaker
    models: ModelCount
    created_at: Timestamp
    updated_at: Timestamp


class ProviderPage(BaseModel):
    """A page of providers."""

    items: list[ProviderRead]
    next: str | None


class TestResult(BaseModel):
    """The outcome of a test."""

    health: Health


class PriceRead(BaseModel):
    """What a million tokens cost, as decimal texts in `currency`; `0` is free. `cached` is left out where cached
    tokens cost what others do."""

    input: str
    output: str
    cached: str | None
    currency: str


class ProviderModelRead(BaseModel):
    """One model of a provider. `model_id` is the vendor's name for it. Without a `price` it is not known; `price_by`
    says whether an admin set it or the provider lists it."""

    id: UUID
    model_id: str
    model_name: str
    enabled: bool
    context_window: int | None
    capabilities: list[str]
    parameters: dict[str, Any]
    alias: str | None
    pinned: bool
    price: PriceRead | None
    price_by: Literal["admin", "provider"] | None


class ProviderModelPage(BaseModel):
    """A page of a provider's models."""

    items: list[ProviderModelRead]
    next: str | None


class Refreshed(BaseModel):
    """What a refresh found."""

    added: int
    removed: int
    total: int


class ModelProviderRead(BaseModel):
    """Whose model it is."""

    id: UUID
    name: str


class ModelRead(BaseModel):
    """A model on offer. `id` is what requests name it by; `reason` says why it is not `available`. Without a `price` it
    is not known."""

    id: str
    name: str
    provider: ModelProviderRead
    local: bool
    context_window: int | None
    capabilities: list[str]
    alias: str | None
    pinned: bool
    price: PriceRead | None
    available: bool
    reason: str | None


class ModelPage(BaseModel):
    """A page of models on offer."""

    items: list[ModelRead]
    next: str | None
