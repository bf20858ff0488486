"""Commands a module adds to `modulon`.

A module that declares `[[contributes.cli]]` has `backend/cli.py` with a Typer application named `cli`:

    cli = typer.Typer(no_args_is_help=True)

    @cli.command()
    def add(name: str, json: bool = False) -> None:
        result = run(lambda ctx: ProvidersService(ctx).create(name))
        echo(result, as_json=json)

`run` opens the data folder, acts as the named system principal that core builds for commands, and closes again. It
works beside a running server: both write through the same lock.
"""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from .context import Context

T = TypeVar("T")
Runner = Callable[[str, Callable[["Context"], Awaitable[Any]]], Any]

runner: ContextVar[Runner] = ContextVar("modulon_cli_runner")
"""Set by the command line before a module's command is called."""


def run(module: str, action: Callable[["Context"], Awaitable[T]]) -> T:
    """Run *action* with a context of *module* that acts as the system, and return what it returns.

    The context's workspace is the built-in `system` one. A `Problem` ends the command with its sentence and exit
    code 1.
    """
    return runner.get()(module, action)
