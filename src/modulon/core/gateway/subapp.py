"""One module's JSON routes as a FastAPI application of its own: dropping it frees everything it held."""

import functools
import inspect
from collections.abc import Awaitable, Callable, Coroutine
from typing import Annotated, Any, Final

from fastapi import Depends, FastAPI, Request
from fastapi.dependencies import models
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from modulon.core.values import wrong_values
from modulon.sdk.context import Context
from modulon.sdk.errors import Invalid, NotFound, Problem, TooLarge
from modulon.sdk.manifest import Manifest
from modulon.sdk.module import Module
from modulon.sdk.routes import Receive, Route, Scope, Send

from .bodies import TooManyValues, read_json
from .problems import problem_json

CONTEXT_KEY = "modulon.context"
"""Where the dispatcher leaves the context in the ASGI scope."""

Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


VALUES: Final = 10_000
"""How many values a JSON body may have, at all depths, unless its route says otherwise: checking each against a shape
takes time that others wait."""


@functools.cache
def _taking(values: int) -> type[APIRoute]:
    """Routes whose bodies are looked at before they are compared with a shape: they hold at most so many values."""

    class Body(Request):
        async def json(self) -> Any:
            try:
                return await read_json(await self.body(), values)
            except TooManyValues as error:
                told = f"The body has more than {values:,} values. Nothing was changed; send less at once."
                raise TooLarge(told, params={"values": values}) from error

    class Limited(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handle = super().get_route_handler()

            async def handler(request: Request) -> Response:
                return await handle(Body(request.scope, request.receive))

            return handler

    return Limited


def build_subapp(manifest: Manifest, module: Module) -> FastAPI:
    """The module's JSON routes; its ASGI routes appear in the documentation alone."""
    app = FastAPI(
        title=manifest.module.name, version=manifest.module.version, openapi_url=None, docs_url=None, redoc_url=None
    )
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    for route in module.routes:
        if route.kind == "json":
            app.router.add_api_route(
                route.path,
                _with_context(route.handler),
                methods=[route.method],
                tags=[manifest.id],
                operation_id=operation_id(manifest, route),
                route_class_override=_taking(route.largest.values if route.largest else VALUES),
                **route.options,
            )
    return app


def forget_callables() -> None:
    """FastAPI remembers what it found out about each callable, and with it code that is not used any more."""
    for remembered in vars(models).values():
        forget = getattr(remembered, "cache_clear", None)
        if forget is not None:
            forget()


def operation_id(manifest: Manifest, route: Route) -> str:
    """A stable name for generated clients: the module and the handler's name."""
    return f"{manifest.slug}_{getattr(route.handler, '__name__', 'handler')}"


async def _context(request: Request) -> Context:  # async: FastAPI sends plain functions to a thread
    context: Context = request.scope[CONTEXT_KEY]
    return context


def _with_context(handler: Callable[..., Any]) -> Callable[..., Any]:
    """The handler with its `Context` parameter turned into a dependency FastAPI can fill."""
    signature = inspect.signature(handler, eval_str=True)
    parameters = [
        parameter.replace(annotation=Annotated[Context, Depends(_context)])
        if parameter.annotation is Context
        else parameter
        for parameter in signature.parameters.values()
    ]

    @functools.wraps(handler)
    async def call(*args: Any, **kwargs: Any) -> Any:
        return await handler(*args, **kwargs)

    call.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return call


def _trace(request: Request) -> str:
    return str(getattr(request.scope.get(CONTEXT_KEY), "trace", ""))


def _respond(problem: Problem, request: Request) -> Response:
    return Response(
        problem_json(problem, _trace(request)),
        status_code=problem.status,
        headers={"cache-control": "no-store", **problem.headers},
        media_type="application/problem+json",
    )


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - what it was registered for
    return _respond(error, request)


async def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    return _respond(Invalid(fields=wrong_values(error.errors())), request)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    # FastAPI turns whatever happens while the body is read into a 400; the gateway's own reason counts.
    cause = error.__cause__
    if isinstance(cause, Problem):
        return _respond(cause, request)
    return _respond(NotFound() if error.status_code == 404 else Invalid(str(error.detail)), request)
