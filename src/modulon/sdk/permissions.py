"""Permissions a manifest may ask for, and the policy tags a route must carry."""

import re
from typing import Final, Literal, get_args

Policy = Literal[
    "public",
    "signed-in",
    "inference",
    "admin",
    "workspace.view",
    "workspace.edit",
    "workspace.manage",
    "resource.view",
    "resource.edit",
    "resource.manage",
]
"""Who may call a route. `resource.*` routes additionally reach rows only through guarded statements."""

POLICIES: Final[frozenset[str]] = frozenset(get_args(Policy))

PERMISSIONS: Final = (
    "kv",
    "files",
    "db",
    "http:<host>",
    "events.listen:<type>",
    "events.emit",
    "llm:<class>",
    "chat.read",
    "chat.write",
    "chat.filter",
    "users.read",
    "workspace.read",
    "workspace.write",
    "knowledge.read",
    "knowledge.write",
    "tools.provide",
    "tools.call:<id>",
    "models.provide",
    "secrets",
    "schedule",
    "ui:<slot>",
    "ui.native",
    "service:<id>",
    "notify",
)
"""Every permission, version 1. A part in angle brackets is chosen by the author."""

_PATTERNS: Final = tuple(
    re.compile(re.sub(r"<\w+>", r"[^\\s]{1,200}", re.escape(name)).replace(r"\<", "<")) for name in PERMISSIONS
)


def is_permission(name: str) -> bool:
    """Whether *name* is a permission a manifest may ask for."""
    return any(pattern.fullmatch(name) for pattern in _PATTERNS)
