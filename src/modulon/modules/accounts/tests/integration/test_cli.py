"""`modulon user create` and `modulon key create`, as a person types them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PASSWORD = "correct horse battery staple"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("MODULON_")}
    return {
        **own,
        "MODULON_DATA_DIR": str(tmp_path / "data"),
        "MODULON_DEV": "true",
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }


def modulon(environment: dict[str, str], *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "modulon", *arguments],
        input=stdin,
        env=environment,
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_a_person_and_a_key_are_made_from_the_command_line(environment: dict[str, str]) -> None:
    create = ("user", "create", "--email", "Ada@example.org", "--admin", "--password-stdin", "--json")
    made = modulon(environment, *create, stdin=PASSWORD + "\n")
    assert made.returncode == 0, made.stderr
    user = json.loads(made.stdout)
    assert (user["email"], user["name"], user["admin"]) == ("Ada@example.org", "Ada", True)
    assert PASSWORD not in made.stdout + made.stderr

    again = modulon(environment, *create, stdin=PASSWORD)
    assert again.returncode == 1
    assert again.stderr.startswith("modulon: Another account has this email address.")

    scopes = ("--scope", "inference", "--scope", "read")
    key = modulon(environment, "key", "create", "--user", "ada@example.org", "--name", "n", *scopes, "--json")
    assert key.returncode == 0, key.stderr
    assert list(json.loads(key.stdout)) == ["key"]
    plain = modulon(environment, "key", "create", "--user", "ada@example.org", "--name", "n", "--scope", "admin")
    assert plain.stdout.startswith("mdl_")
    assert plain.stdout.count("\n") == 1


def test_mistakes_are_told_in_a_sentence(environment: dict[str, str]) -> None:
    short = modulon(environment, "user", "create", "--email", "a@b.c", "--password-stdin", stdin="short\n")
    assert short.returncode == 1
    assert "A password has at least 8 characters." in short.stderr
    nobody = modulon(environment, "key", "create", "--user", "no@b.c", "--name", "n", "--scope", "read")
    assert nobody.stderr == "modulon: There is no account with this email address.\n"
    assert nobody.returncode == 1
    wrong = modulon(environment, "key", "create", "--user", "no@b.c", "--name", "n", "--scope", "everything")
    assert wrong.returncode == 2
    assert "inference" in wrong.stderr
    for result in (short, nobody, wrong):
        assert "Traceback" not in result.stderr
