"""What other modules may rely on: models by their public name, asked through one service, and the facts told here.

A model's public name is `<provider's slug>/<the vendor's id>`. The bare vendor's id works while exactly one enabled
provider offers it. An id that no provider lists reaches a provider as `<slug>/<id>`, or bare if there is one provider.
"""

import asyncio
import random
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Protocol
from uuid import UUID

from modulon.sdk import Context, Event, HttpResponse
from modulon.sdk.inference import ModelDelta, ModelFailed, ModelPrice, ModelRequest, Usage

MOST_PRICE: Final = 100_000_000
"""No price of a million tokens is higher, in whole units of whatever currency: it would be a slip of the pen."""

ATTEMPTS: Final = 3
"""How often a model is asked whose answer does not begin."""
BACK_OFF_SECONDS: Final = 0.5
LONGEST_WAIT_SECONDS: Final = 20.0
"""Longer than this nobody waits before a first token: whoever asked is told instead."""

Batches = AsyncGenerator[Sequence[ModelDelta], None]
"""An answer as `ModelsService.stream` gives it."""


class Patience:
    """Asking a model again that failed before its answer began; one for each answer."""

    def __init__(self) -> None:
        self._attempt = 1

    async def waits(self, ctx: Context, failure: ModelFailed, **about: str) -> bool:
        """Wait as long as is right before the model is asked again; `False`, at once, if there is no use in it. The log
        says so, with *about*."""
        wait = self._wait_after(failure)
        if wait is None:
            return False
        ctx.log.info("asking again", fault=failure.fault, attempt=self._attempt, **about)
        await asyncio.sleep(wait)
        self._attempt += 1
        return True

    def _wait_after(self, failure: ModelFailed) -> float | None:
        """Seconds, `None` for no use. Full jitter spreads those who failed together."""
        if not failure.retry or self._attempt >= ATTEMPTS:
            return None
        wait = random.uniform(0, BACK_OFF_SECONDS * 2**self._attempt)  # noqa: S311 - spreads load, keeps no secret
        if failure.retry_after is not None:
            wait += failure.retry_after
        return wait if wait <= LONGEST_WAIT_SECONDS else None


async def asked_again(ctx: Context, ask: Callable[[], Batches]) -> Batches:
    """The answer to *ask*, which is asked again while none has begun."""
    patience, begun = Patience(), False
    while True:
        try:
            async with aclosing(ask()) as batches:
                async for batch in batches:
                    begun = True
                    yield batch
            return
        except ModelFailed as failure:
            if begun or not await patience.waits(ctx, failure):
                raise


@dataclass(frozen=True, slots=True)
class ResolvedModel:
    """A model the principal may use now. *id* is the public name, *wire* the provider's type, hence wire format.

    *parameters* are the wire format's own, set by an admin; a request's own win over them. *local* says that the
    provider runs on this machine or network. *price* is that of now, `None` if it is not known: whoever keeps what an
    answer cost reckons it when the answer is there.
    """

    id: str
    name: str
    provider_id: UUID
    provider_name: str
    vendor_id: str
    wire: str
    local: bool
    context_window: int | None
    capabilities: tuple[str, ...]
    parameters: Mapping[str, Any]
    alias: str | None = None
    pinned: bool = False
    price: ModelPrice | None = None


@dataclass(frozen=True, slots=True)
class OfferedModel:
    """A model in a list; *reason* says in a code why it is not *available* at the moment."""

    model: ResolvedModel
    available: bool
    reason: str | None


class ModelUses(Protocol):
    """The extension point for modules whose things are bound to models, so that deleting a provider can say what
    stops working. The name it is provided under says what is counted: `conversations`."""

    async def count(self, ctx: Context, prefix: str) -> int:
        """How many things, whoever's, use a model whose public name begins with *prefix*."""
        ...


class ModelsService(Protocol):
    """Models, as the calling principal may use them."""

    async def resolve(self, public_id: str) -> ResolvedModel:
        """The model of that name. Raises `ModelUnknown` (a `NotFound`): absent and not yours are the same."""
        ...

    async def list(self, q: str = "") -> Sequence[OfferedModel]:
        """The models on offer whose name contains *q*, by provider and name."""
        ...

    def stream(self, model: ResolvedModel, request: ModelRequest) -> Batches:
        """Ask *model*; `request.model` is set to the vendor's id. Usage is recorded. Raises `ModelFailed`."""
        ...

    def forward(self, model: ResolvedModel, path: str, body: bytes) -> AbstractAsyncContextManager[HttpResponse]:
        """Send a JSON request in the provider's own wire format to *path* (`/chat/completions`) and hand back what
        comes, error statuses too. Nothing of *body* is changed but the model's name. Usage is not recorded:
        see `record_usage`. Raises `ModelFailed` if there is no answer."""
        ...

    def explain(self, status: int, headers: Mapping[str, str], body: bytes) -> ModelFailed:
        """What an error answer of `forward` means, in our words."""
        ...

    def record_usage(self, model: ResolvedModel, usage: Usage) -> None:
        """Add one request and its tokens to the provider's figures; written within 250 ms."""
        ...


class ProviderCreated(Event, frozen=True):
    """A provider was added."""

    type: ClassVar[str] = "providers.provider_created"
    notify: ClassVar[bool] = True
    provider_id: UUID


class ProviderUpdated(Event, frozen=True):
    """A provider's name, address, key or state was changed."""

    type: ClassVar[str] = "providers.provider_updated"
    notify: ClassVar[bool] = True
    provider_id: UUID


class ProviderDeleted(Event, frozen=True):
    """A provider and its models were removed."""

    type: ClassVar[str] = "providers.provider_deleted"
    notify: ClassVar[bool] = True
    provider_id: UUID


class ProviderModelsChanged(Event, frozen=True):
    """A provider offers other models than before, or one was enabled, disabled, named, pinned or priced."""

    type: ClassVar[str] = "providers.provider_models_changed"
    notify: ClassVar[bool] = True
    provider_id: UUID


class LocalPortsProbed(Event, frozen=True):
    """An admin had ports of the server's own machine asked for model servers: which, and which of them answered."""

    type: ClassVar[str] = "providers.local_ports_probed"
    asked: tuple[int, ...]
    answered: tuple[int, ...]
