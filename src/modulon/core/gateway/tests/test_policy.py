"""What a policy tag asks of the caller: the whole table."""

from uuid import UUID

import pytest

from modulon.core.gateway.policy import refusal, required_scope
from modulon.sdk import Principal
from modulon.sdk.identity import ANONYMOUS, SCOPES, SYSTEM_WORKSPACE
from modulon.sdk.permissions import POLICIES

SOMEONE = UUID(int=7)
WORKSPACE = UUID(int=8)
ALL = frozenset(SCOPES)

USER = Principal(kind="user", user=SOMEONE, workspace=WORKSPACE, scopes=ALL - {"admin"})
ADMIN = Principal(kind="user", user=SOMEONE, workspace=WORKSPACE, scopes=ALL, admin=True)


def key(*scopes: str, admin: bool = False) -> Principal:
    return Principal(kind="key", user=SOMEONE, workspace=WORKSPACE, scopes=frozenset(scopes), admin=admin)


@pytest.mark.parametrize("policy", sorted(POLICIES - {"public"}))
def test_anonymous_must_sign_in(policy: str) -> None:
    problem = refusal(ANONYMOUS, policy, "GET")
    assert problem
    assert problem.status == 401


def test_public_is_public() -> None:
    assert refusal(ANONYMOUS, "public", "POST") is None


@pytest.mark.parametrize("policy", sorted(POLICIES - {"admin"}))
def test_a_member_may_do_everything_but_administer(policy: str) -> None:
    assert refusal(USER, policy, "POST") is None


def test_only_an_administrator_administers() -> None:
    problem = refusal(USER, "admin", "GET")
    assert problem
    assert problem.code == "identity.admin_only"
    assert refusal(ADMIN, "admin", "GET") is None


def test_an_admin_scope_without_an_admin_behind_it_does_not_help() -> None:
    assert refusal(key("admin"), "admin", "GET")


@pytest.mark.parametrize(
    ("policy", "method", "scope"),
    [
        ("inference", "POST", "inference"),
        ("signed-in", "GET", "read"),
        ("signed-in", "POST", "write"),
        ("resource.view", "GET", "read"),
        ("resource.edit", "PATCH", "write"),
        ("workspace.view", "GET", "read"),
        ("workspace.manage", "DELETE", "write"),
        ("admin", "GET", "admin"),
    ],
)
def test_a_key_needs_the_scope(policy: str, method: str, scope: str) -> None:
    assert required_scope(policy, method) == scope
    others = [name for name in SCOPES if name != scope]
    problem = refusal(key(*others, admin=True), policy, method)
    assert problem
    assert problem.code == "identity.scope_missing"
    assert refusal(key(scope, admin=True), policy, method) is None


def test_the_system_workspace_is_the_administrators() -> None:
    member = Principal(kind="user", user=SOMEONE, workspace=SYSTEM_WORKSPACE, scopes=ALL)
    assert refusal(member, "workspace.edit", "POST")
