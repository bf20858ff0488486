"""Answers: which section fits a question, and what is said."""
