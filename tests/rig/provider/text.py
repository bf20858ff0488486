"""What the simulated models say."""

import re
from typing import Final

DOCUMENT: Final = """\
## Result

The request was handled by a **simulated** provider, so this text is always the same.

1. It has a numbered list,
2. some `inline code`, and
3. a [link](https://example.org/).

```python
def fibonacci(n: int) -> int:
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a
```

| name  | value |
|-------|-------|
| alpha | 1     |
| beta  | 2     |

Inline maths such as $e^{i\\pi} + 1 = 0$ appears too, then a closing paragraph of plain prose
that is long enough to wrap over several lines in an ordinary chat window.

"""
MANY_SCRIPTS: Final = "Zoë naïvely ate 寿司 in Αθήνα — 🦊🇳🇴👩🏽‍🚀, مرحبا and नमस्ते, then left.\n\n"
BIG: Final = 10 * 1024 * 1024
"""Length in characters of the delta that `sim-big` sends."""


def pieces(text: str) -> list[str]:
    """*text* as words with the space before them; joined they are *text* again."""
    return re.findall(r"\s*\S+|\s+$", text)


_PIECES: Final = tuple(pieces(DOCUMENT))
DOCUMENT_TOKENS: Final = len(_PIECES)


def tokens(count: int) -> list[str]:
    """The first *count* tokens of the document, repeated as often as needed."""
    repeats = -(-count // len(_PIECES))
    return list((_PIECES * repeats)[:count])


def answer_text(count: int) -> str:
    """The whole text of an answer of *count* tokens: what a client must end up with."""
    return "".join(tokens(count))


def big_text() -> str:
    repeats = -(-BIG // len(DOCUMENT))
    return (DOCUMENT * repeats)[:BIG]
