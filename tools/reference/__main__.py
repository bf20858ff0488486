"""Write docs/reference; with `--check` only say which pages are not current."""

import argparse
import sys
from pathlib import Path

from tools.paths import ROOT

from . import pages

FOLDER = ROOT / "docs" / "reference"


def stale() -> list[Path]:
    """The files that differ from what the code says, those that should not be there included."""
    wanted = {FOLDER / name: text for name, text in pages().items()}
    differing = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    return differing + [path for path in FOLDER.glob("*") if path not in wanted]


def write() -> list[Path]:
    """Bring the folder up to date and return what was changed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = {FOLDER / name: text for name, text in pages().items()}
    changed = stale()
    for path in changed:
        if path in made:
            path.write_text(made[path], "utf-8")
        else:
            path.unlink()
    return changed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail if a page is not current")
    check: bool = parser.parse_args().check
    found = stale() if check else write()
    for path in found:
        print(f"{path.relative_to(ROOT)} {'is not current' if check else 'written'}")
    sys.exit(1 if check and found else 0)


if __name__ == "__main__":
    main()
