"""Events of the log."""

import inspect
from typing import Final

import msgspec

from modulon.sdk.events import Event

from .markdown import code, table
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
    packages = {"core": "modulon.core"} | {module.id: module.discovered.package for module in loaded_modules()}
    return {name: _named(subclasses(Event, package)) for name, package in packages.items()}


def _named(kinds: list[type[Event]]) -> list[type[Event]]:
    return sorted((kind for kind in kinds if hasattr(kind, "type")), key=lambda kind: kind.type)


def _section(module: str, kinds: list[type[Event]]) -> str:
    return f"## {module}\n\n" + "\n".join(_event(kind) for kind in kinds)


def _event(kind: type[Event]) -> str:
    marks = f"version {kind.version}{', notifies' if kind.notify else ''}"
    told = " ".join((inspect.getdoc(kind) or "").split())
    fields = [(code(field.name), code(_type(field.type))) for field in msgspec.structs.fields(kind)]
    return f"### {code(kind.type)}\n\n{told} ({marks})\n\n{table(('field', 'type'), fields)}"


def _type(annotation: object) -> str:
    return annotation.__name__ if isinstance(annotation, type) else str(annotation).replace("typing.", "")
