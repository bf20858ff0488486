"""The modules of this installation."""

from .module import module as module
