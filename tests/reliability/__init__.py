"""Processes that are killed, and many that share one database."""
