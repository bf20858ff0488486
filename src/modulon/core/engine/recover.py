"""The master key's file again, from the recovery key that set-up showed once."""

from pathlib import Path
from typing import Final

import sqlalchemy as sa

from modulon.core.config import Config
from modulon.core.data.database import open_database
from modulon.core.data.tables import instance
from modulon.core.secrets.master import FILE, MasterKey, MasterKeyError
from modulon.core.secrets.recovery import unwrap
from modulon.sdk.identity import Principal
from modulon.sdk.storage import Text, rows

from .folder import working

_WRAP: Final = rows(
    str,
    sa.select(instance.c.value).where(instance.c.key == sa.literal("recovery", Text)),
    unguarded="what the host keeps about itself",
)


async def restore(config: Config, recovery_key: str) -> Path:
    """Write the master key of *config*'s database into its data folder; another one there is kept beside it."""
    if config.master_key is not None:
        raise MasterKeyError("MODULON_MASTER_KEY is set, so a file would not be used. Unset it and try again.")
    with working(config):
        return await _restore(config, recovery_key)


async def _restore(config: Config, recovery_key: str) -> Path:
    wrapped = await _wrapped(config)
    if wrapped is None:
        raise MasterKeyError("This database has no recovery key. Nothing was changed.")
    master = unwrap(wrapped, recovery_key.strip())
    path = config.data_dir / FILE
    if path.exists():
        if MasterKey.load(config).id == master.id:
            raise MasterKeyError(f"{path} holds the right key already. Nothing was changed.")
        path.rename(path.with_name(f"{FILE}.replaced"))
    master.write(path)
    return path


async def _wrapped(config: Config) -> str | None:
    engine = await open_database(config.database)
    try:
        async with engine.bind(Principal(kind="system", name="recover")).read() as db:
            return await db.first(_WRAP)
    finally:
        await engine.close()
