"""An answer as plain JSON values, to be kept under its `Idempotency-Key`."""

from typing import Any, cast

import msgspec


def body_of(value: object) -> dict[str, Any]:
    """*value* as JSON would have it."""
    return cast(dict[str, Any], msgspec.to_builtins(value, str_keys=True))
