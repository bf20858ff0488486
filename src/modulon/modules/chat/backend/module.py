"""Collects what chat offers."""

from modulon.modules.providers.backend.contract import ModelUses
from modulon.sdk import Module

from .events import add_listeners
from .routes import add_routes
from .runs.engine import adjust_engine, drain_engine, start_engine, stop_engine
from .service.housekeeping import start_housekeeping, stop_housekeeping
from .service.indexing import start_indexing, stop_indexing
from .service.titles import forget_titles
from .service.uses import ConversationUses
from .settings import Settings

module = Module()
module.settings(Settings)
module.provides(ModelUses, lambda _ctx: ConversationUses(), name="conversations")
module.hook("on_start")(start_engine)
module.hook("on_start")(start_indexing)
module.hook("on_start")(start_housekeeping)
module.hook("on_settings")(adjust_engine)
module.hook("on_drain")(forget_titles)
module.hook("on_drain")(drain_engine)
module.hook("on_stop")(forget_titles)
module.hook("on_stop")(stop_housekeeping)
module.hook("on_stop")(stop_indexing)
module.hook("on_stop")(stop_engine)
add_routes(module)
add_listeners(module)
