"""The application the attacks are made on."""

from modulon import conftest

app = conftest.app
