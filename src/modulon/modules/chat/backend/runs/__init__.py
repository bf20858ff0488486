"""Runs: from an accepted message to a finished answer, durable at every step and followed by any number of readers."""
