"""Put what the set-up builds into the wheel: interface, documentation and route index, which git ignores."""

from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = ("src/modulon/_web", "src/modulon/_docs", "src/modulon/_routes.json")


class BuiltFiles(BuildHookInterface[BuilderConfig]):
    """Adds the built files as artifacts, and refuses to make a wheel without them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """*version* is `editable` when a checkout is installed in place; then there is nothing to add."""
        if version == "editable":
            return
        missing = [path for path in BUILT if not Path(self.root, path).exists()]
        if missing:
            raise FileNotFoundError(f"{', '.join(missing)} must be built before the wheel: run `make setup` first.")
        build_data["artifacts"] += [f"/{path}" for path in BUILT]
