#!/bin/sh
# Print a Python >= 3.11, or say in one sentence what is missing. Candidates are run, not only found:
# version managers put names on PATH that start nothing.
for candidate in ${MODULON_PYTHON:-} python3.13 python3.12 python3.11 python3.14 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        command -v "$candidate"
        exit 0
    fi
done
echo "Modulon needs Python 3.11 or newer: install python3 (Debian, Ubuntu: apt install python3 python3-venv;" \
    "macOS: brew install python) or name one with MODULON_PYTHON." >&2
exit 1
