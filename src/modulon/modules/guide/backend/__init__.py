"""The documentation, to read and to ask."""

from .module import module as module
