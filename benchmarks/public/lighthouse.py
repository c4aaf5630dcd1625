"""What Lighthouse says of readers' pages.

Serves the site of `load` as a deployment would, and lets Lighthouse (its mobile preset: a slow
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
from typing import Any

from benchmarks.scaffold.corpus import corpus_options
from benchmarks.scaffold.environment import Missing, fetched, require, served
from benchmarks.sites.reading import addresses, reading_site

LIGHTHOUSE = "lighthouse@12.8.2"
SCORES = ("performance", "accessibility", "best-practices", "seo")
KILOBYTE = 1000
TINY = "--papers 60"
ATTEMPTS = 3
"""A browser does not always start on a busy machine."""


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    corpus_options(parser, papers=128_000)


def run(given: argparse.Namespace) -> None:
    """Bring the site, look."""
    if not given.tiny:
        require("npx")
    os.environ.setdefault("CHROME_PATH", shutil.which("chromium") or "")
    with reading_site(given):
        paths = addresses(random.Random(1), 1)
        # Results of searches are kept out of search engines on purpose, which costs them points
        # for SEO; the page of the search form is not.
        pages = ["/", paths["day"][0], paths["paper"][0], "/search/", paths["search"][0]]
        with served() as (url, _pids):
            for path in [*pages, *(f"/en{path}" for path in pages)]:
                fetched(url + path)
            if given.tiny:
                require("npx")
                find = ["npx", "--no-install", LIGHTHOUSE, "--version"]
                if subprocess.run(find, capture_output=True, check=False).returncode:
                    raise Missing("Lighthouse (npx fetches it from the network)")
            print(f"{'':34}" + "".join(f"{name:>16}" for name in SCORES), end="")
            print(f"{'KB':>8}{'requests':>10}{'shift':>8}{'LCP s':>8}")
            for path in [*pages, *(f"/en{path}" for path in pages)]:
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
