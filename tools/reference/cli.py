"""The command line, as it is built."""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from typer.main import get_command

from modulon.cli import app

from .markdown import code, table
from .source import loaded_modules

INTRODUCTION: Final = """\
# Command line

Every command takes `--help`. Commands work beside a running server: both write through one lock. A command that
fails prints one sentence and ends with 1.
"""


@dataclass(frozen=True)
class Option:
    """One option or argument of a command. *flag* is what is typed, all spellings."""

    name: str
    flag: str
    help: str
    required: bool
    repeated: bool
    positional: bool


@dataclass(frozen=True)
class CliCommand:
    """One command; *path* is what is typed after `modulon`."""

    path: tuple[str, ...]
    help: str
    options: tuple[Option, ...]

    @property
    def spellings(self) -> set[str]:
        """Every option as it may be typed."""
        return {"--help", *(word for option in self.options for word in option.flag.split(", "))}


@cache
def commands() -> tuple[CliCommand, ...]:
    """Every command, core's first, then those that modules contribute."""
    found = list(_walk(get_command(app), ()))
    for module in loaded_modules():
        for contribution in module.discovered.manifest.contributes.cli:
            cli = importlib.import_module(f"{module.discovered.package}.backend.cli")
            found += _walk(get_command(getattr(cli, contribution.name)), (contribution.name,))
    return tuple(found)


def page() -> str:
    """Every command with its options."""
    return "\n".join([INTRODUCTION, *(_section(command) for command in commands())])


def _section(command: CliCommand) -> str:
    title = f"## {code(' '.join(('modulon', *command.path)))}\n\n{' '.join(command.help.split())}\n"
    rows = [(code(option.flag), option.help, _how(option)) for option in command.options]
    return f"{title}\n{table(('option', 'what it is', 'note'), rows)}" if rows else title


def _how(option: Option) -> str:
    return ", ".join(word for word, holds in (("required", option.required), ("repeatable", option.repeated)) if holds)


def _walk(command: Any, path: tuple[str, ...]) -> Iterator[CliCommand]:
    """Typer carries its own copy of click, so what it builds is read by its attributes."""
    children: dict[str, Any] = getattr(command, "commands", {})
    if not children or path == ():
        options = tuple(_option(parameter) for parameter in command.params if not getattr(parameter, "hidden", False))
        yield CliCommand(path, command.help or "", options)
    for name, child in children.items():
        yield from _walk(child, (*path, name))


def _option(parameter: Any) -> Option:
    positional = not str(parameter.opts[0]).startswith("-")
    spellings = [str(parameter.name).upper()] if positional else [*parameter.opts, *parameter.secondary_opts]
    return Option(
        name=str(parameter.name),
        flag=", ".join(spellings),
        help=str(getattr(parameter, "help", None) or ""),
        required=bool(parameter.required),
        repeated=bool(getattr(parameter, "multiple", False)),
        positional=positional,
    )
