"""Real parts for tests: PostgreSQL, a simulated provider, a browser, a whole server."""
