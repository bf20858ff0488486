"""What stands between a module and the server: nothing for modules in this process, a channel for isolated ones."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from modulon.sdk.context import Context
from modulon.sdk.routes import Receive, Scope, Send

Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


class Boundary(Protocol):
    """How calls cross, in both directions."""

    def context(self, ctx: Context) -> Context:
        """The context as the module of *ctx* gets it."""
        ...

    def application(self, module: str, app: Asgi) -> Asgi:
        """The module's application as the gateway calls it."""
        ...


class InProcess:
    """No boundary: objects are handed over as they are."""

    def context(self, ctx: Context) -> Context:
        """Unchanged."""
        return ctx

    def application(self, module: str, app: Asgi) -> Asgi:
        """Unchanged."""
        del module
        return app
