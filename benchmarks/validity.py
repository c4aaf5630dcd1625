"""Whether all pages are valid HTML: `python benchmarks/validity.py --url http://127.0.0.1:8000/`.

Walks a running site from its first page, in both languages of the interface, one page of each kind
and up to --pages in all, and gives them to the W3C's validator (vnu, from npm; it needs Java).
Prints what it says, word by word, and how many pages it looked at.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections import deque
from pathlib import Path

from lxml import html

VNU = "vnu-jar@26.9.27"


def main() -> None:
    """Read the command line, walk the site, ask the validator."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--url", default="http://127.0.0.1:8000/")
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--each", type=int, default=6, help="pages of one kind")
    options = parser.parse_args()
    for program in ("java", "npm"):
        if shutil.which(program) is None:
            sys.exit(f"There is no {program}. Install it and run this again.")
    with tempfile.TemporaryDirectory() as folder:
        install = ["npm", "install", "--silent", "--prefix", folder, VNU]
        subprocess.run(install, check=True)
        (jar,) = Path(folder).rglob("vnu.jar")
        pages = Path(folder, "pages")
        pages.mkdir()
        looked_at = walk(options.url, options.pages, options.each, pages)
        command = ["java", "-jar", str(jar), "--skip-non-html", "--format", "gnu", str(pages)]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    problems = [line.rsplit("/", 1)[-1] for line in said.splitlines() if line]
    for line in problems:
        number, _quote, rest = line.partition('.html":')
        print(f"{looked_at[int(number)]}: {rest}" if number.isdigit() else line)
    print(f"{len(looked_at)} pages, {len(problems)} problems")
    sys.exit(bool(problems))


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


if __name__ == "__main__":
    main()
