"""Conversations and the runs that answer them."""

from .module import module as module
