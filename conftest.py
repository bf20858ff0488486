"""Every test may use the rig, and every database it opens, also in a server it starts, checks how units are used."""

import os

os.environ.setdefault("MODULON_STRICT", "1")

pytest_plugins = ["tests.rig.plugin"]
