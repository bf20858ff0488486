"""Set-up, checks and builds behind the Makefile; run as `python -m tools.<name>` from the repository's root."""
