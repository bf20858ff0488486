"""The event log for administrators."""

from .module import module as module
