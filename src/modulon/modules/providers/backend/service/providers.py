"""The rules of providers: who adds and changes them, when a key is forgotten, which models are enabled."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from modulon.modules.providers.backend import store
from modulon.modules.providers.backend.contract import (
    ProviderCreated,
    ProviderDeleted,
    ProviderModelsChanged,
    ProviderUpdated,
)
from modulon.modules.providers.backend.errors import ProviderNameTaken, ProviderUnknown, TypeUnknown
from modulon.modules.providers.backend.schemas import ProviderChange, ProviderCreate, Refreshed
from modulon.modules.providers.backend.serving import built_in
from modulon.modules.providers.backend.serving.health import Trial, tried
from modulon.modules.providers.backend.serving.names import normal_endpoint, same_origin, slug_of
from modulon.modules.providers.backend.serving.runtime import runtime
from modulon.modules.providers.backend.serving.snapshot import place_of_key
from modulon.modules.providers.backend.store import ModelRow, ProviderRow
from modulon.sdk import Context, ModelProvider, Stale, Write, new_id
from modulon.sdk.identity import SYSTEM_WORKSPACE
from modulon.sdk.storage import name_key, now

from .listed import differs, new_model, told

LONG_ENOUGH_FOR_A_HINT: Final = 12
"""A key shorter than this is not shown even in part."""


class Providers:
    """Providers as the context's principal may see and change them."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def page(self, after: UUID, limit: int) -> Sequence[ProviderRow]:
        """Providers in the order they were added."""
        async with self._ctx.db.read() as db:
            return await db.all(store.PAGE, {"after": after, "limit": limit})

    async def all(self) -> Sequence[ProviderRow]:
        """Every provider the principal may use."""
        found: list[ProviderRow] = []
        while page := await self.page(found[-1].id if found else store.FIRST_ID, 200):
            found += page
        return found

    async def get(self, provider_id: UUID) -> ProviderRow:
        """One provider. Raises `ProviderUnknown`."""
        async with self._ctx.db.read() as db:
            found = await db.first(store.VISIBLE, {"provider_id": provider_id})
        if found is None:
            raise ProviderUnknown
        return found

    async def create(self, wanted: ProviderCreate) -> ProviderRow:
        """Add a provider for everybody and ask it for its models; one that does not answer is kept all the same."""
        ctx = await as_keeper(self._ctx)
        self._check_type(wanted.type)
        provider_id, at = new_id(), now()
        key = wanted.api_key.get_secret_value() if wanted.api_key else None
        values: dict[str, Any] = {
            "id": provider_id,
            "name": wanted.name,
            "name_key": name_key(wanted.name),
            "slug": await self._free_slug(ctx, wanted.name),
            "type": wanted.type,
            "endpoint": normal_endpoint(wanted.endpoint),
            **self._sealed(provider_id, key),
            "enabled": wanted.enabled,
            "config": {},
            "health_state": "unknown",
            "revision": 1,
            "created_at": at,
            "updated_at": at,
        }
        async with ctx.db.write() as tx:
            tx.run(store.ADD, values, otherwise=ProviderNameTaken(at="/name"))
            tx.emit(ProviderCreated(provider_id), key=str(provider_id))
        runtime.catalog.forget()
        await self.refresh(provider_id, tolerant=True)
        return await self.editable(ctx, provider_id)

    async def change(self, provider_id: UUID, wanted: ProviderChange | ProviderCreate, if_match: str) -> ProviderRow:
        """Change what is given. An address that leads elsewhere forgets the key, lest it be sent there."""
        ctx = await as_keeper(self._ctx)
        row = await self.editable(ctx, provider_id)
        if if_match and if_match != etag(row):
            raise Stale
        values = self._changes(row, wanted)
        if values:
            try:
                async with ctx.db.write() as tx:
                    self._set(tx, row, values, otherwise=ProviderNameTaken(at="/name"))
                    tx.emit(ProviderUpdated(provider_id), key=str(provider_id))
            except ProviderNameTaken:
                # The same refusal tells of a name and of somebody who was faster.
                if (await self.editable(ctx, provider_id)).revision != row.revision:
                    raise Stale from None
                raise
            runtime.forget(provider_id)
        return await self.editable(ctx, provider_id)

    async def remove(self, provider_id: UUID) -> None:
        """Remove a provider, its models and its figures."""
        ctx = await as_keeper(self._ctx)
        async with ctx.db.write() as tx:
            tx.run(store.REMOVE, {"provider_id": provider_id}, expect=1, otherwise=ProviderUnknown())
            tx.emit(ProviderDeleted(provider_id), key=str(provider_id))
        runtime.forget(provider_id)

    async def test(self, provider_id: UUID) -> ProviderRow:
        """Try the provider out and remember how it went."""
        ctx = await as_keeper(self._ctx)
        row = await self.editable(ctx, provider_id)
        trial = await tried(ctx, row)
        async with ctx.db.write() as tx:
            self._note(tx, row, trial)
        if trial.failure is None:
            runtime.forget(provider_id)
        else:
            runtime.catalog.forget()
        return await self.editable(ctx, provider_id)

    async def refresh(self, provider_id: UUID, *, tolerant: bool = False) -> Refreshed:
        """Ask the provider for its models. The first ones are enabled, those that come later are not.

        Raises `ModelFailed` if it does not answer, unless *tolerant*.
        """
        ctx = await as_keeper(self._ctx)
        row = await self.editable(ctx, provider_id)
        trial = await tried(ctx, row)
        async with ctx.db.read() as db:
            known = {model.model_id: model for model in await db.all(store.MODELS, {"provider_id": provider_id})}
        result = Refreshed(added=0, removed=0, total=len(known))
        async with ctx.db.write() as tx:
            if trial.failure is None:
                result = self._take_over(tx, row, known, trial)
            else:
                self._note(tx, row, trial)
        runtime.catalog.forget()
        if trial.failure is not None and not tolerant:
            raise trial.failure
        return result

    async def toggle(self, provider_id: UUID, model_id: UUID, *, enabled: bool) -> ModelRow:
        """Enable or disable one model."""
        ctx = await as_keeper(self._ctx)
        await self.editable(ctx, provider_id)
        which = {"provider_id": provider_id, "model": model_id}
        async with ctx.db.read() as db:
            found = await db.one(store.MODEL, which)
        if found.enabled != enabled:
            async with ctx.db.write() as tx:
                tx.run(store.TOUCH, {"provider_id": provider_id, "updated_at": now()}, expect=1)
                tx.run(store.CHANGE_MODEL, {"model": model_id, "enabled": enabled}, expect=1)
                tx.emit(ProviderModelsChanged(provider_id), key=str(provider_id))
            runtime.catalog.forget()
        async with ctx.db.read() as db:
            return await db.one(store.MODEL, which)

    async def editable(self, ctx: Context, provider_id: UUID) -> ProviderRow:
        """The provider, if the principal of *ctx* may change it. Raises `ProviderUnknown`."""
        async with ctx.db.read() as db:
            found = await db.first(store.EDITABLE, {"provider_id": provider_id})
        if found is None:
            raise ProviderUnknown
        return found

    async def _free_slug(self, ctx: Context, name: str) -> str:
        async with ctx.db.read() as db:
            taken = await db.all(store.SLUGS, {"start": slug_of(name)})
        return slug_of(name, frozenset(taken) | built_in.names(ctx))

    def _check_type(self, wanted: str) -> None:
        if wanted not in self._ctx.implementations(ModelProvider):
            raise TypeUnknown(at="/type")

    def _sealed(self, provider_id: UUID, key: str | None) -> dict[str, str | None]:
        if key is None:
            return {"api_key_encrypted": None, "key_hint": None}
        hint = key[-4:] if len(key) >= LONG_ENOUGH_FOR_A_HINT else None
        return {"api_key_encrypted": self._ctx.secrets.seal(key, place_of_key(provider_id)), "key_hint": hint}

    def _changes(self, row: ProviderRow, wanted: ProviderChange | ProviderCreate) -> dict[str, Any]:
        """The columns to set. `None` stands for "not given", save for the key."""
        values: dict[str, Any] = {}
        if wanted.name is not None:
            values |= {"name": wanted.name, "name_key": name_key(wanted.name)}
        if wanted.type is not None and wanted.type != row.type:
            self._check_type(wanted.type)
            values["type"] = wanted.type
        if wanted.enabled is not None:
            values["enabled"] = wanted.enabled
        if wanted.endpoint is not None:
            values["endpoint"] = normal_endpoint(wanted.endpoint)
            if not same_origin(values["endpoint"], row.endpoint):
                values |= self._sealed(row.id, None)
        if "api_key" in wanted.model_fields_set:
            values |= self._sealed(row.id, wanted.api_key.get_secret_value() if wanted.api_key else None)
        return values

    def _set(self, tx: Write, row: ProviderRow, values: dict[str, Any], **options: Any) -> None:
        """Set columns of the provider as a new revision, if it is still the one that was read."""
        seen = {"provider_id": row.id, "seen": row.revision}
        options.setdefault("otherwise", Stale())  # it was there a moment ago: someone else was faster
        tx.run(store.CHANGE, {**seen, "revision": row.revision + 1, "updated_at": now(), **values}, expect=1, **options)

    def _note(self, tx: Write, row: ProviderRow, trial: Trial) -> None:
        """Remember how a trial went. It is a new revision only if the provider's state has changed by it."""
        health = _health(trial)
        if trial.state != row.health_state:
            self._set(tx, row, health)
            tx.emit(ProviderUpdated(row.id), key=str(row.id))
        else:
            seen = {"provider_id": row.id, "seen": row.revision}
            tx.run(store.CHANGE, {**seen, **health}, expect=1, otherwise=Stale())

    def _take_over(self, tx: Write, row: ProviderRow, known: dict[str, ModelRow], trial: Trial) -> Refreshed:
        """Make the stored models those of *trial*."""
        offered = {model.id: model for model in trial.models}
        added = [new_model(row.id, model, enabled=not known) for model in offered.values() if model.id not in known]
        gone = [{"model": model.id} for model in known.values() if model.model_id not in offered]
        changed = [
            {"model": known[model.id].id, **told(model, known[model.id])}
            for model in offered.values()
            if model.id in known and differs(known[model.id], model)
        ]
        self._set(tx, row, _health(trial))
        tx.run(store.ADD_MODEL, added)
        tx.run(store.REMOVE_MODEL, gone, expect=1)
        tx.run(store.CHANGE_MODEL, changed, expect=1)
        if added or gone or changed:
            tx.emit(ProviderModelsChanged(row.id), key=str(row.id))
        return Refreshed(added=len(added), removed=len(gone), total=len(offered))


async def as_keeper(ctx: Context) -> Context:
    """The principal in the system workspace, whose providers everybody uses. Its grants decide what it may do."""
    principal = ctx.principal
    if principal.workspace == SYSTEM_WORKSPACE or principal.user is None:
        return ctx
    return await ctx.on_behalf_of(principal.user, SYSTEM_WORKSPACE)


def etag(row: ProviderRow) -> str:
    """The entity tag of a provider's present state."""
    return f'"{row.revision}"'


def _health(trial: Trial) -> dict[str, Any]:
    return {
        "health_state": trial.state,
        "health_checked_at": now(),
        "health_latency_ms": trial.latency_ms,
        "health_error": trial.error,
    }
