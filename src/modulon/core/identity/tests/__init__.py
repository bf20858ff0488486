"""Tests of identity, on both databases, without a server around."""
