"""A model provider that never leaves the machine: same request, same answer, at a pace the caller chooses.

It speaks OpenAI's wire format. The *model name* selects the behaviour, so one running server covers every case:

    sim-<kind>[-n<tokens>][-r<tokens per second>][-d<milliseconds before the first token>]

`behaviour.py` lists the kinds. A tool call is scripted by a marker in the last user message,
`[[call:get_weather {"city": "Oslo"}]]`, and made only if the request offers that tool. `GET /-/stats` tells what the
provider has seen, including how many answers were abandoned (so a test can prove that Stop reaches the provider).
"""

from tests.rig.provider.behaviour import KINDS
from tests.rig.provider.server import Provider, running_provider
from tests.rig.provider.stats import Stats
from tests.rig.provider.text import answer_text

__all__ = ["KINDS", "Provider", "Stats", "answer_text", "running_provider"]
