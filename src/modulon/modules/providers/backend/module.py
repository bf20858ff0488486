"""The module's registrations."""

from modulon.sdk import Context, Module
from modulon.sdk.inference import ModelProvider

from .contract import ModelsService
from .presets.routes import register as register_presets
from .routes import register
from .serving.models import Models
from .serving.runtime import runtime
from .settings import Settings
from .wire.openai import OpenAI

module = Module()
register_presets(module)
register(module)
module.provides(ModelProvider, lambda _ctx: OpenAI(), name="openai")
module.service(ModelsService, Models)
module.settings(Settings)


@module.hook("on_start")
async def start(ctx: Context) -> None:
    """Begin with empty caches; usage is written in the module's own name."""
    runtime.start(ctx, await ctx.settings.read(Settings))


@module.hook("on_settings")
async def adjust(ctx: Context) -> None:
    """Wait as long as was set."""
    runtime.adjust(await ctx.settings.read(Settings))


@module.hook("on_stop")
async def stop(ctx: Context) -> None:
    """Write down what was used."""
    del ctx
    await runtime.stop()
