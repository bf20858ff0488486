"""Egress: the one client through which this server opens connections, and the guard on where they may go."""

from .client import EgressClient as EgressClient
