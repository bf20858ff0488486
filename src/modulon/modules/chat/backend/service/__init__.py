"""The rules of conversations, messages and runs; no HTTP, no SQL."""
