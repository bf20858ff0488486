"""What this process keeps while it serves."""

from modulon.sdk import Context

from .catalog import Catalog
from .usage import UsageLog


class Runtime:
    """The caches and the usage not yet written; begun anew at each start."""

    def __init__(self) -> None:
        self.catalog = Catalog()
        self.usage = UsageLog()

    def start(self, ctx: Context) -> None:
        """Begin; *ctx* is the module's own."""
        self.catalog = Catalog()
        self.usage.start(ctx)

    async def stop(self) -> None:
        """End, with everything written."""
        await self.usage.stop()


runtime = Runtime()
