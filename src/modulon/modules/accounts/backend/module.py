"""Collects what accounts offers."""

from modulon.sdk import Module

from . import routes
from .people import routes as people
from .preferences import routes as preferences
from .settings import Preferences

module = Module()
routes.register(module)
people.register(module)
preferences.register(module)
module.settings(Preferences)
