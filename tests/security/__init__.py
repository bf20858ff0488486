"""Attacks on our own server."""
