"""Public services, the functions of one room that another room imports, say how they are called.

Their docstrings are in Google style: a summary, then Args, Returns or Yields, and Raises where the
function itself raises. ruff's rules D hold the form of every other docstring.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
FILES = sorted(
    file
    for room in ("apps", "papersite")
    for file in (PROJECT / room).rglob("*.py")
    if "migrations" not in file.parts
)


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")


def room_of(module: str) -> str:
    return ".".join(module.split(".")[: 2 if module.startswith("apps.") else 1])


@cache
def functions() -> dict[tuple[str, str], ast.FunctionDef]:
    return {
        (module_of(file), node.name): node
        for file in FILES
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.FunctionDef)
    }


def imported() -> Iterator[tuple[str, str, str]]:
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield from ((module_of(file), node.module, name.name) for name in node.names)


def public_services() -> list[tuple[str, str]]:
    return sorted(
        {
            (module, name)
            for importer, module, name in imported()
            if (module, name) in functions() and room_of(importer) != room_of(module)
        }
    )


def parameters(function: ast.FunctionDef) -> list[str]:
    every = function.args.posonlyargs + function.args.args + function.args.kwonlyargs
    starred = [arg for arg in (function.args.vararg, function.args.kwarg) if arg]
    return [arg.arg for arg in [*every, *starred] if not arg.arg.startswith("_")]


def section(docstring: str, title: str) -> str:
    found = re.search(rf"^{title}:\n((?:[ ].*\n?|\n)+)", docstring + "\n", re.MULTILINE)
    return found[1] if found else ""


def gives_something(function: ast.FunctionDef) -> bool:
    return not (isinstance(function.returns, ast.Constant) and function.returns.value is None)


def raises(function: ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.Raise) and node.exc for node in ast.walk(function))


@pytest.mark.parametrize("place", public_services(), ids=".".join)
def test_a_public_service_says_what_goes_in_and_comes_out(place):
    function = functions()[place]
    docstring = ast.get_docstring(function) or ""
    told = re.findall(r"^ +\**(\w+):", section(docstring, "Args"), re.MULTILINE)
    assert set(parameters(function)) <= set(told), "Args names every parameter"
    if gives_something(function):
        assert section(docstring, "Returns") or section(docstring, "Yields")
    if raises(function):
        assert section(docstring, "Raises")
