"""Collects what events offers."""

from modulon.sdk import Module

from .routes import register

module = Module()
register(module)
