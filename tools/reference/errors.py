"""Error codes."""

from typing import Final

from modulon.sdk.errors import Problem

from .markdown import code, table
from .source import import_everything, loaded_modules, subclasses

HEAD: Final = ("code", "status", "title", "what it says")

INTRODUCTION: Final = """\
# Error codes

An error is `application/problem+json` (RFC 9457): `type`, `title`, `status`, `detail`, `code`, `trace`, and
where they help `params` and `fields`. The `code` is stable; programs decide by it. The `detail` says what
happened, what is safe and what to do; `params` are the values in its blanks. `trace` finds the lines in the log.

`fields` tells what is wrong with single fields: a JSON pointer into the request leads to a `code`, a `detail` and,
where it has blanks, `params`. The codes are those below; `value.…` are for values that no rule of a module's own
refuses.

```json
"fields": {
  "/name": {"code": "value.long", "detail": "At most 100 characters are possible.", "params": {"maximum": 100}}
}
```

On `/v1` errors have the form that OpenAI's clients expect; our code is in `error.code`.
"""


def page() -> str:
    """Every code, under the part that raises it."""
    import_everything()
    parts = [_section("Of all parts", [Problem, *subclasses(Problem, "modulon.sdk")])]
    parts.append(_section("Of core", subclasses(Problem, "modulon.core")))
    parts += [
        _section(f"Of {module.id}", subclasses(Problem, module.discovered.package)) for module in loaded_modules()
    ]
    return "\n".join([INTRODUCTION, *filter(None, parts)])


def codes() -> dict[str, type[Problem]]:
    """Every code and the first class that has it."""
    import_everything()
    found: dict[str, type[Problem]] = {}
    for kind in (Problem, *subclasses(Problem, "modulon")):
        found.setdefault(kind.code, kind)
    return found


def _section(title: str, kinds: list[type[Problem]]) -> str:
    rows = {kind.code: _row(kind) for kind in kinds if "code" in vars(kind)}
    return f"## {title}\n\n{table(HEAD, [rows[name] for name in sorted(rows)])}" if rows else ""


def _row(kind: type[Problem]) -> tuple[str, str, str, str]:
    return code(kind.code), str(kind.status), kind.title, kind.detail
