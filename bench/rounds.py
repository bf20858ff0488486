"""Measuring several targets in turn, so that what else the machine does hits all of them alike."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.load import Action, Tally, run_round
from bench.parts import Target

WARM_UP_SECONDS = 0.5


@dataclass(frozen=True)
class Effort:
    """How long to measure."""

    rounds: int = 5
    seconds: float = 3.0


@dataclass(frozen=True)
class Measured:
    """The rounds of one target."""

    target: Target
    tallies: list[Tally]

    def median(self, figure: Callable[[Tally], float]) -> float:
        return statistics.median(map(figure, self.tallies))

    def spread(self, figure: Callable[[Tally], float]) -> float:
        """Half the distance between the lowest and the highest round, as a share of the median."""
        values = list(map(figure, self.tallies))
        return (max(values) - min(values)) / 2 / (statistics.median(values) or 1)


async def in_turn(
    targets: Sequence[Target], action: Callable[[Target], Action], *, clients: int, effort: Effort
) -> dict[str, Measured]:
    """Measure every target `effort.rounds` times, taking turns; by name. Raises `Broken` if anything failed."""
    measured = {target.name: Measured(target, []) for target in targets}
    for target in targets:
        warm = await run_round(target.url, action(target), clients=clients, seconds=WARM_UP_SECONDS, tree=None)
        warm.check(target.name)
    for _ in range(effort.rounds):
        for one in measured.values():
            target = one.target
            tally = await run_round(
                target.url, action(target), clients=clients, seconds=effort.seconds, tree=target.tree
            )
            tally.check(target.name)
            one.tallies.append(tally)
    return measured
