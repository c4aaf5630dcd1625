"""What the documentation names exists: files behind links, headings, paths of code."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    [
        *PROJECT.glob("*.md"),
        *PROJECT.glob("docs/**/*.md"),
        *PROJECT.glob(".github/**/*.md"),
        *PROJECT.glob("benchmarks/**/*.md"),
        *PROJECT.glob("seeds/*.md"),
        *PROJECT.glob("fonts/*.md"),
    ]
)
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
ROOTS = "apps|papersite|tests|benchmarks|templates|static|seeds|fonts|docs"
PATH = re.compile(rf"(?<![\w./-])(?:{ROOTS})/[\w./*-]*[\w/*]")
BARE_MODULE = re.compile(r"`(\w+\.py)`")
PLACEHOLDER = "NAME"
"""What recipes write where a name is to be filled in."""

MODULES = {
    "manage.py",
    *(
        each.name
        for folder in ("apps", "papersite", "tests")
        for each in PROJECT.glob(f"{folder}/**/*.py")
    ),
}

every_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=[str(each.relative_to(PROJECT)) for each in DOCUMENTS]
)


def anchors(document: Path) -> set[str]:
    """Return the anchors that a hosting site makes of the headings."""
    text = FENCED.sub("", document.read_text())
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in HEADING.findall(text)
    }


@every_document
def test_relative_links_lead_somewhere(document):
    text = INLINE_CODE.sub("", FENCED.sub("", document.read_text()))
    broken = []
    for link in LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        if not target.exists() or (
            anchor and target.suffix == ".md" and anchor not in anchors(target)
        ):
            broken.append(link)
    assert broken == []


@every_document
def test_paths_in_the_text_exist(document):
    named = {path for path in PATH.findall(document.read_text()) if PLACEHOLDER not in path}
    assert sorted(path for path in named if not list(PROJECT.glob(path.rstrip("/")))) == []


@every_document
def test_modules_named_without_a_folder_exist(document):
    named = set(BARE_MODULE.findall(document.read_text()))
    assert sorted(named - MODULES) == []
