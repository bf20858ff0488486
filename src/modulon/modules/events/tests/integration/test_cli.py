"""`modulon event`, as a person types it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Modulon = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def modulon(tmp_path: Path) -> Modulon:
    own = {name: value for name, value in os.environ.items() if not name.startswith("MODULON_")}
    own |= {
        "MODULON_DATA_DIR": str(tmp_path / "data"),
        "MODULON_DEV": "true",
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }

    def call(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "modulon", *arguments]
        return subprocess.run(command, input=stdin, env=own, text=True, capture_output=True, timeout=60, check=False)

    return call


def test_events_are_listed_and_shown(modulon: Modulon) -> None:
    create = ("user", "create", "--email", "ada@example.org", "--admin", "--password-stdin")
    assert modulon(*create, stdin="correct horse battery staple\n").returncode == 0
    listed = modulon("event", "list", "--type", "identity.*", "--json")
    assert listed.returncode == 0, listed.stderr
    newest = json.loads(listed.stdout.splitlines()[-1])
    assert newest["type"].startswith("identity.")
    shown = modulon("event", "show", str(newest["seq"]))
    assert json.loads(shown.stdout) == newest
    assert newest["type"] in modulon("event", "list", "--limit", "3").stdout
    missing = modulon("event", "show", "999999")
    assert (missing.returncode, missing.stderr) == (1, "modulon: There is no event of this number in the log.\n")


def test_mistakes_are_told_and_discarding_asks_first(modulon: Modulon) -> None:
    assert modulon("event", "letters").stdout == "There are no dead letters.\n"
    assert modulon("event", "consumers", "--json").stdout == "[]\n"
    replay = modulon("event", "replay", "chat.nobody", "--from", "1", "--yes")
    assert (replay.returncode, replay.stderr) == (1, "modulon: There is no consumer of this name.\n")
    asked = modulon("event", "discard", "chat.nobody", stdin="n\n")
    assert asked.returncode == 1
    assert "This cannot be undone" in asked.stdout
    assert modulon("event", "discard", "chat.nobody", "--yes").stdout == "0 dead letters are discarded.\n"
    assert modulon("event", "retry", "chat.nobody").stdout == "0 dead letters are tried once more.\n"
    lost = modulon("event", "retry", "chat.nobody", "1")
    assert lost.returncode == 1
    assert "does not wait for this consumer any more" in lost.stderr
