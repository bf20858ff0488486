"""Benchmarks: what Modulon costs, beside the least that could do the job, on the same machine in the same run.

Each file with a `main` is one command (`python -m bench.gateway`); `python -m bench` runs a short round of all.
They are not tests: nothing fails on a slow minute. See README.md on how to read the figures.
"""
