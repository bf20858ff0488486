"""One OpenAPI 3.1 document for all modules, made from the same routes the gateway serves."""

import asyncio
from typing import Any

import msgspec

from modulon import __version__
from modulon.core.modules.registry import Registry
from modulon.sdk.context import Context
from modulon.sdk.manifest import Manifest
from modulon.sdk.module import Module
from modulon.sdk.routes import Receive, Route, Scope, Send

from .policy import required_scope

_PROBLEM = {
    "description": "A problem: what happened, what is safe, what to do (RFC 9457).",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "trace"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "description": "Stable and translatable."},
        "params": {"type": "object"},
        "fields": {
            "type": "object",
            "additionalProperties": {"$ref": "#/components/schemas/FieldProblem"},
            "description": "JSON pointer into the request → what is wrong there.",
        },
        "trace": {"type": "string"},
    },
}
_FIELD_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["code", "detail"],
    "properties": {name: _PROBLEM_SCHEMA["properties"][name] for name in ("code", "detail", "params")},
}


class OpenApi:
    """Builds the document on first use and keeps it until other modules serve."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._document: bytes = b""
        self._building = asyncio.Lock()
        registry.on_change(self._forget)

    def _forget(self) -> None:
        self._document = b""

    async def document(self) -> bytes:
        """The merged document as JSON."""
        async with self._building:
            while not self._document:
                handles = self._registry.handles
                loaded = [await handle.ensure() for handle in handles]
                parts = [(item.discovered.manifest, item.module) for item in loaded]
                document = await asyncio.to_thread(_encoded, parts)
                if handles == self._registry.handles:
                    self._document = document
            return self._document

    async def answer(self, ctx: Context, scope: Scope, receive: Receive, send: Send) -> None:
        """`GET /api/openapi.json`."""
        del ctx, scope, receive
        body = await self.document()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _encoded(parts: list[tuple[Manifest, Module]]) -> bytes:
    return msgspec.json.encode(merge(parts))


def merge(parts: list[tuple[Manifest, Module]]) -> dict[str, Any]:
    """One document from each module's own."""
    paths: dict[str, dict[str, Any]] = {}
    schemas: dict[str, Any] = {"Problem": _PROBLEM_SCHEMA, "FieldProblem": _FIELD_SCHEMA}
    tags: list[dict[str, str]] = []
    for manifest, module in parts:
        tags.append({"name": manifest.id, "description": manifest.module.description})
        document = _of_module(manifest, module)
        schemas |= document.get("components", {}).get("schemas", {})
        roots = manifest.owns.roots
        for path, operations in document["paths"].items():
            at_root = any(path == root or path.startswith(root + "/") for root in roots)
            paths.setdefault(path if at_root else f"/api{path}", {}).update(operations)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Modulon",
            "version": __version__,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "modulon_access"},
                "key": {"type": "http", "scheme": "bearer"},
            },
        },
    }


def _of_module(manifest: Manifest, module: Module) -> dict[str, Any]:
    from fastapi.openapi.utils import get_openapi

    from .subapp import build_subapp, operation_id

    app = build_subapp(manifest, module)
    document = get_openapi(
        title=manifest.module.name, version=manifest.module.version, openapi_version="3.1.0", routes=app.routes
    )
    document.setdefault("paths", {})
    for route in module.routes:
        operations = document["paths"].setdefault(route.path, {})
        operation = operations.setdefault(
            route.method.lower(), _streaming(manifest, route, operation_id(manifest, route))
        )
        _describe(operation, route)
    return document


def _streaming(manifest: Manifest, route: Route, name: str) -> dict[str, Any]:
    """The operation of an ASGI route, which FastAPI does not know."""
    names = [part[1:-1] for part in route.path.split("/") if part.startswith("{")]
    body = route.options.get("request_body")
    return {
        **({"requestBody": {"required": True, "content": {"application/json": {"schema": body}}}} if body else {}),
        "tags": [manifest.id],
        "operationId": name,
        "summary": route.options.get("summary", name),
        "parameters": [{"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in names],
        "responses": route.options.get("responses", {"200": {"description": "A stream."}}),
    }


def _describe(operation: dict[str, Any], route: Route) -> None:
    operation["x-policy"] = route.policy
    responses = operation.setdefault("responses", {})
    responses.pop("422", None)
    responses["default"] = _PROBLEM
    scope = required_scope(route.policy, route.method)
    operation["security"] = [] if not scope else [{"session": []}, {"key": [scope]}]
