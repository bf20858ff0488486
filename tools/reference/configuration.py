"""The operator's configuration, from `core/config.py` and the options of `modulon serve`."""

import ast
import inspect
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

from pydantic.fields import FieldInfo

from modulon.core import config
from modulon.core.config import Config, default_data_dir

from .cli import Option, commands
from .markdown import NONE, code, first_sentence, table, type_name

HEAD: Final = ("setting", "environment", "`modulon serve`", "type", "default", "what it is")

INTRODUCTION: Final = """\
# Configuration

Each setting can be given on the command line, in the environment or in `modulon.toml` in the working directory.
The first of these that has it counts. A name that is not listed here is refused. How they are used is told in
[configuration](../operate/configuration.md).
"""


def page() -> str:
    """Every setting of the server."""
    options = serve_options()
    documented = dict(_docstrings())
    rows = [
        _row(name, field, options.get(name), documented.get(name, "")) for name, field in Config.model_fields.items()
    ]
    return f"{INTRODUCTION}\n{table(HEAD, rows)}"


def serve_options() -> dict[str, Option]:
    """The options of `modulon serve` by the setting they give."""
    serve = next(command for command in commands() if command.path == ("serve",))
    return {option.name: option for option in serve.options}


def _row(name: str, field: FieldInfo, option: Option | None, documented: str) -> tuple[str, ...]:
    told = documented or (option.help if option else "")
    if not told:
        raise ValueError(f"core/config.py: {name} has no docstring")
    flag = code(option.flag) if option else NONE
    return code(name), code(f"MODULON_{name.upper()}"), flag, code(type_name(field.annotation)), _default(field), told


def _default(field: FieldInfo) -> str:
    if field.default_factory is default_data_dir:
        return first_sentence(default_data_dir).rstrip(".")
    value: object = field.default
    if value is None or value == "" or value == ():
        return NONE
    return code(str(value).lower() if isinstance(value, bool) else str(value))


def _docstrings() -> Iterator[tuple[str, str]]:
    """The texts that follow the settings in the class."""
    source = Path(inspect.getfile(config)).read_text("utf-8")
    tree = ast.parse(source)
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == Config.__name__)
    for field, text in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(text, ast.Expr):
            yield field.target.id, str(ast.literal_eval(text.value))
