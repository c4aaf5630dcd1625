"""The shape of the house: small folders, small files, no circle of imports."""

from collections import Counter
from pathlib import Path

import grimp
import pytest

PROJECT = Path(__file__).resolve().parents[1]
ROOMS = ("apps", "papersite", "benchmarks", "tests", "static", "templates")
CODE = {".py", ".js", ".css", ".html"}
NOT_OURS = {"__pycache__", "migrations", "vendor"}
FILES = [
    path
    for room in ROOMS
    for path in (PROJECT / room).rglob("*")
    if path.suffix in CODE and not NOT_OURS & set(path.parts)
]


def test_no_folder_has_more_than_twenty_files_of_code():
    sizes = Counter(str(path.parent.relative_to(PROJECT)) for path in FILES)
    assert {folder: size for folder, size in sizes.items() if size > 20} == {}


@pytest.mark.parametrize("room", sorted((PROJECT / "apps").iterdir()), ids=lambda room: room.name)
def test_an_app_has_at_most_twelve_modules_at_its_top(room):
    assert len(list(room.glob("*.py"))) <= 12 if room.is_dir() else room.name == "__init__.py"


def test_no_file_of_python_has_more_than_three_hundred_and_twenty_lines():
    lengths = {
        str(path.relative_to(PROJECT)): path.read_text(encoding="utf-8").count("\n")
        for path in FILES
        if path.suffix == ".py" and path.relative_to(PROJECT).parts[0] in ("apps", "papersite")
    }
    assert {path: lines for path, lines in lengths.items() if lines > 320} == {}


def circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Return the modules that are left when those that import none of the others are taken away."""
    left = {module: set(imported) for module, imported in imports.items()}
    while ground := {module for module, imported in left.items() if not imported & left.keys()}:
        left = {module: imported for module, imported in left.items() if module not in ground}
    return [sorted(left)] if left else []


def test_circles_are_found():
    assert circles({"a": {"b"}, "b": {"a"}, "c": {"a"}, "d": set()}) == [["a", "b", "c"]]


def test_files_import_each_other_in_no_circle():
    graph = grimp.build_graph("apps", "papersite", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert circles(imports) == []
