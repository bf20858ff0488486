"""Answering requests for models: from memory, at the cost of a dictionary look-up, by the rights of who asks."""
