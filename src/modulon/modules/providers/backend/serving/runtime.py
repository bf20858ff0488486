"""What this process keeps while it serves."""

from uuid import UUID

from modulon.modules.providers.backend.settings import Settings
from modulon.sdk import Context

from .breakers import Breakers
from .catalog import Catalog
from .usage import UsageLog


class Runtime:
    """The caches and the usage not yet written; begun anew at each start."""

    def __init__(self) -> None:
        self.catalog = Catalog(Settings())
        self.usage = UsageLog()
        self.breakers = Breakers()

    def start(self, ctx: Context, settings: Settings) -> None:
        """Begin; *ctx* is the module's own."""
        self.catalog = Catalog(settings)
        self.breakers = Breakers()
        self.usage.start(ctx)

    def adjust(self, settings: Settings) -> None:
        """Other settings count, for requests from now on."""
        self.catalog = Catalog(settings)

    def forget(self, provider_id: UUID) -> None:
        """A provider was changed or answers a test: what is known of it is asked anew, and a pause ends."""
        self.catalog.forget()
        self.breakers.forget(provider_id)

    async def stop(self) -> None:
        """End, with everything written."""
        await self.usage.stop()


runtime = Runtime()
