"""Find an nginx, installing Debian's when there is none and this is root.

`python -m tools.nginx` prints the path. It stands in front of the server where tests need HTTPS.
"""

import os
import shutil
import sys

from tools.python_env import apt_install
from tools.steps import StepFailed

PLACES = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin")
"""Where it lies beside the path of somebody who is not root."""


def find_nginx() -> str:
    """The path of nginx. Raises `StepFailed` when there is none to be had."""
    found = _installed()
    if found is None and shutil.which("apt-get") and os.geteuid() == 0:
        print("installing nginx with apt", file=sys.stderr)
        apt_install("nginx-light")
        found = _installed()
    if found is None:
        raise StepFailed("The tests behind HTTPS need nginx: install it (Debian: apt install nginx-light).")
    return found


def _installed() -> str | None:
    return shutil.which("nginx", path=os.pathsep.join((os.environ.get("PATH", os.defpath), *PLACES)))


def main() -> None:
    try:
        print(find_nginx())
    except StepFailed as failure:
        sys.exit(str(failure))


if __name__ == "__main__":
    main()
