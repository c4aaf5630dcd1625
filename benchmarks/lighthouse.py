"""What Lighthouse says of readers' pages: `python benchmarks/lighthouse.py --corpus FILE`.

Serves the site of `load.py` as a deployment would, and lets Lighthouse (its mobile preset: a slow
phone on a slow network) look at home, a day, a paper and a search, in both languages. Printed for
each: the four scores of 100, what was transferred and in how many requests, layout shift, and the
time until the largest part of the page was there; then, in words, everything that cost points.

Bars: 98 in each; home and paper at most 60 KB and 6 requests; no layout shift. Needs Node 18 or
later (npx fetches Lighthouse) and Chromium (CHROME_PATH names another).
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from load import databases, fetched, served
from reading_site import addresses, build

LIGHTHOUSE = "lighthouse@12.8.2"
SCORES = ("performance", "accessibility", "best-practices", "seo")
KILOBYTE = 1000
ATTEMPTS = 3
"""A browser does not always start on a busy machine."""


def main() -> None:
    """Read the command line, bring the site, look."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--corpus", type=Path, required=True, help="papers.jsonl.zst")
    parser.add_argument("--papers", type=int, help="only the first so many lines of it")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "papersite" / "load")
    options = parser.parse_args()
    if shutil.which("npx") is None:
        sys.exit("There is no npx. Install Node.js 18 or later and run this again.")
    os.environ.setdefault("CHROME_PATH", shutil.which("chromium") or "")
    with databases(options.cache / f"site-{options.papers or 'all'}") as built:
        import django

        django.setup()
        if not built.exists():
            build(options.corpus, options.papers)
            built.touch()
        paths = addresses(random.Random(1), 1)
        # Results of searches are kept out of search engines on purpose, which costs them points
        # for SEO; the page of the search form is not.
        pages = ["/", paths["day"][0], paths["paper"][0], "/search/", paths["search"][0]]
        with served() as (url, _pids):
            print(f"{'':34}" + "".join(f"{name:>16}" for name in SCORES), end="")
            print(f"{'KB':>8}{'requests':>10}{'shift':>8}{'LCP s':>8}")
            for path in [*pages, *(f"/en{path}" for path in pages)]:
                fetched(url + path)
                show(path, look(url + path))


def look(url: str) -> dict[str, Any]:
    """Return Lighthouse's report of a page."""
    command = ["npx", "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", "--output-path=stdout"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    for _attempt in range(ATTEMPTS):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return dict(json.loads(done.stdout))
    sys.exit(f"Lighthouse could not look at {url}:\n{done.stderr}")


def show(path: str, report: dict[str, Any]) -> None:
    """Print the figures of one report."""
    audits = report["audits"]
    sent = audits["network-requests"]["details"]["items"]
    size = sum(item["transferSize"] for item in sent) / KILOBYTE
    scores = "".join(f"{100 * report['categories'][name]['score']:16.0f}" for name in SCORES)
    shift = audits["cumulative-layout-shift"]["numericValue"]
    largest = audits["largest-contentful-paint"]["numericValue"] / 1000
    print(f"{path[:32]:34}{scores}{size:8.1f}{len(sent):10}{shift:8.3f}{largest:8.2f}", flush=True)
    for name in SCORES:
        for part in report["categories"][name]["auditRefs"]:
            audit = audits[part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(f"    {name}: {audit['title']} {audit.get('displayValue', '')}", flush=True)


if __name__ == "__main__":
    main()
