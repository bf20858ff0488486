"""Errors as `application/problem+json` (RFC 9457): what happened, what is safe, what to do."""

from typing import Any

import msgspec

from modulon.sdk.errors import Problem
from modulon.sdk.module import ProblemShape
from modulon.sdk.routes import Send


def problem_json(problem: Problem, trace: str) -> bytes:
    """The body of a problem response."""
    body: dict[str, Any] = {
        "type": f"urn:modulon:problem:{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.message,
        "code": problem.code,
        "trace": trace,
    }
    if problem.params:
        body["params"] = problem.params
    if problem.fields:
        body["fields"] = {pointer: _field(wrong) for pointer, wrong in problem.fields.items()}
    return msgspec.json.encode(body)


async def send_problem(send: Send, problem: Problem, trace: str, shape: ProblemShape | None = None) -> None:
    """Answer with *problem*, in our form or in that of a compatible face."""
    body = shape(problem, trace) if shape else problem_json(problem, trace)
    headers = [
        (b"content-type", b"application/json" if shape else b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *((name.lower().encode(), value.encode()) for name, value in problem.headers.items()),
    ]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _field(problem: Problem) -> dict[str, Any]:
    told: dict[str, Any] = {"code": problem.code, "detail": problem.message}
    return told | {"params": problem.params} if problem.params else told
