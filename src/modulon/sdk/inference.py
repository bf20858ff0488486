"""Talking to models: the extension point `ModelProvider` and the data it exchanges.

A provider module implements it once per wire format. Its stream yields *batches* of deltas, one batch for what one
network read brought, because a token's cost is the measure.
"""

from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol
from uuid import UUID

import msgspec

from .errors import UpstreamFailed
from .http import Allowed
from .money import MICRO, Money

if TYPE_CHECKING:
    from .context import Context

SCRIPTED: Final = "scripted"
"""A capability of models that answer from fixed material and follow no instructions: they are not asked for titles or
other small tasks."""

FinishReason = Literal["stop", "length", "tool_calls", "content_filter", "other"]


class TextDelta(msgspec.Struct, frozen=True, gc=False, tag="text"):
    """Some more of the answer's text."""

    text: str


class ReasoningDelta(msgspec.Struct, frozen=True, gc=False, tag="reasoning"):
    """Some more of what the model shows of its thinking."""

    text: str


class ToolCallDelta(msgspec.Struct, frozen=True, gc=False, tag="tool_call"):
    """Part of the tool call at *index*; *arguments* is a fragment of JSON text."""

    index: int
    id: str = ""
    name: str = ""
    arguments: str = ""


class Usage(msgspec.Struct, frozen=True, gc=False, tag="usage"):
    """Tokens counted by the provider."""

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0


class ModelPrice(msgspec.Struct, frozen=True):
    """What a million tokens cost, in micro-units of *currency*; without *cached*, cached ones cost as much as others.
    No price at all means that it is not known; one of 0, that the model is free."""

    input: int
    output: int
    cached: int | None
    currency: str

    def cost(self, usage: Usage) -> Money:
        """What *usage* costs, rounded up: only what is free costs nothing."""
        cached = min(usage.cached_tokens, usage.input_tokens)
        again = self.input if self.cached is None else self.cached
        whole = (usage.input_tokens - cached) * self.input + cached * again + usage.output_tokens * self.output
        return Money(-(-whole // MICRO), self.currency)


class Finish(msgspec.Struct, frozen=True, gc=False, tag="finish"):
    """The provider ended the answer by itself."""

    reason: FinishReason = "stop"


ModelDelta = TextDelta | ReasoningDelta | ToolCallDelta | Usage | Finish


class ToolCall(msgspec.Struct, frozen=True):
    """A complete call in a message sent back to the model."""

    id: str
    name: str
    arguments: str


class ModelMessage(msgspec.Struct, frozen=True):
    """One message of the prompt. *tool_call_id* answers a call of an earlier assistant message."""

    role: Literal["system", "user", "assistant", "tool"]
    text: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str = ""


class ToolDefinition(msgspec.Struct, frozen=True):
    """A tool the model may call; *parameters* is a JSON Schema."""

    name: str
    description: str = ""
    parameters: dict[str, Any] = msgspec.field(default_factory=dict[str, Any])


class ModelRequest(msgspec.Struct, frozen=True):
    """What is asked of a model. *parameters* have the wire format's own names and are passed on as they are."""

    model: str
    messages: tuple[ModelMessage, ...]
    tools: tuple[ToolDefinition, ...] = ()
    parameters: dict[str, Any] = msgspec.field(default_factory=dict[str, Any])


class ProviderConnection(msgspec.Struct, frozen=True):
    """How to reach one configured provider. Lives in memory only, for one call."""

    provider_id: UUID
    endpoint: str
    api_key: str | None
    allow: Allowed | None
    config: dict[str, Any] = msgspec.field(default_factory=dict[str, Any])


class DiscoveredModel(msgspec.Struct, frozen=True):
    """A model the provider says it has. *id* is the vendor's; unknown figures are `None`."""

    id: str
    name: str
    context_window: int | None = None
    capabilities: tuple[str, ...] = ()
    price: ModelPrice | None = None


ModelFault = Literal[
    "auth", "quota", "rate", "overload", "context", "policy", "network", "timeout", "bad_response", "unknown_model"
]


class ModelFailed(UpstreamFailed):
    """A provider failed. *fault* says in which way, hence who can do what; *retry* that asking again may help.

    Only an answer without any delta may be asked again by itself; *retry_after* is in seconds.
    """

    code = "models.failed"
    title = "The model did not answer"

    def __init__(
        self, fault: ModelFault, detail: str, *, retry: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(detail, params={"fault": fault})
        self.fault: ModelFault = fault
        self.retry = retry
        self.retry_after = retry_after


class ModelProvider(Protocol):
    """Speaks one wire format. Stateless: everything it needs comes with the call."""

    async def discover(self, ctx: "Context", connection: ProviderConnection) -> Sequence[DiscoveredModel]:
        """The models on offer; raises `ModelFailed`."""
        ...

    def stream(
        self, ctx: "Context", connection: ProviderConnection, request: ModelRequest
    ) -> AsyncIterator[Sequence[ModelDelta]]:
        """Ask, and yield deltas in batches. Ends after `Finish`; raises `ModelFailed` if it breaks off before.
        Closing the iterator closes the connection, which stops the provider."""
        ...


class BuiltInProvider(ModelProvider, Protocol):
    """A provider that a module brings with it: it is there without an address or a key, and cannot be removed.

    The name it is provided under is the first part of its models' names. It is called like any other, with a
    connection that leads nowhere; its usage is not recorded, since it costs nothing.
    """

    @property
    def title(self) -> str:
        """The name people see."""
        ...
