"""Tests that cross modules, and the rig (`tests.rig`) that every test may use."""
