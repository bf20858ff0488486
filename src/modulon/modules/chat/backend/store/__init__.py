"""Queries. Those of people are guarded by the conversation; those of the run engine demand the run's ownership."""
