"""`modulon provider add`, as a person types it. Two processes of their own, each with a first start: over 5 s."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from modulon.modules.providers.backend.cli import provider

KEY = "sk-canary-cli-12345678"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("MODULON_")}
    return {
        **own,
        "MODULON_DATA_DIR": str(tmp_path / "data"),
        "MODULON_DEV": "true",
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }


def add(environment: dict[str, str], *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "modulon", "provider", "add", *arguments],
        input=stdin,
        env=environment,
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_a_provider_that_does_not_answer_yet_is_kept_and_its_key_sealed(environment: dict[str, str]) -> None:
    place = ("--name", "Later", "--base-url", "http://127.0.0.1:9/v1")
    made = add(environment, "--kind", "openai", *place, "--key-stdin", "--json", stdin=KEY + "\n")
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    assert (told["name"], told["slug"], told["models"]) == ("Later", "later", 0)
    assert told["error"]["code"] == "providers.connection_failed"
    data = Path(environment["MODULON_DATA_DIR"])
    assert all(KEY.encode() not in path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert KEY not in made.stdout + made.stderr

    again = add(environment, *place)
    assert again.returncode == 1
    assert "modulon: Another provider has this name." in again.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("--name", " ", "--endpoint", "http://127.0.0.1:9/"), "--name"), (("--name", "P"), "--base-url")],
)
def test_what_is_missing_is_said(arguments: tuple[str, ...], says: str) -> None:
    refused = CliRunner().invoke(provider, ["add", *arguments])
    assert refused.exit_code == 2
    assert says in refused.stderr
