"""`python -m bench`: a short round of every benchmark. Name some to run only them."""

import sys

from bench import chat, gateway, history, install, modules, page, reads, startup, workers, writes
from bench.command import Measure, effort_parser, print_table
from bench.rounds import Effort

SHORT = Effort(rounds=3, seconds=2.0)
BENCHMARKS: dict[str, tuple[str, Measure]] = {
    "startup": ("Start and rest", startup.measure),
    "gateway": ("The gateway beside a bare proxy", gateway.measure),
    "chat": ("A conversation beside a bare stream", chat.measure),
    "writes": ("Durable writes beside SQLite alone", writes.measure),
    "workers": ("Two workers beside one", workers.measure),
    "reads": ("Reading a long history", reads.measure),
    "page": ("The chat page", page.measure),
    "modules": ("Modules", modules.measure),
    "install": ("Installed", install.measure),
    "history": ("A long history in the browser", history.measure),
}


def main() -> None:
    parser = effort_parser(SHORT)
    parser.add_argument("benchmark", nargs="*", choices=[*BENCHMARKS, []], metavar=f"{{{','.join(BENCHMARKS)}}}")
    arguments = parser.parse_args()
    for name in arguments.benchmark or BENCHMARKS:
        title, measure = BENCHMARKS[name]
        print_table(title, measure, Effort(arguments.rounds, arguments.seconds))


if __name__ == "__main__":
    sys.exit(main())
