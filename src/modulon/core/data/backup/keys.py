"""Which keys open a backup: the master key it was made with, or the recovery key that brings that one back."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from modulon.core.config import Config
from modulon.core.secrets.master import MasterKey
from modulon.core.secrets.recovery import unwrap

from .container import Header, read_header
from .errors import BackupDamaged, BackupLocked, BackupRefused

_NONCE: Final = 12
_GIVE: Final = "Give the recovery key that set-up showed: --recovery-key-stdin."


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A backup's header, the master key it was made with, and its own key."""

    header: Header
    master: MasterKey
    key: bytes = field(repr=False)


def new_key(master: MasterKey) -> tuple[bytes, bytes]:
    """A key for one backup, and the same wrapped by *master*."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key, nonce = os.urandom(32), os.urandom(_NONCE)
    return key, nonce + AESGCM(_wrapping(master)).encrypt(nonce, key, _bound(master))


def unlock(file: Path, config: Config, recovery_key: str | None) -> Unlocked:
    """Open *file* with *recovery_key*, or with the master key of *config* if that is `None`.

    Raises `BackupLocked` if the master key here is another one or there is none, `MasterKeyError` if the recovery key
    is another one.
    """
    with file.open("rb") as content:
        header = read_header(content)
    if recovery_key is not None:
        if header.recovery is None:
            raise BackupRefused("When this backup was made there was no recovery key: only the master key opens it.")
        master = unwrap(header.recovery, recovery_key.strip())
    else:
        master = _present(config, header)
    return Unlocked(header, master, _unwrapped(header, master))


def _present(config: Config, header: Header) -> MasterKey:
    master = MasterKey.present(config)
    if master is None:
        raise BackupLocked(f"There is no master key here to open this backup with. {_GIVE}")
    if master.id != header.master_key:
        raise BackupLocked(
            f"This backup was made with the master key {header.master_key}, and the present one is {master.id}. {_GIVE}"
        )
    return master


def _unwrapped(header: Header, master: MasterKey) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce, sealed = header.wrapped_key[:_NONCE], header.wrapped_key[_NONCE:]
    try:
        return AESGCM(_wrapping(master)).decrypt(nonce, sealed, _bound(master))
    except (InvalidTag, ValueError) as error:
        raise BackupDamaged("The backup's header was changed: its key does not open.") from error


def _wrapping(master: MasterKey) -> bytes:
    return master.derive(b"backup")


def _bound(master: MasterKey) -> bytes:
    return b"backup key:" + master.id.encode()
