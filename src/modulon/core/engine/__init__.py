"""Boot, shutdown, supervision and health."""
