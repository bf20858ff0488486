"""The arithmetic behind the tables."""

import pytest

from bench.client import Broken
from bench.load import Done, Tally, percentile
from bench.parts import Target
from bench.rounds import Measured
from bench.table import Line, number, table


def tally(*latencies: float, seconds: float = 2.0, cpu: float = 0.1) -> Tally:
    return Tally(seconds, cpu, [Done(latency) for latency in latencies])


def test_figures_of_a_round() -> None:
    round_ = tally(1.0, 2.0, 9.0, 4.0)
    assert (round_.per_second, round_.cpu_ms, round_.latency()) == (2.0, 25.0, 3.0)


def test_percentiles_take_a_value_that_was_measured() -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], 0.99) == 4.0


def test_failed_exchanges_are_no_figure() -> None:
    round_ = tally(1.0)
    round_.errors["http 500"] += 1
    with pytest.raises(Broken, match=r"1 done, errors: {'http 500': 1}"):
        round_.check("Modulon")


def test_median_and_spread_over_rounds() -> None:
    measured = Measured(Target("x", ""), [tally(latency) for latency in (8.0, 10.0, 12.0)])
    assert (measured.median(Tally.latency), measured.spread(Tally.latency)) == (10.0, 0.2)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, ""), (0, "0"), (0.2571, "0.257"), (2.571, "2.57"), (25.71, "25.7"), (257.1, "257"), (2571.4, "2,571")],
)
def test_numbers_have_three_digits(value: float | None, shown: str) -> None:
    assert number(value) == shown


def test_the_ratio_is_to_the_baseline() -> None:
    row = table([Line("CPU", "ms", 0.3, "≤ 0.25", 0.2, 0.05)]).splitlines()[-1]
    assert [cell.strip() for cell in row.split("|")[1:-1]] == [
        "CPU",
        "ms",
        "0.200",
        "**0.300**",
        "1.50",
        "5%",
        "≤ 0.25",
    ]
