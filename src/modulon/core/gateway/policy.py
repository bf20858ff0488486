"""What a policy tag asks of the caller. Rows are guarded besides, by the statements that reach them."""

from typing import Final

from modulon.core.identity.errors import AdminOnly, ScopeMissing
from modulon.sdk.errors import Problem, Unauthenticated
from modulon.sdk.identity import SYSTEM_WORKSPACE, Principal

_WRITES: Final = frozenset({"workspace.edit", "workspace.manage", "resource.edit", "resource.manage"})


def required_scope(policy: str, method: str) -> str:
    """The scope an API key needs for a route; `""` for public ones."""
    if policy == "public":
        return ""
    if policy in ("inference", "admin"):
        return policy
    if policy in _WRITES or method not in ("GET", "HEAD"):
        return "write"
    return "read"


def refusal(principal: Principal, policy: str, method: str) -> Problem | None:
    """Why *principal* may not call a route with this policy, or `None` if it may."""
    if policy == "public":
        return None
    if principal.kind == "anonymous":
        return Unauthenticated()
    scope = required_scope(policy, method)
    if scope not in principal.scopes:
        return AdminOnly() if policy == "admin" and principal.kind == "user" else ScopeMissing(params={"scope": scope})
    if policy == "admin" and not principal.admin:
        return AdminOnly()
    if policy.startswith("workspace.") and principal.workspace == SYSTEM_WORKSPACE and not principal.admin:
        return AdminOnly()
    return None
