"""What a conversation took so far."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from modulon.modules.chat.backend.runs.usage import ConversationUsage, CostRead, ModelUsage
from modulon.modules.chat.backend.store import usage as store
from modulon.sdk import Context
from modulon.sdk.money import amount_of

from .conversations import read_conversation


async def usage(ctx: Context, conversation_id: UUID) -> ConversationUsage:
    """What the conversation took so far. The short call for its title is in the provider's figures, not here."""
    await read_conversation(ctx, conversation_id)
    which = {"conversation": conversation_id}
    async with ctx.db.read() as db:
        rows = [*await db.all(store.OF_RUNS, which), *await db.all(store.OF_TAKEN_IN, which)]
    models = sorted({row.model for row in rows})
    items = tuple(_of_model(model, [row for row in rows if row.model == model]) for model in models)
    return ConversationUsage(items, sum(one.unpriced for one in items), _costs(rows))


def _of_model(model: str, rows: Sequence[store.UsageRow]) -> ModelUsage:
    return ModelUsage(
        model,
        sum(row.runs for row in rows),
        sum(row.uncounted for row in rows),
        sum(row.input_tokens for row in rows),
        sum(row.output_tokens for row in rows),
        sum(row.unpriced for row in rows),
        _costs(rows),
    )


def _costs(rows: Iterable[store.UsageRow]) -> tuple[CostRead, ...]:
    """The sums of what was priced, by currency: amounts of two are never added."""
    sums: dict[str, int] = {}
    for row in rows:
        if row.cost is not None and row.currency:
            sums[row.currency] = sums.get(row.currency, 0) + row.cost
    return tuple(CostRead(amount_of(sums[currency]), currency) for currency in sorted(sums))
