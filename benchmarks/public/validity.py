"""Whether all pages are valid HTML, by the W3C's validator.

Walks a running site (--url), or one that it serves itself, from its first page, in both languages
of the interface, --each pages of each kind and up to --pages in all, and gives them to the
validator (vnu, from npm unless --jar names it; it needs Java). Prints what it says, word by word,
and how many pages it looked at.
"""

import argparse
import re
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections import deque
from pathlib import Path

from lxml import html

from benchmarks.scaffold.corpus import corpus_options
from benchmarks.scaffold.environment import Missing, require, served
from benchmarks.sites.reading import reading_site

VNU = "vnu-jar@26.9.27"
TINY = "--papers 60 --each 1 --pages 12"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    corpus_options(parser, papers=1000)
    parser.add_argument("--url", help="a running site, with a slash at the end")
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--each", type=int, default=6, help="pages of one kind")
    parser.add_argument("--jar", type=Path, help="the validator's vnu.jar")


def run(given: argparse.Namespace) -> int:
    """Walk the site, ask the validator; return 1 where it found something."""
    if not given.tiny:
        require("java", *([] if given.jar else ["npm"]))
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder, "pages")
        pages.mkdir()
        if given.url:
            looked_at = walk(given.url, given.pages, given.each, pages)
        else:
            with reading_site(given), served() as (url, _pids):
                looked_at = walk(f"{url}/", given.pages, given.each, pages)
        print(f"{len(looked_at)} pages")
        jar = given.jar or fetched_jar(Path(folder), given.tiny)
        command = ["java", "-jar", str(jar), "--skip-non-html", "--format", "gnu", str(pages)]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    problems = [line.rsplit("/", 1)[-1] for line in said.splitlines() if line]
    for line in problems:
        number, _quote, rest = line.partition('.html":')
        print(f"{looked_at[int(number)]}: {rest}" if number.isdigit() else line)
    print(f"{len(problems)} problems")
    return int(bool(problems))


def fetched_jar(folder: Path, is_tiny: bool) -> Path:
    """Install the validator from npm; a tiny run asks nothing of the network."""
    if is_tiny:
        raise Missing("the W3C's validator (--jar)")
    install = ["npm", "install", "--silent", "--prefix", str(folder), VNU]
    subprocess.run(install, check=True)
    (jar,) = folder.rglob("vnu.jar")
    return jar


def walk(start: str, most: int, each: int, folder: Path) -> list[str]:
    """Write pages of the site into the folder, and return their addresses in that order."""
    waiting = deque([start, urllib.parse.urljoin(start, "/en/"), urllib.parse.urljoin(start, "/x")])
    seen, kinds, found = set(waiting), dict[str, int](), list[str]()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while waiting and len(found) < most:
        address = waiting.popleft()
        kind = re.sub(r"\d+|=[^&]*", "#", urllib.parse.urlsplit(address).path)
        kind = re.sub(r"/(authors|categories|trends)/[^/]+", r"/\1/#", kind)
        if kinds.get(kind, 0) >= each:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        try:
            answer = opener.open(address, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            body = answer.read()
            if not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
        (folder / f"{len(found)}.html").write_bytes(body)
        found.append(address)
        document = html.fromstring(body)
        document.make_links_absolute(address)
        for link in document.xpath("//a/@href"):
            target = link.partition("#")[0]
            ours = target.startswith(start) and "/admin/" not in target and "/docs/" not in target
            if ours and target not in seen:
                seen.add(target)
                waiting.append(target)
    return found
