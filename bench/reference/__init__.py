"""The least that could do the job, to measure against."""
