"""Run the checks stage by stage: `make test`, or a few of them: `make test ARGS="lint unit"`.

What a stage prints goes to test-results/<stage>.log; on the screen are its closing line, or the end of the log if it
failed. The last line adds up the tests of all stages.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree as ET

from tools.chromium import VARIABLE, find_chromium
from tools.paths import RESULTS
from tools.stages import Command, Stage, stages
from tools.steps import StepFailed, environment

LOG_LINES_SHOWN = 120


def run_stage(stage: Stage) -> bool:
    """Run one stage, telling how it went; whether it passed."""
    log = RESULTS / f"{stage.name}.log"
    started = time.monotonic()
    print(f"── {stage.name} …", flush=True)
    with log.open("wb") as output:
        passed = all(run(command, output.fileno()) for command in stage.commands)
    lines = log.read_text(errors="replace").splitlines()
    for line in lines[-LOG_LINES_SHOWN:] if not passed else closing_lines(lines):
        print(f"   {line}")
    verdict = "passed" if passed else "FAILED"
    print(f"── {stage.name} {verdict} in {time.monotonic() - started:.1f} s\n", flush=True)
    return passed


def run(command: Command, output: int) -> bool:
    done = subprocess.run(
        command.words,
        cwd=command.folder,
        env={**environment(), **command.environment},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.returncode == 0


def closing_lines(lines: list[str]) -> list[str]:
    """What the test runners said last."""
    return [line for line in lines if " passed" in line and (" in " in line or "Tests" in line)]


def counted(results: Path) -> tuple[int, int]:
    """Tests passed and failed according to the reports of all stages."""
    passed = failed = 0
    for report in results.glob("*.xml"):
        for suite in ET.parse(report).iter("testsuite"):
            broken = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            failed += broken
            passed += int(suite.get("tests", 0)) - broken - int(suite.get("skipped", 0))
    return passed, failed


def chosen(names: list[str], known: list[Stage]) -> list[Stage]:
    """The stages called *names*, in their order; all of them if none is named."""
    unknown = set(names) - {stage.name for stage in known}
    if unknown:
        sys.exit(f"no such stage: {', '.join(sorted(unknown))}; there are {', '.join(stage.name for stage in known)}")
    return [stage for stage in known if not names or stage.name in names]


def provide_browser() -> None:
    """Name the browser once for every stage, before the first of them runs."""
    try:
        os.environ[VARIABLE] = find_chromium()
    except StepFailed as missing:
        sys.exit(str(missing))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", nargs="*", help="only these")
    parser.add_argument("--nightly", action="store_true", help="the long tests too")
    parser.add_argument("--keep-going", action="store_true", help="run the other stages after one that failed")
    arguments = parser.parse_args()
    wanted = chosen(arguments.stage, stages(nightly=arguments.nightly))
    if any(stage.needs_browser for stage in wanted):
        provide_browser()
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir()

    started = time.monotonic()
    failures: list[str] = []
    for stage in wanted:
        if not run_stage(stage):
            failures.append(stage.name)
            if not arguments.keep_going:
                break
    passed, failed = counted(RESULTS)
    if failures:
        print(f"FAILED: {', '.join(failures)}; see {RESULTS.name}/<stage>.log")
    print(f"All of it took {time.monotonic() - started:.0f} s.\n{passed} passed, {failed} failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
