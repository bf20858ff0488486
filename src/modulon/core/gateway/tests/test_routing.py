"""From a method and a path to a route."""

from modulon.core.gateway.routing import Router
from modulon.core.modules.index import IndexedRoute


def router() -> Router:
    made = Router()
    made.add(
        "chat",
        ["/conversations", "/runs"],
        (
            IndexedRoute("GET", "/conversations", "signed-in", "json"),
            IndexedRoute("POST", "/conversations", "workspace.edit", "json"),
            IndexedRoute("GET", "/conversations/{conversation_id}", "resource.view", "json"),
            IndexedRoute("DELETE", "/conversations/{conversation_id}", "resource.manage", "json"),
            IndexedRoute("GET", "/runs/{run_id}/events", "resource.view", "asgi"),
        ),
    )
    return made


def test_an_exact_path() -> None:
    found = router().find("POST", "/conversations")
    assert found
    assert found.route
    assert (found.module, found.route.policy, found.params) == ("chat", "workspace.edit", {})


def test_parameters_are_taken_out() -> None:
    found = router().find("GET", "/runs/abc/events")
    assert found
    assert found.route
    assert (found.route.kind, dict(found.params)) == ("asgi", {"run_id": "abc"})


def test_head_is_get_without_a_body() -> None:
    found = router().find("HEAD", "/conversations/1")
    assert found
    assert found.route
    assert found.route.method == "GET"


def test_a_method_that_does_not_fit_lists_those_that_do() -> None:
    found = router().find("PATCH", "/conversations/1")
    assert found
    assert found.route is None
    assert found.allow == ("DELETE", "GET")


def test_nobody_owns_it() -> None:
    assert router().find("GET", "/conversation") is None
    assert router().find("GET", "/conversations/1/2") is None
    assert router().find("GET", "/") is None
    assert router().find("GET", "") is None


def test_a_parameter_does_not_swallow_slashes() -> None:
    assert router().find("GET", "/conversations//") is None
