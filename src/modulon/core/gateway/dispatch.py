"""The gateway's one ASGI application: who asks, may they, whose route is it, call it, answer in one form."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, cast

import structlog

from modulon.core.modules.context import ModuleContext, Resources
from modulon.core.modules.errors import ModuleDisabled
from modulon.core.modules.handle import Handle
from modulon.core.modules.index import IndexedRoute
from modulon.core.modules.load import owned_prefixes
from modulon.core.modules.registry import Registry
from modulon.core.telemetry.metrics import Metrics
from modulon.sdk.context import Context
from modulon.sdk.errors import NotFound, Problem, TooLarge, Unavailable
from modulon.sdk.identity import Connection, Principal
from modulon.sdk.ids import new_id
from modulon.sdk.module import ProblemShape
from modulon.sdk.routes import AsgiHandler, Receive, Scope, Send

from .authenticate import Authenticator
from .connection import connection_of
from .exchange import Exchange, replayed
from .headers import header, security_headers
from .idempotency import Idempotency
from .policy import refusal
from .problems import send_problem
from .routing import Router, Target

JSON_LIMIT: Final = 8 * 1024 * 1024
FACE_LIMIT: Final = 64 * 1024 * 1024
"""Largest request bodies, in bytes: for JSON routes, and for streaming routes and compatible faces."""

DEADLINE: Final = 60.0
"""Seconds a JSON route may take; streams have none."""

_log = structlog.get_logger(module="gateway")


class MethodNotAllowed(Problem):
    """The path exists; the method does not."""

    status = 405
    code = "method_not_allowed"
    title = "Not possible here"
    detail = "This address exists but does not take this method."


_Act = Callable[[Receive, Context], Awaitable[None]]
"""Answers a request that comes in by the first, as the second."""


@dataclass(frozen=True, slots=True)
class CoreRoute:
    """A route of core itself, below `/api`."""

    policy: str
    handler: AsgiHandler


@dataclass(slots=True)
class _Call:
    """What is known of a request once it is routed."""

    scope: Scope
    exchange: Exchange
    connection: Connection
    trace: str
    module: str = "core"
    shape: ProblemShape | None = None


class Gateway:
    """Routes requests to modules. *pages* answers everything that is not an API path or a root."""

    def __init__(
        self,
        resources: Resources,
        registry: Registry,
        authenticator: Authenticator,
        *,
        core_routes: dict[tuple[str, str], CoreRoute],
        pages: Callable[[Scope, Send], Awaitable[None]],
        metrics: Metrics,
        trusted_proxies: tuple[str, ...],
    ) -> None:
        self._resources = resources
        self._registry = registry
        self._authenticator = authenticator
        self._idempotency = Idempotency(resources.engine)
        self._core = core_routes
        self._core_paths = frozenset(path for _, path in core_routes)
        self._pages = pages
        self._metrics = metrics
        self._trusted = trusted_proxies
        registry.on_change(self._reroute)

    def _reroute(self) -> None:
        """Other modules serve: requests that come from now on go to them."""
        self.api, self.roots = _routers(self._registry)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        started = time.perf_counter()
        connection = connection_of(scope, self._trusted)
        path: str = scope["path"]
        below_api = path.startswith("/api/")
        target = self._find(scope["method"], path, below_api=below_api)
        page = not below_api and target is None and not self.roots.owns(path)
        exchange = Exchange(
            receive,
            send,
            security_headers(page=page, encrypted=connection.encrypted),
            limit=_limit(None if target is None else target.route),
            head=scope["method"] == "HEAD",
        )
        call = _Call(scope, exchange, connection, _trace(scope))
        try:
            await self._answer(call, target, page)
        except Problem as problem:
            await self._fail(call, problem)
        except Exception:
            _log.exception("request failed", trace=call.trace, method=scope["method"], target=call.module)
            await self._fail(call, Problem())
        finally:
            self._metrics.observe(
                call.module, exchange.status or 499, time.perf_counter() - started, streamed=exchange.streamed
            )

    def _find(self, method: str, path: str, *, below_api: bool) -> Target | None:
        """The module's route; none for the core's own, which no module's pattern takes from it."""
        if not below_api:
            return self.roots.find(method, path)
        return None if _below(path) in self._core_paths else self.api.find(method, _below(path))

    async def _answer(self, call: _Call, target: Target | None, page: bool) -> None:
        if page:
            await self._pages(call.scope, call.exchange.send)
            return
        if target is None:
            await self._answer_core(call)
            return
        handle = self._registry.find(target.module)
        if handle is None:
            raise ModuleDisabled(params={"module": target.module})
        with handle.serving():
            await self._answer_module(call, target, handle)

    async def _answer_module(self, call: _Call, target: Target, handle: Handle) -> None:
        """Answer by one generation of a module, whatever takes its place meanwhile."""
        call.module = handle.id
        if not call.scope["path"].startswith("/api/"):
            call.shape = (await handle.ensure()).module.problem_shape
        route = target.route
        if route is None:
            raise MethodNotAllowed(headers={"Allow": ", ".join(target.allow)})
        _check_length(call.scope, _limit(route))
        principal = await self._admit(call, route.policy)
        if route.kind == "asgi":
            await self._answer_stream(call, target, handle, principal)
        else:
            await self._answer_json(call, handle, principal)

    async def _admit(self, call: _Call, policy: str) -> Principal:
        principal = await self._authenticator(call.scope, call.connection, optional=policy == "public")
        problem = refusal(principal, policy, call.scope["method"])
        if problem is not None:
            _log.info("refused", trace=call.trace, target=call.module, policy=policy, code=problem.code)
            raise problem
        return principal

    async def _answer_core(self, call: _Call) -> None:
        method = "GET" if call.scope["method"] == "HEAD" else call.scope["method"]
        route = self._core.get((method, _below(call.scope["path"])))
        if route is None:
            self._check_enabled(call.scope["path"])
            raise NotFound("There is no such address on this server.")
        context = self._context(call, "core", await self._admit(call, route.policy))
        await route.handler(context, call.scope, call.exchange.receive, call.exchange.send)

    def _check_enabled(self, path: str) -> None:
        """Say so if the address is that of a module which does not serve."""
        owner = self.api.owner(_below(path)) if path.startswith("/api/") else self.roots.owner(path)
        if owner and not self._registry.serves(owner):
            raise ModuleDisabled(params={"module": owner})

    async def _answer_stream(self, call: _Call, target: Target, handle: Handle, principal: Principal) -> None:
        route = target.route
        assert route is not None  # noqa: S101 - checked by the caller
        key = (route.method, route.path)
        found = handle.streams.get(key)
        if found is None:
            loaded = await handle.ensure()
            found = handle.streams[key] = next(
                r for r in loaded.module.routes if (r.method, r.path) == (route.method, route.path)
            )
        call.scope["path_params"] = target.params
        handler = cast("AsgiHandler", found.handler)

        async def act(receive: Receive, context: Context) -> None:
            await handler(context, call.scope, receive, call.exchange.send)

        receive = call.exchange.receive
        whole: Callable[[bytes], bool] | None = found.options.get("whole")
        once = header(call.scope["headers"], b"idempotency-key") if whole else ""
        if once and whole and principal.user is not None:
            body = await call.exchange.read_body()
            receive = replayed(body, receive)
            if whole(body):
                await self._answer_once(call, act, principal, once, body)
                return
        await act(receive, self._context(call, target.module, principal))

    async def _answer_json(self, call: _Call, handle: Handle, principal: Principal) -> None:
        subapp = handle.subapp or await self._subapp(handle)
        key = header(call.scope["headers"], b"idempotency-key") if call.scope["method"] == "POST" else ""
        if key and principal.user is not None:

            async def act(receive: Receive, context: Context) -> None:
                await self._run(call, subapp, context, receive)

            await self._answer_once(call, act, principal, key, await call.exchange.read_body())
            return
        await self._run(call, subapp, self._context(call, call.module, principal), call.exchange.receive)

    async def _answer_once(self, call: _Call, act: _Act, principal: Principal, key: str, body: bytes) -> None:
        """A `POST` with an `Idempotency-Key`: the first one acts, every other gets the same answer."""
        once = await self._idempotency.begin(principal, key, f"POST {call.scope['path']}", body)
        if once.answer is None:
            context = self._context(call, call.module, principal, once.key)
            call.exchange.keep = True
            try:
                await act(replayed(body, call.exchange.receive), context)
                await self._idempotency.finish(once, call.exchange.status, call.exchange.body)
            except BaseException:
                call.exchange.discard()
                raise
            finally:
                self._idempotency.abandon(once)  # if it failed, those who wait with the same key go on
            if once.answer is None:
                await call.exchange.release()
                return
            call.exchange.discard()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(once.answer.body)).encode()),
            (b"idempotency-replayed", b"true"),
        ]
        await call.exchange.send({"type": "http.response.start", "status": once.answer.status, "headers": headers})
        await call.exchange.send({"type": "http.response.body", "body": once.answer.body})

    async def _run(self, call: _Call, subapp: Any, context: Context, receive: Receive) -> None:
        scope = {
            **call.scope,
            "method": "GET" if call.scope["method"] == "HEAD" else call.scope["method"],
            "path": _below(call.scope["path"]),
            "root_path": "",
            "modulon.context": context,
        }
        try:
            async with asyncio.timeout(DEADLINE):
                await subapp(scope, receive, call.exchange.send)
        except TimeoutError as error:
            raise Unavailable("This took longer than the server allows and was stopped.") from error

    async def _subapp(self, handle: Handle) -> Any:
        async with handle.building:
            if handle.subapp is None:
                from .subapp import build_subapp, forget_callables

                handle.forgets.append(forget_callables)
                loaded = await handle.ensure()
                subapp = await asyncio.to_thread(build_subapp, loaded.discovered.manifest, loaded.module)
                handle.subapp = self._resources.boundary.application(handle.id, subapp)
            return handle.subapp

    def _context(self, call: _Call, module: str, principal: Principal, idempotency: Any = None) -> Context:
        context = ModuleContext(
            self._resources,
            module,
            principal,
            connection=call.connection,
            trace=call.trace,
            idempotency=idempotency,
        )
        return self._resources.boundary.context(context)

    async def _fail(self, call: _Call, problem: Problem) -> None:
        if call.exchange.status:
            # The head is out: all that is left is to break off, so that nobody takes half for a whole.
            raise ConnectionAbortedError(problem.code)
        await send_problem(call.exchange.send, problem, call.trace, call.shape)


def _routers(registry: Registry) -> tuple[Router, Router]:
    """The routes of the modules that serve. Those that do not keep what they own: nobody else answers there."""
    api, roots = Router(), Router()
    for module_id, discovered in registry.known.items():
        owned, own_roots = owned_prefixes(discovered), list(discovered.manifest.owns.roots)
        routes = registry.handle(module_id).entry.routes if registry.serves(module_id) else ()
        at_root = tuple(r for r in routes if any(r.path == p or r.path.startswith(p + "/") for p in own_roots))
        api.add(module_id, [p for p in owned if p not in own_roots], tuple(r for r in routes if r not in at_root))
        roots.add(module_id, own_roots, at_root)
    return api, roots


def _below(path: str) -> str:
    """The path below `/api`, without the optional version."""
    below = path.removeprefix("/api")
    return below[3:] if below.startswith("/v1/") else below


def _trace(scope: Scope) -> str:
    """The caller's W3C trace id, or a new one."""
    parts = header(scope["headers"], b"traceparent").split("-")
    if len(parts) == 4 and len(parts[1]) == 32 and parts[1].isalnum():
        return parts[1]
    return new_id().hex


def _limit(route: IndexedRoute | None) -> int:
    """The largest body *route* takes, in bytes."""
    if route is None:
        return JSON_LIMIT
    return route.largest or (FACE_LIMIT if route.kind == "asgi" else JSON_LIMIT)


def _check_length(scope: Scope, limit: int) -> None:
    """Refuse a body that says it is too large before reading any of it."""
    length = header(scope["headers"], b"content-length")
    if length.isdigit() and int(length) > limit:
        raise TooLarge(params={"limit": limit})
