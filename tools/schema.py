"""`python -m tools.schema` prints the OpenAPI document of all standard modules, without a server."""

import json
import sys

from modulon.core.gateway.openapi import merge

from .reference.source import loaded_modules


def main() -> None:
    """Print it as JSON."""
    parts = [(loaded.discovered.manifest, loaded.module) for loaded in loaded_modules()]
    json.dump(merge(parts), sys.stdout)


if __name__ == "__main__":
    main()
