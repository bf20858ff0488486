"""Set-up, sessions and API keys."""

from .module import module as module
