"""`modulon recover`: the master key again, from the recovery key that set-up showed once."""

import asyncio
from typing import Annotated

import typer

from modulon.core.config import load_config


def recover(
    key_stdin: Annotated[
        bool, typer.Option("--key-stdin", help="Read the recovery key from standard input, not from the terminal.")
    ] = False,
) -> None:
    """Write the master key's file anew, from the recovery key. Stop the server first."""
    from modulon.core.engine.recover import restore

    text = typer.get_text_stream("stdin").readline() if key_stdin else typer.prompt("Recovery key", hide_input=True)
    path = asyncio.run(restore(load_config(), text))
    typer.echo(f"The master key is in {path} again. Start the server.")
