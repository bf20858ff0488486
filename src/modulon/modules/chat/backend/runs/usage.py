"""What answers took, as it is shown: tokens as the provider counted them, and their cost when they were written."""

from dataclasses import dataclass

from modulon.sdk import Money


@dataclass(frozen=True, slots=True)
class CostRead:
    """An amount of money: a decimal text of *currency*."""

    amount: str
    currency: str


@dataclass(frozen=True, slots=True)
class UsageRead:
    """Tokens the provider counted. The cost is that of the time of the answer; `null`: no price was known."""

    input_tokens: int
    output_tokens: int
    cost: CostRead | None = None


@dataclass(frozen=True, slots=True)
class ModelUsage:
    """What one model read and wrote in a conversation, in tokens as its provider counted them. *uncounted* are its
    runs for which the provider gave no figures, *unpriced* those with figures but without a known price; *costs* are
    those of the others, one for each currency."""

    model: str
    runs: int
    uncounted: int
    input_tokens: int
    output_tokens: int
    unpriced: int
    costs: tuple[CostRead, ...]


@dataclass(frozen=True, slots=True)
class ConversationUsage:
    """Tokens and cost of a conversation, with all branches and attempts: by model, and what it cost altogether."""

    items: tuple[ModelUsage, ...]
    unpriced: int
    costs: tuple[CostRead, ...]


def cost_read(cost: Money | None) -> CostRead | None:
    """A cost as it is shown."""
    return None if cost is None else CostRead(cost.amount, cost.currency)


def usage_read(read: int | None, written: int | None, cost: int | None, currency: str | None) -> UsageRead | None:
    """Stored figures as they are shown; `None` if there are none."""
    if read is None and written is None:
        return None
    known = None if cost is None or not currency else Money(cost, currency)
    return UsageRead(read or 0, written or 0, cost_read(known))
