"""SQLite: one writer thread, a few reader threads, WAL and full durability."""
