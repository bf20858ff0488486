"""The gateway from outside: one form of answer for everything that can go wrong, headers on all of it."""

import json

import pytest

from modulon.core.testing import App
from modulon.sdk.testing import Client, Reply

NEEDED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def assert_problem(reply: Reply, status: int, code: str) -> None:
    assert (reply.status, reply.json()["code"]) == (status, code), reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["trace"]


@pytest.fixture
async def member(app: App) -> Client:
    return await app.member()


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/api/nothing"), ("GET", "/api/"), ("POST", "/api/conversations/1/2/3"), ("GET", "/api/v1/nothing")],
)
async def test_an_unknown_address_is_a_problem(member: Client, method: str, path: str) -> None:
    assert_problem(await member.request(method, path), 404, "not_found")


async def test_a_method_that_does_not_fit_says_which_do(member: Client) -> None:
    reply = await member.put("/api/me", {})
    assert_problem(reply, 405, "method_not_allowed")
    assert reply.headers["allow"] == "GET, PATCH"


async def test_the_stable_version_is_the_same_route(member: Client) -> None:
    newest, stable = await member.get("/api/me"), await member.get("/api/v1/me")
    assert newest.json() == stable.json()
    assert stable.headers["modulon-version"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"text"', b"\xff\xfe", b"null", b'{"name": 1e999}'])
async def test_f08_a_body_that_is_none_is_the_callers_mistake(member: Client, body: bytes) -> None:
    reply = await member.post("/api/keys", content=body, headers={"content-type": "application/json"})
    assert 400 <= reply.status < 500
    assert "Traceback" not in reply.text


async def test_f04_a_body_that_says_it_is_too_large_is_refused_unread(member: Client) -> None:
    reply = await member.post("/api/keys", content=b"{}", headers={"content-length": str(10**9)})
    assert_problem(reply, 413, "too_large")


async def test_f04_a_body_that_turns_out_too_large_is_cut_off(member: Client) -> None:
    reply = await member.post(
        "/api/keys", content=b'"' + b"x" * (9 * 1024 * 1024) + b'"', headers={"content-length": ""}
    )
    assert_problem(reply, 413, "too_large")


async def test_d11_headers_are_on_every_answer(app: App, member: Client) -> None:
    replies = [
        await member.get("/"),
        await member.get("/c/some-conversation"),
        await member.get("/api/me"),
        await member.get("/api/nothing"),
        await app.client().get("/api/me"),
        await app.client().get("/v1/models"),
        await member.get("/api/docs"),
        await member.get("/assets/nothing.js"),
    ]
    for reply in replies:
        assert {name: reply.headers.get(name) for name in NEEDED} == NEEDED
        assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert "require-trusted-types-for 'script'" in replies[0].headers["content-security-policy"]
    assert "unsafe-eval" not in replies[0].headers["content-security-policy"]
    assert "script-src 'self';" in replies[0].headers["content-security-policy"]


async def test_the_page_carries_its_state_as_data_only(app: App) -> None:
    reply = await app.client().get("/")
    start = reply.text.index("application/json")
    state = json.loads(reply.text[reply.text.index(">", start) + 1 : reply.text.index("</script>", start)])
    assert (state["setup"], state["signed_in"], state["encrypted"]) == ("open", False, False)
    assert {"accounts", "chat", "providers", "workspaces"} <= {module["id"] for module in state["modules"]}
    assert reply.headers["cache-control"] == "no-store"


async def test_operations_answer_without_signing_in(app: App) -> None:
    for path in ("/live", "/ready", "/startup"):
        reply = await app.client().get(path)
        assert (reply.status, reply.json()) == (200, {"status": "ok"})
    await app.client().get("/api/nothing")
    figures = await app.client().get("/metrics")
    assert "modulon_requests_total" in figures.text


async def test_a_callers_trace_is_kept(member: Client) -> None:
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    reply = await member.get("/api/nothing", headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"})
    assert reply.json()["trace"] == trace


async def test_head_is_get_without_a_body(member: Client) -> None:
    reply = await member.request("HEAD", "/api/me")
    assert (reply.status, reply.body) == (200, b"")


async def test_compatible_faces_answer_in_their_vendors_form(app: App) -> None:
    reply = await app.client().get("/v1/models")
    assert reply.status == 401
    assert {"message", "type", "code"} <= set(reply.json()["error"])


async def test_answers_are_not_kept_by_anyone_on_the_way(app: App, member: Client) -> None:
    for path in ("/api/me", "/api/nothing", "/v1/models", "/", "/ready"):
        assert (await member.get(path)).headers["cache-control"] == "no-store"
