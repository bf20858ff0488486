"""Collects what modules offers."""

from modulon.sdk import Module

from .routes import register

module = Module()
register(module)
