"""Modules: found, resolved, loaded, looked up. One door for ours and everyone else's."""
