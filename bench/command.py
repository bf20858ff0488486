"""What every benchmark's command line has in common."""

import argparse
from collections.abc import Awaitable, Callable

import uvloop

from bench.processes import LOAD_CORE, on_core
from bench.rounds import Effort
from bench.table import Line, heading, table

Measure = Callable[[Effort], Awaitable[list[Line]]]


def effort_parser(default: Effort) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=default.rounds)
    parser.add_argument("--seconds", type=float, default=default.seconds, help="of each round")
    return parser


def print_table(title: str, measure: Measure, effort: Effort) -> None:
    """Measure and print; the load runs on its own core."""

    async def run() -> list[Line]:
        return await measure(effort)

    with on_core(LOAD_CORE):
        lines = uvloop.run(run())
    print(heading(title))
    print(table(lines), flush=True)


def run_command(title: str, measure: Measure) -> None:
    """The `main` of one benchmark."""
    arguments = effort_parser(Effort()).parse_args()
    print_table(title, measure, Effort(arguments.rounds, arguments.seconds))
