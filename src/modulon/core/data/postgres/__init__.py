"""PostgreSQL through asyncpg; imported only when a URL names it."""
