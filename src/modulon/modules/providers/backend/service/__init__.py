"""The rules, one file for each thing they are about."""
