"""When Python looks for reference cycles. Its habits are made for small programs: it walks over every live object after
each seven hundred new ones, seventy thousand at rest here, in the middle of somebody's stream."""

import gc
from typing import Final

NEW_OBJECTS: Final = 50_000
"""New containers before a first look; what is created and dropped by one request is some hundred, nearly all of it
without cycles."""

OLDER: Final = (20, 50)


def relax() -> None:
    """Look for cycles seldom. At the start of a server process: most of what follows is imports."""
    gc.set_threshold(NEW_OBJECTS, *OLDER)


def settle() -> None:
    """Look once, then take all that lives now, code above all, for permanent."""
    gc.collect()
    gc.freeze()
