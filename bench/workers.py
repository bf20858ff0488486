"""What two workers of one server share costs: CPU beside one worker, which a machine with few cores can measure too."""

from dataclasses import replace

from bench.command import run_command
from bench.gateway import JSON_MANY, action
from bench.load import Action
from bench.parts import Target, modulon, provider
from bench.rounds import Effort, in_turn
from bench.table import Line
from bench.writes import CLIENTS, accept, accept_message


def ask(target: Target) -> Action:
    return action(target, JSON_MANY)


LOADS = (
    (f"{JSON_MANY.name}: CPU per request", JSON_MANY.clients, ask),
    (f"conversation opened, {CLIENTS} clients: CPU", CLIENTS, accept),
    (f"message accepted and answered, {CLIENTS} clients: CPU", CLIENTS, accept_message),
)


async def measure(effort: Effort) -> list[Line]:
    async with (
        provider(JSON_MANY.model) as upstream,
        modulon(upstream) as single,
        modulon(upstream, "--workers", "2") as double,
    ):
        one, two = replace(single, name="one worker"), replace(double, name="two workers")
        lines: list[Line] = []
        for name, clients, load in LOADS:
            done = await in_turn((one, two), load, clients=clients, effort=effort)
            cpu = {target: measured.median(lambda tally: tally.cpu_ms) for target, measured in done.items()}
            spread = done[two.name].spread(lambda tally: tally.cpu_ms)
            lines.append(Line(name, "ms", cpu[two.name], baseline=cpu[one.name], spread=spread))
    return lines


if __name__ == "__main__":
    run_command("Two workers beside one", measure)
