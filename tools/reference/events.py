"""Events of the log."""

import inspect
from typing import Final

import msgspec

from modulon.sdk.events import Event

from .markdown import code, table, type_name
from .source import import_everything, loaded_modules, subclasses

INTRODUCTION: Final = """\
# Events

An event is a fact, written to the log in the transaction of the change it tells of. A module handles one with
`@module.on(EventType)`; how, is in [events](../develop/events.md). Those marked *notifies* are also sent to the
browsers of the workspace by `GET /api/events/stream`.
"""


def page() -> str:
    """Every event, under its module."""
    parts = [_section(module, kinds) for module, kinds in event_types().items() if kinds]
    return "\n".join([INTRODUCTION, *parts])


def event_types() -> dict[str, list[type[Event]]]:
    """Each module's events, core's first."""
    import_everything()
    found = {"core": sorted(_named("modulon.core", "") + _named("modulon.sdk", ""), key=lambda kind: kind.type)}
    return found | {module.id: _named(module.discovered.package, f"{module.id}.") for module in loaded_modules()}


def _named(package: str, prefix: str) -> list[type[Event]]:
    """The events a package tells; those it only names to hear them have another module's prefix."""
    kinds = [kind for kind in subclasses(Event, package) if getattr(kind, "type", "").startswith(prefix)]
    return sorted((kind for kind in kinds if hasattr(kind, "type")), key=lambda kind: kind.type)


def _section(module: str, kinds: list[type[Event]]) -> str:
    return f"## {module}\n\n" + "\n".join(_event(kind) for kind in kinds)


def _event(kind: type[Event]) -> str:
    marks = f"version {kind.version}{', notifies' if kind.notify else ''}"
    told = " ".join((inspect.getdoc(kind) or "").split())
    fields = [(code(field.name), code(type_name(field.type))) for field in msgspec.structs.fields(kind)]
    return f"### {code(kind.type)}\n\n{told} ({marks})\n\n{table(('field', 'type'), fields)}"
