"""HTTP for preferences."""

from modulon.sdk import Context, Module

from . import service
from .schemas import PreferencesChange, PreferencesRead


def register(module: Module) -> None:
    """Add the routes."""
    module.get("/me/preferences", policy="signed-in")(read_preferences)
    module.patch("/me/preferences", policy="signed-in")(change_preferences)


async def read_preferences(ctx: Context) -> PreferencesRead:
    """The caller's theme, density, language and shortcuts."""
    return PreferencesRead.model_validate(await service.read(ctx))


async def change_preferences(ctx: Context, body: PreferencesChange) -> PreferencesRead:
    """Change some of them, on every device at once; `null` returns to the default."""
    return PreferencesRead.model_validate(await service.change(ctx, body))
