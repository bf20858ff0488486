"""Settings of modules."""

from typing import Any, Final

from pydantic.fields import FieldInfo

from modulon.sdk.settings import ModuleSettings

from .markdown import code, table, type_name
from .source import loaded_modules

HEAD: Final = ("setting", "type", "default", "limits", "what it is")
SIGNS: Final = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "min_length": "length ≥", "max_length": "length ≤"}

INTRODUCTION: Final = """\
# Settings of modules

A module declares its settings as a class. A value can be set for the whole server (`system`, needs an admin),
for a workspace and for a user; the nearest one counts. What the operator sets at start is another thing:
[configuration](configuration.md).
"""


def page() -> str:
    """Every setting, under its module."""
    parts = [_section(name, model) for name, model in models().items()]
    return "\n".join([INTRODUCTION, *(parts or ["No module has settings.\n"])])


def models() -> dict[str, type[ModuleSettings]]:
    """The settings of each module that has some."""
    return {m.id: m.module.settings_model for m in loaded_modules() if m.module.settings_model is not None}


def _section(module: str, model: type[ModuleSettings]) -> str:
    rows = [_row(name, field) for name, field in model.model_fields.items()]
    return f"## {module}\n\n{table(HEAD, rows)}"


def _row(name: str, field: FieldInfo) -> tuple[str, str, str, str, str]:
    default: Any = field.get_default(call_default_factory=True, validated_data={})
    limits = ", ".join(filter(None, map(_limit, field.metadata)))
    return code(name), code(type_name(field.annotation)), code(repr(default)), limits, field.description or ""


def _limit(constraint: object) -> str:
    """One of pydantic's constraints in signs."""
    found = ((sign, getattr(constraint, name, None)) for name, sign in SIGNS.items())
    return ", ".join(f"{sign} {value}" for sign, value in found if value is not None)
