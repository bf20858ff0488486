"""Providers people use: their addresses, the shape of their keys, and finding those that run on this machine."""
