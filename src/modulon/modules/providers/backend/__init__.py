"""Providers and their models."""

from .module import module as module
