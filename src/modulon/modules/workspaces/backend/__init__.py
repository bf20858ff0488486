"""Workspaces."""

from .module import module as module
