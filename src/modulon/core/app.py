"""Builds the ASGI application: wiring only."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from modulon.sdk.context import Context
from modulon.sdk.errors import NotFound, Unavailable
from modulon.sdk.events import Event
from modulon.sdk.ids import new_id
from modulon.sdk.routes import Receive, Scope, Send

from .config import Config
from .engine.boot import Boot, Core
from .engine.disk import is_full
from .events.notifications import Notifications
from .gateway.authenticate import Authenticator
from .gateway.connection import connection_of
from .gateway.dispatch import CoreRoute, Gateway
from .gateway.docs import Docs
from .gateway.exchange import Exchange
from .gateway.headers import security_headers
from .gateway.notifications import NotificationStream
from .gateway.openapi import OpenApi
from .gateway.operations import PATHS, Operations
from .gateway.problems import send_problem
from .gateway.web import WEB, Web
from .modules.boundary import Boundary
from .telemetry.metrics import Metrics

START_PATIENCE: Final = 30.0
"""Seconds that a request waits for the start."""


class Application:
    """The server as one ASGI application. Its lifespan starts and stops core.

    *announce* is called once core runs, with the one-time set-up token while set-up is open.
    """

    def __init__(
        self,
        config: Config,
        *,
        announce: Callable[[str | None], None] = lambda token: None,
        web_folder: Path = WEB,
        boundary: Boundary | None = None,
    ) -> None:
        self.config = config
        self._web_folder = web_folder
        self.metrics = Metrics()
        self.operations = Operations(self.metrics, self._check)
        self.boot = Boot(config, boundary, self.metrics)
        self._announce = announce
        self._gateway: Gateway | None = None
        self._opened = asyncio.Event()
        self._stream: NotificationStream | None = None
        self._web: Web | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection event."""
        if scope["type"] == "http":
            if scope["path"] in PATHS:
                await self.operations.answer(scope["path"], self._guarded(scope, receive, send))
            elif self._gateway is not None or await self._opens():
                await self.gateway(scope, receive, send)
            else:
                problem = Unavailable("The server is starting. Try again in a moment.", headers={"Retry-After": "5"})
                await send_problem(self._guarded(scope, receive, send), problem, new_id().hex)
        elif scope["type"] == "lifespan":
            await self._lifespan(receive, send)

    async def start(self) -> Core:
        """Start core and open the gateway."""
        core = await self.boot.start()
        resources = core.resources
        self._web = web = Web(self._web_folder)
        registry = resources.registry
        registry.on_change(lambda: web.show([handle.discovered.manifest for handle in registry.handles]))
        self._gateway = Gateway(
            resources,
            registry,
            Authenticator(resources.authority),
            core_routes=self._core_routes(core),
            pages=self._page,
            metrics=self.metrics,
            trusted_proxies=self.config.trusted_proxies,
        )
        self.operations.started = True
        self._opened.set()
        self._announce(await resources.authority.setup_link_token())
        self.boot.warm()
        return core

    async def drain(self) -> None:
        """The process was asked to stop: streams must end, or it would wait for browsers that never close them."""
        self.operations.draining = True
        if self._stream is not None:
            self._stream.end()
        await self.boot.drain()

    async def stop(self) -> None:
        """Stop taking requests, then stop core."""
        self.operations.draining = True
        await self.boot.stop()

    @property
    def gateway(self) -> Gateway:
        """The gateway, once started."""
        assert self._gateway is not None  # noqa: S101 - start() comes first
        return self._gateway

    async def _opens(self) -> bool:
        """Whether the start is done in time: who comes while it goes on rather waits a moment than is refused."""
        with suppress(TimeoutError):
            async with asyncio.timeout(START_PATIENCE):
                await self._opened.wait()
        return self._gateway is not None

    def _guarded(self, scope: Scope, receive: Receive, send: Send) -> Send:
        """A `send` for what the gateway does not answer, with the headers that are on every answer."""
        encrypted = connection_of(scope, self.config.trusted_proxies).encrypted
        extra = security_headers(page=False, encrypted=encrypted)
        return Exchange(receive, send, extra, limit=0, head=scope["method"] == "HEAD").send

    def _core_routes(self, core: Core) -> dict[tuple[str, str], CoreRoute]:
        openapi = OpenApi(core.resources.registry)
        self._stream = stream = NotificationStream(self._notifications, core.resources.authority)
        return {
            ("GET", "/openapi.json"): CoreRoute("public", openapi.answer),
            ("GET", "/docs"): CoreRoute("public", Docs(openapi).answer),
            ("GET", "/events/stream"): CoreRoute("signed-in", stream.answer),
            ("GET", "/interface"): CoreRoute("public", self._interface),
        }

    async def _interface(self, ctx: Context, scope: Scope, receive: Receive, send: Send) -> None:
        """What the modules that serve contribute to the interface, as it stands in the page: for pages that were loaded
        before others served."""
        del ctx, scope, receive
        core = self.boot.core
        assert core is not None  # noqa: S101 - start() came first
        assert self._web is not None  # noqa: S101
        await core.reconciler.settled()
        await self._web.interface(send)

    async def _notifications(self) -> Notifications:
        """Once every module is loaded, every event type is known."""
        await self.boot.warmed()
        assert self.boot.core is not None  # noqa: S101 - start() came first
        return Notifications(self.boot.core.bus.tail, _event_types(Event))

    async def _page(self, scope: Scope, send: Send) -> None:
        assert self._web is not None  # noqa: S101 - start() comes first
        if self.config.dev:
            self._web.read()
        if self._web.has(scope["path"]):
            await self._web.file(scope, send)
            return
        if scope["path"].startswith("/assets/"):
            raise NotFound("There is no such file. It may belong to another version: load the page again.")
        core = self.boot.core
        assert core is not None  # noqa: S101
        state: dict[str, Any] = await page_state(core, scope, self.config)
        await self._web.page(scope, send, state)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            await self.start()
        except Exception as error:
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            raise
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _check(self) -> dict[str, str]:
        core = self.boot.core
        if core is None:
            return {"start": "starting"}
        try:
            await core.resources.engine.ping()
        except Exception as error:
            return {"database": type(error).__name__}
        return {"disk": "full"} if await asyncio.to_thread(is_full, self.config.data_dir) else {}


def _event_types(base: type[Event]) -> list[type[Event]]:
    return [
        kind
        for child in base.__subclasses__()
        for kind in ([child] if "type" in vars(child) else []) + _event_types(child)
    ]


async def page_state(core: Core, scope: Scope, config: Config) -> dict[str, Any]:
    """What the page needs before its first request: nothing that only a signed-in person may know."""
    authority = core.resources.authority
    connection = connection_of(scope, config.trusted_proxies)
    principal = await Authenticator(authority)(scope, connection, optional=True)
    return {
        "setup": await authority.setup_state(),
        "signed_in": principal.user is not None,
        "encrypted": connection.encrypted,
    }
