"""One process of `test_backup.py`: `python -m tests.reliability.restoring DATA_DIR DATABASE_URL FILE`.

It says "ready", waits for a line, restores the backup and says "done".
"""

import asyncio
import sys
from pathlib import Path

from modulon.core.config import Config
from modulon.core.data.backup.tests.machine import Machine

if __name__ == "__main__":
    machine = Machine(Config(data_dir=Path(sys.argv[1]), database_url=sys.argv[2]))
    print("ready", flush=True)
    sys.stdin.readline()
    asyncio.run(machine.restore(Path(sys.argv[3])))
    print("done", flush=True)
