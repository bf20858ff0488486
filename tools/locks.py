"""Write the hashed locks anew. `--upgrade` takes the newest releases, else what is locked stays where it fits."""

import argparse

from tools.paths import BUILD_BIN, REQUIREMENTS, ROOT
from tools.steps import call

HEADER = "# Made by `make locks`. Do not edit."


def compile_lock(name: str, *sources: str, upgrade: bool) -> None:
    """Resolve *sources* for every platform and Python >= 3.11, writing neither addresses nor local paths."""
    output = REQUIREMENTS / f"{name}.lock"
    options = ["--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]
    # With its extras: pip asks a package with an extra for its newest release first, unless that very line is pinned.
    options += ["--no-strip-extras", "--no-emit-index-url", "--no-emit-find-links", *(["--upgrade"] if upgrade else [])]
    call(BUILD_BIN / "uv", "--no-config", "pip", "compile", *options, *sources, "--output-file", output, cwd=ROOT)
    output.write_text(f"{HEADER}\n{output.read_text()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true")
    upgrade = parser.parse_args().upgrade
    compile_lock("runtime", "pyproject.toml", "--extra", "all", upgrade=upgrade)
    compile_lock("dev", "requirements/dev.in", "--constraint", "requirements/runtime.lock", upgrade=upgrade)
    compile_lock("build", "requirements/build.in", upgrade=upgrade)


if __name__ == "__main__":
    main()
