"""The simulated provider as a whole: what its connections share, and how to run it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

import msgspec

from tests.rig.provider.behaviour import Behaviour, behaviour_of, model_names
from tests.rig.provider.connection import Connection
from tests.rig.provider.faults import FAULTS, UNKNOWN_MODEL, Fault
from tests.rig.provider.openai_format import CREATED, Answer, build_answer
from tests.rig.provider.request import ChatRequest
from tests.rig.provider.stats import Stats

CACHED_ANSWERS: Final = 256
BACKLOG: Final = 4096


@dataclass
class Provider:
    """Options, counters and prepared answers of one provider."""

    tokens: int = 200
    """Tokens of an answer whose model name does not say."""
    burst: int = 1
    """Tokens per write when a model has no rate."""
    also: tuple[str, ...] = ()
    """Names that `/v1/models` lists besides one of each kind, for servers that refuse what is not listed."""
    key: str = ""
    """The key without which `/v1/models` is refused; any will do if there is none."""
    pricing: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    """What `/v1/models` says of prices, by name, in OpenRouter's form."""
    url: str = ""
    """Base address, `/v1` included; set once it listens."""
    stats: Stats = field(default_factory=Stats)
    released: asyncio.Event = field(default_factory=asyncio.Event)
    """Set to let stalled answers go on."""
    _answers: dict[bytes, tuple[Behaviour, Answer]] = field(default_factory=dict[bytes, tuple[Behaviour, Answer]])
    failing: int = 0
    """How many requests from now on are answered with 503, whatever they ask."""
    _flaky: int = 0

    def prepare(self, body: bytes) -> tuple[ChatRequest, Behaviour | Fault]:
        """Read a request and choose what to do. Raises `msgspec.DecodeError`, `msgspec.ValidationError`."""
        request = msgspec.json.decode(body, type=ChatRequest)
        how = behaviour_of(request.model, default_tokens=self.tokens, limit=request.limit)
        if how is None:
            return request, UNKNOWN_MODEL
        if self.failing > 0:
            self.failing -= 1
            return request, FAULTS["503"]
        if how.kind == "flaky":
            self._flaky += 1
            return request, FAULTS["500"] if self._flaky % 2 else how
        return request, FAULTS.get(how.kind, how)

    def answer(self, body: bytes, request: ChatRequest, how: Behaviour) -> Answer:
        """The encoded answer, kept by request body so that a load test measures the client."""
        kept = self._answers.get(body)
        if kept is not None and kept[0] == how:
            return kept[1]
        if len(self._answers) >= CACHED_ANSWERS:
            self._answers.clear()
        answer = build_answer(request, how)
        self._answers[body] = how, answer
        return answer

    def models(self) -> object:
        """The body of `/v1/models`."""
        entry = {"object": "model", "created": CREATED, "owned_by": "simulated"}
        names = (*model_names(), *self.also)
        prices = {name: {"pricing": price} for name, price in self.pricing.items()}
        return {"object": "list", "data": [{"id": name, **entry, **prices.get(name, {})} for name in names]}

    def release(self) -> None:
        """Let stalled answers go on, those of now and those to come."""
        self.released.set()

    def reset(self) -> None:
        """Forget what was counted, and stall again."""
        self.stats = Stats(in_flight=self.stats.in_flight)
        self.released.clear()


@asynccontextmanager
async def running_provider(
    *, host: str = "127.0.0.1", port: int = 0, tokens: int = 200, burst: int = 1, also: Sequence[str] = ()
) -> AsyncIterator[Provider]:
    """Serve in this event loop; port 0 takes a free one. Open connections are cut at the end."""
    provider = Provider(tokens=tokens, burst=burst, also=tuple(also))
    connections: set[Connection] = set()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(provider, connections), host, port, backlog=BACKLOG)
    provider.url = f"http://{host}:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield provider
    finally:
        server.close()
        for connection in list(connections):
            connection.abort()
        await server.wait_closed()
