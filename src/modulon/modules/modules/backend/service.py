"""Finding the module that makes trouble: half of the suspects are disabled, somebody looks, and again with the half
that is left."""

from collections.abc import Awaitable, Callable, Sequence

from modulon.sdk.modules import Modules, ModuleView

Look = Callable[[Sequence[str]], Awaitable[bool]]
"""Asks whether the trouble is still there while these are disabled."""


def suspects(views: Sequence[ModuleView]) -> list[str]:
    """The ids of the modules that can be disabled and run, each after all that it requires."""
    return [view.manifest.id for view in views if view.switchable and view.enabled and view.obstacle is None]


async def bisect(modules: Modules, look: Look) -> str:
    """The id of the module without which the trouble is gone, `""` if it stays with all of them disabled. What was
    enabled is enabled again at the end, whatever happens."""
    left = suspects(await modules.all())
    if not left or await _still(modules, left, look):
        return ""
    while len(left) > 1:
        # The later half: whatever among the suspects requires one of them is in it, too.
        kept, off = left[: len(left) // 2], left[len(left) // 2 :]
        left = kept if await _still(modules, off, look) else off
    return left[0]


async def _still(modules: Modules, off: Sequence[str], look: Look) -> bool:
    """Whether the trouble is there while *off* are disabled."""
    changed: list[str] = []
    try:
        for module_id in reversed(off):
            changed += await modules.disable(module_id, with_dependents=True)
        return await look(off)
    finally:
        for module_id in changed:
            await modules.enable(module_id, with_required=True)
