"""The wheel, installed where there is nothing else."""

import os
import re
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tools.paths import BUILD_BIN, ROOT

# Building, and installing fifty packages into an empty environment, takes most of a minute.
pytestmark = pytest.mark.nightly


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([BUILD_BIN / "hatchling", "build", "--target", "wheel", "--directory", folder], cwd=ROOT, check=True)
    return next(folder.glob("*.whl"))


def test_it_holds_what_was_built_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {"modulon/_web/index.html", "modulon/_routes.json"} <= set(names)
    assert any(name.startswith("modulon/_docs/") for name in names)
    assert [name for name in names if "/tests/" in name or ("/frontend/" in name and "/_web/" not in name)] == []


def test_it_serves_without_node(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "env"], check=True)
    subprocess.run([tmp_path / "env/bin/pip", "install", "--quiet", wheel], check=True)
    process = subprocess.Popen(
        [tmp_path / "env/bin/modulon", "serve", "--port", "0"],
        env={"PATH": os.defpath, "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    with process:
        try:
            address = re.search(r"http://\S+", process.stdout.readline())
            assert address is not None
            with urllib.request.urlopen(address[0]) as page:
                assert b"<title>Modulon" in page.read()
        finally:
            process.terminate()
