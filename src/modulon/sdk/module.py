"""A module: what it registers, gathered by decorators and read by the loader.

module = Module()

@module.get("/notes/{note_id}", policy="resource.view")
async def read_note(ctx: Context, note_id: UUID) -> NoteRead: ...
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from .context import Context
from .errors import Problem
from .events import Event, EventHandler
from .filters import Filter, FilterFunction, FilterPoint
from .permissions import Policy
from .routes import AsgiHandler, Largest, Method, Route
from .settings import ModuleSettings

H = TypeVar("H", bound=Callable[..., Any])
E = TypeVar("E", bound=Event)
T = TypeVar("T")
Hook = Callable[[Context], Awaitable[None]]
ProblemShape = Callable[[Problem, str], bytes]
"""A problem and the trace id, as the JSON body a compatible face's clients expect."""

HookName = Literal[
    "on_install",
    "on_uninstall",
    "on_enable",
    "on_disable",
    "on_update",
    "on_start",
    "on_settings",
    "on_drain",
    "on_stop",
]


@dataclass(frozen=True, slots=True)
class Listener:
    """A handler for one event type; its consumer name in the log is `<module>.<handler's name>`."""

    event: type[Event]
    handler: EventHandler[Any]
    name: str


@dataclass(frozen=True, slots=True)
class Provision:
    """An implementation of an extension point (or, with an empty name, the module's service)."""

    protocol: type[Any]
    make: Callable[[Context], Any]
    name: str


class Module:
    """Collects what one module offers. It holds no state of its own: state belongs to what `on_start` builds."""

    def __init__(self) -> None:
        self.routes: list[Route] = []
        self.listeners: list[Listener] = []
        self.services: list[Provision] = []
        self.implementations: list[Provision] = []
        self.filters: list[Filter[Any]] = []
        self.hooks: dict[HookName, list[Callable[..., Awaitable[None]]]] = {}
        self.settings_model: type[ModuleSettings] | None = None
        self.problem_shape: ProblemShape | None = None

    def route(
        self, method: Method, path: str, *, policy: Policy, largest: Largest | None = None, **options: Any
    ) -> Callable[[H], H]:
        """Register a JSON route. *options* are FastAPI's (`status_code=201`, `responses=…`). *largest* is for bodies
        that may be larger than those of other routes."""

        def register(handler: H) -> H:
            self.routes.append(Route(method, path, policy, handler, "json", options, largest))
            return handler

        return register

    def get(self, path: str, *, policy: Policy, **options: Any) -> Callable[[H], H]:
        """`GET`."""
        return self.route("GET", path, policy=policy, **options)

    def post(self, path: str, *, policy: Policy, **options: Any) -> Callable[[H], H]:
        """`POST`."""
        return self.route("POST", path, policy=policy, **options)

    def put(self, path: str, *, policy: Policy, **options: Any) -> Callable[[H], H]:
        """`PUT`."""
        return self.route("PUT", path, policy=policy, **options)

    def patch(self, path: str, *, policy: Policy, **options: Any) -> Callable[[H], H]:
        """`PATCH`: JSON Merge Patch."""
        return self.route("PATCH", path, policy=policy, **options)

    def delete(self, path: str, *, policy: Policy, **options: Any) -> Callable[[H], H]:
        """`DELETE`; answers 204 unless told otherwise."""
        options.setdefault("status_code", 204)
        return self.route("DELETE", path, policy=policy, **options)

    def asgi(
        self, method: Method, path: str, *, policy: Policy, **options: Any
    ) -> Callable[[AsgiHandler], AsgiHandler]:
        """Register a streaming route. *options*, for the documentation: `summary`, `responses`, and `request_body`,
        the JSON schema of the body. `whole`, a function of the body, says for which requests of a `POST` the answer
        comes whole: for these an `Idempotency-Key` is heeded."""

        def register(handler: AsgiHandler) -> AsgiHandler:
            self.routes.append(Route(method, path, policy, handler, "asgi", options))
            return handler

        return register

    def on(self, event: type[E], *, name: str = "") -> Callable[[EventHandler[E]], EventHandler[E]]:
        """Handle an event type. Renaming the function starts a new cursor unless *name* is kept."""

        def register(handler: EventHandler[E]) -> EventHandler[E]:
            self.listeners.append(Listener(event, handler, name or getattr(handler, "__name__", "handler")))
            return handler

        return register

    def service(self, protocol: type[T], make: Callable[[Context], T]) -> None:
        """Offer the service *protocol* (from `contract.py`) to modules that require this one. *make* gets the
        **caller's** principal in a context of this module."""
        self.services.append(Provision(protocol, make, ""))

    def provides(self, point: type[T], make: Callable[[Context], T], *, name: str) -> None:
        """Implement an extension point under *name*."""
        self.implementations.append(Provision(point, make, name))

    def filter(
        self,
        point: FilterPoint[T],
        *,
        priority: int = 100,
        timeout: float = 1.0,
        fail: Literal["open", "closed"] = "open",
    ) -> Callable[[FilterFunction[T]], FilterFunction[T]]:
        """Join a filter chain."""

        def register(function: FilterFunction[T]) -> FilterFunction[T]:
            self.filters.append(Filter(point, function, priority, timeout, fail))
            return function

        return register

    def settings(self, model: type[ModuleSettings]) -> type[ModuleSettings]:
        """Declare the module's settings."""
        self.settings_model = model
        return model

    def problems(self, shape: ProblemShape) -> ProblemShape:
        """Write problems on the module's own roots in another vendor's form, also those the gateway raises."""
        self.problem_shape = shape
        return shape

    def hook(self, name: HookName) -> Callable[[H], H]:
        """Register a lifecycle hook: idempotent, 30 s. `on_start`, `on_settings`, `on_drain` and `on_stop` run once in
        each process, the others once in the cluster; `on_update` also gets the old version.

        `on_settings` runs when the module's settings were changed for the system or a workspace: for what was read at
        the start.

        `on_drain` runs when the process is asked to stop, before open connections are waited for: let what goes on
        come to an end. `on_stop` runs when they are closed.
        """

        def register(function: H) -> H:
            self.hooks.setdefault(name, []).append(function)
            return function

        return register
