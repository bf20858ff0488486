"""Applications with modules of the test's own beside ours."""

from tests.rig.kit import Kit, kit

__all__ = ["Kit", "kit"]
