"""Every test may use the rig."""

pytest_plugins = ["tests.rig.plugin"]
