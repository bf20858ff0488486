"""Where things are in the repository."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BUILD_VENV = ROOT / ".venv-build"
WEB = ROOT / "web"
PACKAGE = ROOT / "src" / "modulon"
REQUIREMENTS = ROOT / "requirements"
RESULTS = ROOT / "test-results"

PYTHON = VENV / "bin" / "python"
BUILD_BIN = BUILD_VENV / "bin"
