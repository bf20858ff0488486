"""`make dev`: the server starts anew and the interface is built anew whenever a source is saved.

Arguments go to `modulon serve`.
"""

import signal
import subprocess
import sys
import time
from types import FrameType

from tools.paths import BUILD_BIN, PACKAGE, PYTHON, ROOT, WEB
from tools.steps import environment, files_under

LOOK_EVERY = 0.5
"""Seconds between two looks at the sources; a look takes a few milliseconds."""


def snapshot() -> dict[str, int]:
    """When each source of the server was last changed, in nanoseconds."""
    times: dict[str, int] = {}
    for path in files_under(PACKAGE, suffixes=(".py", ".toml"), skip=("tests", "frontend")):
        try:
            times[str(path)] = path.stat().st_mtime_ns
        except FileNotFoundError:  # an editor replaced it between the listing and now
            times[str(path)] = 0
    return times


def start_server(arguments: list[str]) -> subprocess.Popen[bytes]:
    # An index of routes that is out of date would keep the server from starting.
    subprocess.run([PYTHON, "-m", "modulon.core.engine.index"], cwd=ROOT, check=False)
    return subprocess.Popen([PYTHON, "-m", "modulon", "serve", "--dev", *arguments], cwd=ROOT)


def start_interface() -> subprocess.Popen[bytes]:
    command = [BUILD_BIN / "npm", "run", "--silent", "build", "--", "--watch"]
    return subprocess.Popen(command, cwd=WEB, env=environment(), stdin=subprocess.DEVNULL)


def watch(arguments: list[str]) -> None:
    """Keep both running until interrupted; a server that broke is started again after the next save."""
    interface, server = start_interface(), start_server(arguments)
    seen = snapshot()
    try:
        while True:
            time.sleep(LOOK_EVERY)
            now = snapshot()
            if now != seen:
                changed = sorted(path for path in now.keys() | seen.keys() if now.get(path) != seen.get(path))
                print(f"── {changed[0].removeprefix(f'{ROOT}/')} changed; starting the server anew", flush=True)
                end(server)
                server, seen = start_server(arguments), now
    finally:
        end(server)
        end(interface)


def end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        process.wait()


def interrupted(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> None:
    signal.signal(signal.SIGTERM, interrupted)
    try:
        watch(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
