"""`modulon.sdk` is one readable page, and every name in it is explained."""

import ast
import inspect

import modulon.sdk

from .source import SOURCE, tree_of

PAGE = SOURCE / "sdk" / "__init__.py"


def test_every_name_has_a_line_of_its_own() -> None:
    lines = PAGE.read_text("utf-8").splitlines()
    for node in tree_of(PAGE).body:
        if isinstance(node, ast.ImportFrom):
            assert len(node.names) == 1
            assert "#" in lines[node.lineno - 1], f"{node.names[0].name} has no explanation"


def test_every_public_class_and_function_is_documented() -> None:
    for path in sorted((SOURCE / "sdk").rglob("*.py")):
        if "tests" in path.parts:
            continue
        for node in tree_of(path).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith(
                "_"
            ):
                assert ast.get_docstring(node), f"{path.name}: {node.name}"


def test_the_page_fits_a_reader() -> None:
    assert len(PAGE.read_text("utf-8").splitlines()) <= 80
    names = [name for name, value in vars(modulon.sdk).items() if inspect.isclass(value)]
    assert {"Context", "Module", "Event", "Principal", "Problem"} <= set(names)
