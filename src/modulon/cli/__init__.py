"""The command line: core's commands, and those that modules contribute."""

import importlib
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from modulon import __version__
from modulon.core.config import ConfigError
from modulon.sdk.errors import Problem
from modulon.sdk.manifest import ManifestError

from .backup import backup
from .doctor import doctor
from .recover import recover
from .run import run_as_system
from .serve import serve

app = typer.Typer(
    name="modulon",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="A self-hosted AI platform in which every feature is a module.",
)
_OWN = frozenset({"serve", "doctor", "recover", "backup", "version"})
"""Core's commands: with them, the modules' are not even looked for (starting is measured)."""

app.command()(serve)
app.command()(doctor)
app.command()(recover)
app.add_typer(backup, name="backup")


@app.callback()
def settings(
    data_dir: Annotated[Path | None, typer.Option(help="Folder that holds everything; MODULON_DATA_DIR.")] = None,
) -> None:
    """A self-hosted AI platform in which every feature is a module."""
    if data_dir is not None:
        os.environ["MODULON_DATA_DIR"] = str(data_dir)


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


def _mount_modules() -> None:
    """Add the commands of modules; their code is imported only when one of them is asked for."""
    from modulon.core.modules.discover import discover
    from modulon.sdk import cli as contract

    contract.runner.set(run_as_system)
    for module in discover():
        for contribution in module.manifest.contributes.cli:
            group = getattr(importlib.import_module(f"{module.package}.backend.cli"), contribution.name)
            app.add_typer(group, name=contribution.name, help=contribution.help)


def main() -> None:
    """Entry point of the `modulon` command."""
    try:
        if not _OWN.intersection(sys.argv[1:]):
            _mount_modules()
        app()
    except (Problem, ConfigError, ManifestError, RuntimeError, OSError) as error:
        message = error.message if isinstance(error, Problem) else str(error)
        typer.echo(f"modulon: {message}", err=True)
        raise SystemExit(1) from None
