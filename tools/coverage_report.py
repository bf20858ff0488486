"""Add up the coverage of all stages and hold it against what is asked: branches included, as a percentage.

What guards people's data is asked for more than the rest.
"""

import sys
from dataclasses import dataclass

from coverage import Coverage
from coverage.exceptions import CoverageException

from tools.paths import RESULTS, ROOT

PREFIX = "src/modulon/"


@dataclass(frozen=True)
class Demand:
    """At least *percent* of the code below the given places."""

    percent: float
    places: tuple[str, ...]

    @property
    def patterns(self) -> list[str]:
        return [f"{ROOT}/{PREFIX}{place}" for place in self.places]


DEMANDS = {
    "everything": Demand(90, ("*",)),
    "auth": Demand(95, ("core/identity/*", "core/gateway/*", "modules/accounts/backend/*", "sdk/identity.py")),
    "secrets": Demand(95, ("core/secrets/*", "sdk/secrets.py")),
    "storage": Demand(95, ("core/data/*", "sdk/storage/*")),
}


def main() -> None:
    coverage = Coverage(data_file=str(RESULTS / ".coverage"), config_file=str(ROOT / "pyproject.toml"))
    try:
        coverage.combine([str(RESULTS)], keep=True)
        coverage.save()
        coverage.html_report(directory=str(RESULTS / "coverage"))
        short = [text for name, demand in DEMANDS.items() if (text := falls_short(coverage, name, demand))]
    except CoverageException as problem:
        sys.exit(f"no coverage to report: {problem}")
    if short:
        sys.exit("\n".join(short))


def falls_short(coverage: Coverage, name: str, demand: Demand) -> str:
    """Print the table of one demand; return a sentence if it is not met."""
    print(f"\n{name}: at least {demand.percent} %")
    reached = coverage.report(include=demand.patterns, skip_covered=True, show_missing=True)
    return "" if reached >= demand.percent else f"{name}: {reached:.1f} % covered, {demand.percent} % asked"


if __name__ == "__main__":
    main()
