"""Figures as a Markdown table, with the ratio to the baseline."""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Line:
    """One figure."""

    measure: str
    unit: str
    modulon: float
    budget: str = ""
    """As performance asks for it, for example `≤ 0.25`."""
    baseline: float | None = None
    spread: float | None = None
    """Half the distance between the lowest and the highest round, as a share of the figure."""


HEADINGS = ("measure", "unit", "baseline", "Modulon", "ratio", "±", "asked")


def number(value: float | None) -> str:
    """Three significant digits, readable at every size."""
    if value is None:
        return ""
    if value == 0:
        return "0"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    if abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 1 else f"{value:.3f}"


def cells(line: Line) -> tuple[str, ...]:
    ratio = "" if not line.baseline else f"{line.modulon / line.baseline:.2f}"
    spread = "" if line.spread is None else f"{line.spread:.0%}"
    return (line.measure, line.unit, number(line.baseline), f"**{number(line.modulon)}**", ratio, spread, line.budget)


def table(lines: Iterable[Line]) -> str:
    rows = [HEADINGS, *map(cells, lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    shown = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    ruler = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([shown[0], ruler, *shown[1:]])


def heading(title: str) -> str:
    """What was measured, when, and how busy the machine was: a figure without that means little."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
    busy = os.getloadavg()[0]
    return f"\n### {title}\n\n{now} UTC, Python {platform.python_version()}, {os.cpu_count()} cores, load {busy:.1f}\n"
