"""A small world for chat's tests: a real database, several processes on it, models that say what the test wants.

async with open_world(database_url) as world:
    person = world.person()
    accepted = await person.begin("Hello")
    ...
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar, cast
from uuid import UUID

import msgspec
import structlog

from modulon.core.data.database import Engine, open_database
from modulon.core.data.migrations import migrate
from modulon.modules.chat.backend.runs.engine import engine_of, start_engine, stop_engine
from modulon.modules.chat.backend.runs.stream import run_events
from modulon.modules.chat.backend.schemas import Accepted, ConversationCreate, FirstMessage, MessageCreate, TextInput
from modulon.modules.chat.backend.service import messages
from modulon.modules.chat.backend.settings import Settings
from modulon.modules.providers.backend.contract import ResolvedModel
from modulon.sdk import Context, Denied, FilterPoint, NotFound, Principal, new_id
from modulon.sdk.inference import Finish, ModelDelta, ModelPrice, ModelRequest, TextDelta, Usage
from modulon.sdk.storage import Database

MIGRATIONS = Path(__file__).parents[1] / "database" / "migrations"
T = TypeVar("T")
Script = Callable[[ModelRequest], AsyncGenerator[Sequence[ModelDelta], None]]


def says(*words: str, usage: bool = True) -> Script:
    """A model that says *words*, one network read each."""

    async def script(request: ModelRequest) -> AsyncGenerator[Sequence[ModelDelta], None]:
        del request
        for word in words:
            yield [TextDelta(word)]
            await asyncio.sleep(0)
        yield [Usage(7, len(words)), Finish()] if usage else [Finish()]

    return script


@dataclass
class Paced:
    """A model that says its next word when the test calls `say`, and ends with `end`."""

    queue: "asyncio.Queue[Sequence[ModelDelta] | Exception | None]" = field(default_factory=asyncio.Queue)
    asked: int = 0
    closed: int = 0

    def say(self, *words: str) -> None:
        """Say *words* in one network read."""
        self.queue.put_nowait([TextDelta(word) for word in words])

    def end(self) -> None:
        """Finish the answer."""
        self.queue.put_nowait([Usage(3, 5), Finish()])
        self.queue.put_nowait(None)

    def fail(self, failure: Exception) -> None:
        """Break off."""
        self.queue.put_nowait(failure)

    async def __call__(self, request: ModelRequest) -> AsyncGenerator[Sequence[ModelDelta], None]:
        del request
        self.asked += 1
        try:
            while (batch := await self.queue.get()) is not None:
                if isinstance(batch, Exception):
                    raise batch
                yield batch
        finally:
            self.closed += 1


class Nodes:
    """Which incarnations are gone, decided by the test."""

    def __init__(self) -> None:
        self.incarnation = new_id()
        self.dead: set[UUID] = set()

    async def gone(self, incarnations: Collection[UUID]) -> frozenset[UUID]:
        return frozenset(self.dead & set(incarnations))


@dataclass
class World:
    """Everything the tests share."""

    engine: Engine
    script: Script = field(default_factory=lambda: says("Hello", " ", "world"))
    requests: list[ModelRequest] = field(default_factory=list)
    suspended: set[UUID] = field(default_factory=set)
    settings: Settings = field(default_factory=lambda: Settings(title_by_model=False))
    capabilities: tuple[str, ...] = ()
    price: ModelPrice | None = None
    processes: "list[Process]" = field(default_factory=list)
    dead: set[UUID] = field(default_factory=set)

    async def process(self) -> "Process":
        """Another process on the same database."""
        node = Nodes()
        node.dead = self.dead
        process = Process(self, node)
        self.processes.append(process)
        await start_engine(process.context(Principal(kind="module", name="chat")))
        return process


class Models:
    """`ModelsService` by the world's script."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def resolve(self, public_id: str) -> ResolvedModel:
        if public_id == "absent":
            raise NotFound
        can, price = self._world.capabilities, self._world.price
        return ResolvedModel(public_id, public_id, new_id(), "P", public_id, "openai", True, None, can, {}, price=price)

    def stream(self, model: ResolvedModel, request: ModelRequest) -> AsyncGenerator[Sequence[ModelDelta], None]:
        del model
        self._world.requests.append(request)
        return self._world.script(request)


@dataclass
class Process:
    """One process: a node and its run engine."""

    world: World
    node: Nodes

    def context(self, principal: Principal) -> Context:
        """A context that acts as *principal*."""
        return cast("Context", TestContext(self, principal))

    def person(self, user: UUID | None = None, workspace: UUID | None = None) -> "Person":
        """Somebody who uses this process."""
        principal = Principal(
            kind="user", subject=user or new_id(), user=user or new_id(), workspace=workspace or new_id()
        )
        return Person(self.context(replace(principal, subject=principal.user)))

    async def die(self) -> None:
        """Vanish without a word, as by `kill -9`: nothing more is written from here."""
        engine = engine_of(self.context(Principal(kind="module")))
        for task in engine._work:
            task.cancel()
        for live in tuple(engine._live.values()):
            live.lose()
        await asyncio.gather(*engine._work, return_exceptions=True)
        self.world.dead.add(self.node.incarnation)

    async def stop(self, drain_seconds: int = 0) -> None:
        """End in good order."""
        ctx = self.context(Principal(kind="module"))
        engine_of(ctx)._settings = self.world.settings.model_copy(update={"drain_seconds": drain_seconds})
        await stop_engine(ctx)


class TestContext:
    """`sdk.Context` as far as chat uses it."""

    __test__ = False
    module = "chat"
    trace = "test"

    def __init__(self, process: Process, principal: Principal, idempotency: Any = None) -> None:
        self._process = process
        self.principal = principal
        self.idempotency = idempotency
        self.log = structlog.get_logger(module="chat")

    @property
    def db(self) -> Database:
        return self._process.world.engine.bind(self.principal, trace=self.trace, idempotency=self.idempotency)

    @property
    def node(self) -> Nodes:
        return self._process.node

    @property
    def settings(self) -> "TestContext":
        return self

    async def read(self, model: type[T]) -> T:
        del model
        return self._process.world.settings  # type: ignore[return-value]

    def use(self, service: type[T]) -> T:
        del service
        return Models(self._process.world)  # type: ignore[return-value]

    async def filter(self, point: FilterPoint[T], value: T) -> T:
        del point
        return value

    def acting_as_module(self, workspace: UUID | None = None) -> Context:
        return self._process.context(Principal(kind="module", name="chat", workspace=workspace))

    async def on_behalf_of(self, user: UUID, workspace: UUID) -> Context:
        if user in self._process.world.suspended:
            raise Denied
        return self._process.context(Principal(kind="user", subject=user, user=user, workspace=workspace))


@dataclass
class Person:
    """Somebody with a browser."""

    ctx: Context

    async def begin(self, text: str, model: str = "sim") -> Accepted:
        """Begin a conversation with a message."""
        first = FirstMessage(parts=(TextInput(type="text", text=text),), model=model)
        return await messages.begin_conversation(self.ctx, ConversationCreate(message=first))

    async def send(self, conversation: UUID, parent: UUID | None, text: str, model: str | None = None) -> Accepted:
        """Send a message after *parent*."""
        given = MessageCreate(parent_id=parent, parts=(TextInput(type="text", text=text),), model=model)
        return await messages.send_message(self.ctx, conversation, given)

    @asynccontextmanager
    async def follow(self, run: UUID, after: str = "") -> "AsyncIterator[Reader]":
        """Read the events of *run*; leaving disconnects."""
        reader = Reader()
        headers = [(b"last-event-id", after.encode())] if after else []
        scope = {"path_params": {"run_id": str(run)}, "headers": headers, "query_string": b""}
        task = asyncio.create_task(run_events(self.ctx, scope, reader.receive, reader.send))
        task.add_done_callback(reader.ended)
        try:
            yield reader
        finally:
            reader.left.set()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def whole(self, run: UUID, after: str = "") -> "Reader":
        """Read the events of *run* to their end."""
        async with self.follow(run, after) as reader:
            await reader.rest()
        return reader


@dataclass(frozen=True)
class Told:
    """One event of a stream."""

    id: str
    type: str
    data: dict[str, Any]


class Reader:
    """The reading end of a stream: what it said, and the message as a browser would have built it."""

    def __init__(self) -> None:
        self.left = asyncio.Event()
        self.events: list[Told] = []
        self.texts: dict[int, str] = {}
        self.head: Mapping[str, Any] = {}
        self.error: BaseException | None = None
        self.resets = 0
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._rest = b""
        self.gate = asyncio.Event()
        self.gate.set()

    @property
    def text(self) -> str:
        """All text parts in order."""
        return "".join(self.texts[index] for index in sorted(self.texts))

    @property
    def last_id(self) -> str:
        """Where this reader has come to."""
        return self.events[-1].id if self.events else ""

    async def receive(self) -> dict[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        await self.gate.wait()
        if message["type"] == "http.response.start":
            self.head = message
        elif message.get("body"):
            self._queue.put_nowait(message["body"])

    def ended(self, task: "asyncio.Task[None]") -> None:
        self.error = None if task.cancelled() else task.exception()
        self._queue.put_nowait(None)

    async def next(self) -> bool:
        """Read one piece; whether there was one."""
        async with asyncio.timeout(10):
            body = await self._queue.get()
        if body is None:
            return False
        *whole, self._rest = (self._rest + body).split(b"\n\n")
        for block in whole:
            if not block.startswith(b":"):
                self._take(_told(block))
        return True

    async def rest(self) -> None:
        """Read to the end."""
        while await self.next():
            pass

    async def until(self, condition: "Callable[[Reader], bool]") -> None:
        """Read until *condition* holds."""
        while not condition(self):
            assert await self.next(), f"the stream ended before: {self.events[-3:]}"

    def of(self, type: str) -> list[Told]:
        """The events of *type*."""
        return [event for event in self.events if event.type == type]

    def _take(self, event: Told) -> None:
        if self.events:
            assert _place(event) > _place(self.events[-1]), "a browser drops what has a number it has seen"
        self.events.append(event)
        match event.type:
            case "part.delta":
                self.texts[event.data["index"]] += event.data["text"]
            case "part.started":
                index = event.data["part"]["index"]
                assert index not in self.texts, "a part began twice"
                self.texts[index] = ""
            case "message.reset":
                self.resets += 1
                self.texts = {part["index"]: part.get("text", "") for part in event.data["message"]["parts"]}
            case _:
                pass


def _place(event: Told) -> tuple[int, int]:
    epoch, _, number = event.id.partition(".")
    return int(epoch), int(number)


def _told(block: bytes) -> Told:
    fields = dict(line.split(": ", 1) for line in block.decode().split("\n"))
    data = msgspec.json.decode(fields["data"])
    assert data["type"] == fields["event"]
    return Told(fields["id"], fields["event"], data)


@asynccontextmanager
async def open_world(url: str) -> AsyncIterator[World]:
    """A migrated database without anybody in it."""
    await migrate(url, {"chat": MIGRATIONS})
    engine = await open_database(url, strict=True)
    world = World(engine)
    try:
        yield world
    finally:
        for process in world.processes:
            await process.stop()
        await engine.close()
