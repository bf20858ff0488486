"""Rows: the engines, the one way to read and to write, core's tables, and migrations."""
