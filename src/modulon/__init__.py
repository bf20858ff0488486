"""Modulon: a self-hosted AI platform in which every feature is a module."""

__version__ = "0.1.0"
