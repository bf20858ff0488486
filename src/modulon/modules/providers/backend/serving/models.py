"""The service other modules use: models by name, asked as the calling principal may."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from dataclasses import replace
from uuid import UUID

import msgspec

from modulon.modules.providers.backend.contract import OfferedModel, ResolvedModel
from modulon.modules.providers.backend.errors import ModelUnknown, Paused, TypeUnknown
from modulon.modules.providers.backend.wire.asking import first_byte, headers_for, idle
from modulon.modules.providers.backend.wire.faults import fault_of, fault_of_connection, read_error
from modulon.sdk import BuiltInProvider, Context, HttpResponse, UpstreamFailed
from modulon.sdk.inference import ModelDelta, ModelFailed, ModelProvider, ModelRequest, Usage

from .runtime import runtime
from .snapshot import Snapshot
from .view import View

_fields = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_encode = msgspec.json.Encoder().encode


class Models:
    """The contract's `ModelsService` for one context."""

    __slots__ = ("_ctx",)

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def resolve(self, public_id: str) -> ResolvedModel:
        return (await self._view()).resolve(public_id)

    async def list(self, q: str = "") -> Sequence[OfferedModel]:
        offers = _now((await self._view()).offers, runtime.breakers.paused())
        wanted = q.casefold().split()
        if not wanted:
            return offers
        return [offer for offer in offers if all(word in _searched(offer) for word in wanted)]

    async def stream(self, model: ResolvedModel, request: ModelRequest) -> AsyncGenerator[Sequence[ModelDelta], None]:
        snapshot = await self._snapshot(model)
        point = BuiltInProvider if snapshot.source.built_in else ModelProvider
        provider = self._ctx.implementations(point).get(model.wire)
        if provider is None:
            raise TypeUnknown
        request = msgspec.structs.replace(
            request, model=model.vendor_id, parameters={**model.parameters, **request.parameters}
        )
        usage: Usage | None = None
        try:
            with runtime.breakers.watch(model.provider_id) as attempt:
                batches = provider.stream(self._ctx, snapshot.connection, request)
                async with aclosing(batches):  # pyright: ignore[reportArgumentType]
                    async for batch in batches:
                        attempt.begin()
                        usage = next((delta for delta in batch if isinstance(delta, Usage)), usage or Usage())
                        yield batch
        finally:
            if usage is not None and not snapshot.source.built_in:  # something was answered by somebody else
                self.record_usage(model, usage)

    def forward(self, model: ResolvedModel, path: str, body: bytes) -> AbstractAsyncContextManager[HttpResponse]:
        return self._forwarded(model, path, body)

    def explain(self, status: int, headers: Mapping[str, str], body: bytes) -> ModelFailed:
        return fault_of(status, headers, read_error(body))

    def record_usage(self, model: ResolvedModel, usage: Usage) -> None:
        runtime.usage.add(model.provider_id, model.vendor_id, usage, model.price)

    @asynccontextmanager
    async def _forwarded(self, model: ResolvedModel, path: str, body: bytes) -> AsyncIterator[HttpResponse]:
        connection = (await self._snapshot(model)).connection
        exchange = self._ctx.http.request(
            "POST",
            connection.endpoint + path,
            headers=headers_for(connection),
            body=with_model(body, model.vendor_id),
            allow=connection.allow,
            read_timeout=first_byte(connection),
            idle_timeout=idle(connection),
        )
        with runtime.breakers.watch(model.provider_id) as attempt:
            try:
                async with exchange as response:
                    attempt.answered(response.status, response.headers)
                    yield response
            except UpstreamFailed as problem:
                raise fault_of_connection(problem) from problem

    async def _view(self) -> View:
        return runtime.catalog.fresh(self._ctx.principal) or await runtime.catalog.view(self._ctx)

    async def _snapshot(self, model: ResolvedModel) -> Snapshot:
        """The model's provider as it is now, if the principal may still use it."""
        snapshot = (await self._view()).snapshots.get(model.provider_id)
        if snapshot is None:
            raise ModelUnknown
        return snapshot


def with_model(body: bytes, vendor_id: str) -> bytes:
    """A request's body with another model and every other byte of its values as it was."""
    fields = _fields(body)
    fields["model"] = msgspec.Raw(_encode(vendor_id))
    return _encode(fields)


def _now(offers: Sequence[OfferedModel], paused: frozenset[UUID]) -> Sequence[OfferedModel]:
    """The offers, those of providers that are left alone at the moment not available."""
    if not paused:
        return offers
    return [
        replace(offer, available=False, reason=Paused.code) if offer.model.provider_id in paused else offer
        for offer in offers
    ]


def _searched(offer: OfferedModel) -> str:
    model = offer.model
    return f"{model.id} {model.name} {model.provider_name} {model.alias or ''}".casefold()
