"""`/api/docs`: the API, to read in a browser. Plain HTML made on the server: nothing is loaded, nothing runs."""

import json
from html import escape
from typing import Any

from modulon.sdk.context import Context
from modulon.sdk.routes import Receive, Scope, Send

from .openapi import OpenApi

_NOTHING: dict[str, Any] = {}
_CSP = b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root{color-scheme:light dark;font:15px/1.55 system-ui,sans-serif}
body{max-width:56rem;margin:2.5rem auto;padding:0 1.25rem}
h1{font-size:1.6rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2.25rem 0 .5rem}
summary{cursor:pointer;padding:.45rem .25rem;border-radius:.4rem}
summary:hover{background:color-mix(in oklch,currentColor 7%,transparent)}
code,pre{font:13px/1.5 ui-monospace,monospace}
pre{overflow:auto;padding:.75rem;border:1px solid color-mix(in oklch,currentColor 18%,transparent);border-radius:.6rem}
.m{display:inline-block;min-inline-size:4.2rem;font-weight:600}.p{opacity:.75;font-size:.9em}
"""


class Docs:
    """Renders the merged document."""

    def __init__(self, openapi: OpenApi) -> None:
        self._openapi = openapi

    async def answer(self, ctx: Context, scope: Scope, receive: Receive, send: Send) -> None:
        """`GET /api/docs`."""
        del ctx, scope, receive
        body = render(json.loads(await self._openapi.document())).encode()
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
            (b"content-security-policy", _CSP),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def render(document: dict[str, Any]) -> str:
    """The document as a page: modules, their operations, what goes in and out."""
    schemas = document["components"]["schemas"]
    sections = [_section(tag, document["paths"], schemas) for tag in document["tags"]]
    info = document["info"]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(info['title'])} API</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(info['title'])} API</h1><p>Version {escape(info['version'])}. The same as "
        '<a href="/api/openapi.json">OpenAPI 3.1</a>.</p><main>' + "".join(sections) + "</main></body></html>"
    )


def _section(tag: dict[str, str], paths: dict[str, Any], schemas: dict[str, Any]) -> str:
    operations = [
        _operation(method, path, operation, schemas)
        for path, methods in sorted(paths.items())
        for method, operation in methods.items()
        if tag["name"] in operation.get("tags", ())
    ]
    if not operations:
        return ""
    return f"<h2>{escape(tag['name'])}</h2><p>{escape(tag['description'])}</p>" + "".join(operations)


def _operation(method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> str:
    title = escape(operation.get("summary", ""))
    parts = [f"<p>{escape(operation['description'])}</p>"] if operation.get("description") else []
    parts.append(f"<p class=p>Policy: {escape(operation.get('x-policy', ''))}</p>")
    if operation.get("parameters"):
        names = [f"<li><code>{escape(p['name'])}</code> in {escape(p['in'])}</li>" for p in operation["parameters"]]
        parts.append(f"<p>Parameters</p><ul>{''.join(names)}</ul>")
    if "requestBody" in operation:
        parts.append("<p>Body</p>" + _schema(operation["requestBody"], schemas))
    for status, response in operation.get("responses", {}).items():
        if status != "default":
            parts.append(
                f"<p>{escape(status)}: {escape(response.get('description', ''))}</p>" + _schema(response, schemas)
            )
    return (
        f"<details><summary><span class=m>{escape(method.upper())}</span> <code>{escape(path)}</code> "
        f"<span class=p>{title}</span></summary>{''.join(parts)}</details>"
    )


def _schema(holder: dict[str, Any], schemas: dict[str, Any]) -> str:
    content: dict[str, Any] = next(iter(holder.get("content", {}).values()), _NOTHING)
    schema: dict[str, Any] | None = content.get("schema")
    if not schema:
        return ""
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    shown: dict[str, Any] = schemas.get(name, schema)
    return f"<pre>{escape(json.dumps(shown, indent=2))}</pre>"
