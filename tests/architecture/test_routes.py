"""The route table: every route tagged, documented, and in the merged OpenAPI document."""

import pytest

from modulon.core.gateway.openapi import merge
from modulon.core.modules.discover import discover
from modulon.core.modules.index import build_index
from modulon.core.modules.load import load
from modulon.core.modules.resolve import resolve
from modulon.sdk import Route
from modulon.sdk.permissions import POLICIES

INDEX = build_index(discover())
ROUTES = [(module.manifest["module"]["id"], route) for module in INDEX.modules for route in module.routes]


def test_there_are_routes() -> None:
    assert len(ROUTES) > 20


@pytest.mark.parametrize(("module", "route"), ROUTES, ids=lambda value: getattr(value, "path", value))
def test_a01_every_route_has_a_policy(module: str, route: Route) -> None:
    assert route.policy in POLICIES


def test_a01_a_route_without_a_policy_is_refused() -> None:
    async def handler() -> None: ...

    with pytest.raises(ValueError, match="policy"):
        Route("GET", "/untagged", "", handler, "json")  # type: ignore[arg-type]


def test_the_merged_document_describes_every_route() -> None:
    parts = [(found.manifest, load(found).module) for found in resolve(discover())]
    document = merge(parts)
    for _, route in ROUTES:
        path = route.path if route.path in document["paths"] else f"/api{route.path}"
        operation = document["paths"][path][route.method.lower()]
        assert operation["summary"]
        assert operation["x-policy"] == route.policy


def test_no_two_routes_answer_one_address() -> None:
    addresses = [(route.method, route.path) for _, route in ROUTES]
    assert len(addresses) == len(set(addresses))
