"""Find a Chromium, installing Debian's when there is none and this is root.

`python -m tools.chromium` prints the path.
"""

import os
import shutil
import sys
from pathlib import Path

from tools.python_env import apt_install
from tools.steps import StepFailed

VARIABLE = "MODULON_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/usr/lib/chromium/chromium",
    "/opt/google/chrome/chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find_chromium() -> str:
    """The path of a Chromium or Chrome. Raises `StepFailed` when there is none to be had."""
    found = _installed()
    if found is None and shutil.which("apt-get") and os.geteuid() == 0:
        print("installing chromium with apt", file=sys.stderr)
        apt_install("chromium")
        found = _installed()
    if found is None:
        raise StepFailed(
            f"The browser tests need Chromium: install it (Debian: apt install chromium) or name one with {VARIABLE}."
        )
    return found


def _installed() -> str | None:
    named = os.environ.get(VARIABLE)
    if named:
        return shutil.which(named)
    on_path = (shutil.which(name) for name in NAMES)
    in_places = (place for place in PLACES if Path(place).exists())
    return next((path for path in (*on_path, *in_places) if path), None)


def main() -> None:
    try:
        print(find_chromium())
    except StepFailed as failure:
        sys.exit(str(failure))


if __name__ == "__main__":
    main()
