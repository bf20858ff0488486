"""The module's registrations."""

from modulon.sdk import Module

from .errors import openai_error
from .routes import register

module = Module()
module.problems(openai_error)
register(module)
