"""The packaged documentation in memory."""
