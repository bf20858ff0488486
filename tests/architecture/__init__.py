"""The structure, proved on every run."""
