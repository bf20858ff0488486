"""The module's registrations."""

from modulon.sdk import BuiltInProvider, Module

from .answers.guide import Guide
from .routes import register

module = Module()
register(module)
module.provides(BuiltInProvider, lambda _ctx: Guide(), name="guide")
