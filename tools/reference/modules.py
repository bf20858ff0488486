"""What each module's manifest says."""

from collections.abc import Iterable
from typing import Final

from modulon.core.modules.load import Loaded

from .markdown import code, table
from .source import loaded_modules

INTRODUCTION: Final = """\
# Modules

Every feature is a module. This is what their manifests (`module.toml`) say.
"""


def page() -> str:
    """Every module."""
    return "\n".join([INTRODUCTION, *(_section(module) for module in loaded_modules())])


def _section(module: Loaded) -> str:
    manifest = module.discovered.manifest
    owns, contributes = manifest.owns, manifest.contributes
    facts = {
        "version": manifest.module.version,
        "type": manifest.module.type,
        "tables": _codes(owns.tables),
        "paths": _codes([*(f"/api/{path}" for path in owns.paths), *owns.roots]),
        "requires": ", ".join(f"{name} {code(wanted)}" for name, wanted in manifest.requires.items()),
        "asks for": ", ".join(f"{code(name)} ({asked.reason})" for name, asked in manifest.permissions.items()),
        "offers": _codes(sorted({provision.protocol.__name__ for provision in module.module.services})),
        "implements": ", ".join(
            f"{code(provision.protocol.__name__)} as {code(provision.name)}"
            for provision in module.module.implementations
        ),
        "emits": _codes(manifest.events.emits),
        "pages": _codes(page.path for page in contributes.page),
        "elements in slots": ", ".join(f"{code(ui.element)} in {code(ui.slot)}" for ui in contributes.ui),
        "palette commands": _codes(command.id for command in contributes.command),
        "command line": _codes(f"modulon {command.name}" for command in contributes.cli),
    }
    rows = [(name, value) for name, value in facts.items() if value]
    return f"## {manifest.id}\n\n{manifest.module.description}.\n\n{table(('', ''), rows)}"


def _codes(names: Iterable[str]) -> str:
    return ", ".join(code(name) for name in names)
