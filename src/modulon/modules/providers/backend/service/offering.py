"""The rules of one provider's models: which are offered, under which names, and which stand first."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from modulon.modules.providers.backend import store
from modulon.modules.providers.backend.contract import ModelUses, ProviderModelsChanged
from modulon.modules.providers.backend.errors import AliasTaken
from modulon.modules.providers.backend.schemas import Consequences, ModelChange, ModelSwitch
from modulon.modules.providers.backend.serving.runtime import runtime
from modulon.modules.providers.backend.store import ModelRow
from modulon.sdk import Context
from modulon.sdk.storage import now

from .prices import price_set
from .providers import Providers, as_keeper

WORDS = 4
"""So many words of a search are looked for; more narrow nothing down."""


class ProviderModels:
    """The models of one provider as the context's principal may see and change them."""

    def __init__(self, ctx: Context, provider_id: UUID) -> None:
        self._ctx = ctx
        self._id = provider_id

    async def page(self, q: str, shown: str, after: str, limit: int) -> Sequence[ModelRow]:
        """Those with every word of *q* in their names, by the vendor's id. Raises `ProviderUnknown`."""
        await Providers(self._ctx).get(self._id)
        words = _words(q)
        asked: dict[str, Any] = {f"word{index}": word for index, word in enumerate(words)}
        asked |= {"provider_id": self._id, "after": after, "limit": limit}
        asked |= {"on": shown != "off", "off": shown != "on"}
        async with self._ctx.db.read() as db:
            return await db.all(store.MODELS_PAGE, asked)

    async def change(self, model_id: UUID, wanted: ModelChange) -> ModelRow:
        """Change what is given. Raises `AliasTaken`."""
        ctx = await as_keeper(self._ctx)
        which = {"provider_id": self._id, "model": model_id}
        await Providers(self._ctx).editable(ctx, self._id)
        async with ctx.db.read() as db:
            await db.one(store.MODEL, which)
        values = {name: getattr(wanted, name) for name in wanted.model_fields_set - {"price"}}
        if "price" in wanted.model_fields_set:
            values |= price_set(wanted.price)
        if values:
            async with ctx.db.write() as tx:
                tx.run(store.TOUCH, {"provider_id": self._id, "updated_at": now()}, expect=1)
                taken = AliasTaken(at="/alias")
                tx.run(store.CHANGE_MODEL, {"model": model_id, **values}, expect=1, otherwise=taken)
                tx.emit(ProviderModelsChanged(self._id), key=str(self._id))
            runtime.catalog.forget()
        async with ctx.db.read() as db:
            return await db.one(store.MODEL, which)

    async def switch(self, wanted: ModelSwitch) -> int:
        """Enable or disable many in one unit: those named, or all that a search finds. How many were changed."""
        ctx = await as_keeper(self._ctx)
        await Providers(self._ctx).editable(ctx, self._id)
        async with ctx.db.read() as db:
            models = await db.all(store.MODELS, {"provider_id": self._id})
        named = None if wanted.models is None else frozenset(wanted.models)
        words = wanted.q.casefold().split()
        chosen = [
            {"model": model.id, "enabled": wanted.enabled}
            for model in models
            if model.enabled != wanted.enabled
            and (model.id in named if named is not None else all(word in _searched(model) for word in words))
        ]
        if chosen:
            async with ctx.db.write() as tx:
                tx.run(store.TOUCH, {"provider_id": self._id, "updated_at": now()}, expect=1)
                tx.run(store.CHANGE_MODEL, chosen, expect=1)
                tx.emit(ProviderModelsChanged(self._id), key=str(self._id))
            runtime.catalog.forget()
        return len(chosen)

    async def consequences(self) -> Consequences:
        """What would stop working without the provider: its models, their own names, what is bound to them."""
        ctx = await as_keeper(self._ctx)
        row = await Providers(self._ctx).editable(ctx, self._id)
        async with ctx.db.read() as db:
            models = await db.all(store.MODELS, {"provider_id": self._id})
        uses = ctx.implementations(ModelUses)
        return Consequences(
            models=len(models),
            enabled=row.models_enabled,
            names=[model.model_name for model in models if model.enabled][:5],
            aliases=[model.alias for model in models if model.alias],
            used={kind: await counter.count(ctx, f"{row.slug}/") for kind, counter in uses.items()},
        )


def _words(q: str) -> list[str]:
    """Patterns for the words of a search, filled up with ones that fit everything."""
    escaped = q.casefold().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    words = [f"%{word}%" for word in escaped.split()][:WORDS]
    return words + ["%"] * (WORDS - len(words))


def _searched(model: ModelRow) -> str:
    return f"{model.model_id} {model.model_name} {model.alias or ''}".casefold()
