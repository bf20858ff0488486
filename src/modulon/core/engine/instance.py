"""Which instance this data folder is, and whether it is the one that was here before.

A moved or mistyped data folder must not look like an empty server. The instance's id is written into the data
folder and, as a second note, into `$XDG_STATE_HOME/modulon/<hash of the configuration's path>`. If only the note
exists, the start is refused.
"""

import hashlib
import os
from pathlib import Path

from modulon.core.config import Config
from modulon.sdk.ids import new_id


class InstanceMissing(RuntimeError):
    """The data folder is empty although this configuration has had data."""


def identify(config: Config) -> str:
    """The instance's id, made at the first start. Raises `InstanceMissing`."""
    config.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    config.run_dir.mkdir(mode=0o700, exist_ok=True)
    own = config.data_dir / "instance_id"
    note = _note(config)
    if own.exists():
        instance = own.read_text("ascii").strip()
    elif note.exists() and not config.new_instance:
        raise InstanceMissing(
            f"The data folder {config.data_dir} is empty, but this configuration has had data before (instance "
            f"{note.read_text('ascii').strip()}). Nothing was created. Point --data-dir at the old folder, bring a "
            "backup back with `modulon backup restore`, or start with --new-instance if you mean to begin anew."
        )
    else:
        instance = str(new_id())
        _write(own, instance)
    if not note.exists() or note.read_text("ascii").strip() != instance:
        note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(note, instance)
    return instance


def _note(config: Config) -> Path:
    base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    configuration = Path("modulon.toml").resolve() if Path("modulon.toml").is_file() else config.data_dir.resolve()
    return base / "modulon" / hashlib.sha256(str(configuration).encode()).hexdigest()[:32]


def _write(path: Path, text: str) -> None:
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with temporary.open("w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
