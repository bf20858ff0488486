"""OpenAI's interface to this server's models."""

from .module import module as module
