"""Looking for model servers on this machine, and the note of it in the log."""

from collections.abc import Collection, Sequence

from modulon.modules.providers.backend.contract import LocalPortsProbed
from modulon.modules.providers.backend.presets.known import Preset
from modulon.modules.providers.backend.presets.probe import Found, asked, found_on
from modulon.modules.providers.backend.serving.names import allowed_by
from modulon.sdk import Context


async def look_around(ctx: Context, own: Collection[int]) -> tuple[Sequence[Preset], Sequence[Found]]:
    """Ask the fixed ports, those of *own* left out; what was asked and what answered."""
    wanted = asked(own)
    found = await found_on(ctx, wanted)
    told = LocalPortsProbed(
        tuple(allowed_by(one.endpoint).port for one in wanted),
        tuple(allowed_by(one.preset.endpoint).port for one in found),
    )
    async with ctx.db.write() as tx:
        tx.emit(told, key=str(ctx.principal.user))
    return wanted, found
