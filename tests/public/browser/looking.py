"""Looking at page after page in a browser: does it fit, stay on its own host, and please axe?"""

from typing import Any

import pytest

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")


# Only colours differ in the dark; what else there is to find is found in the light.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}

# A script that adds up how far the page's layout shifts by itself.
SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (!entry.hadRecentInput) window.shifted += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
"""


def violations(page: Any, *, tags: list[str] | None = None) -> list[tuple[str, str]]:
    """What axe finds on a page as it is now, in light and in dark: the rules, each with a place.

    tags: of the rules to look by; None for all.
    """
    found = []
    for scheme, only in (("light", tags), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        # Colours that are on their way from one to the other are nobody's.
        page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
        found += _run(page, only)
    page.emulate_media(color_scheme="light")
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found]


def _run(page: Any, only: object) -> list[Any]:
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if only is not None:
        options["runOnly"] = only
    return list(axe.Axe().run(page, options=options).response["violations"])


class Look:
    """What was seen of pages: `said` by the console, `asked` for by the pages, `found` by axe."""

    def __init__(self, page: Any, server: str) -> None:
        """Watch a page of a browser, which visits the site at `server`."""
        self.page, self.server = page, server
        self.said: list[str] = []
        self.asked: list[str] = []
        self.found: dict[str, list[tuple[str, str]]] = {}
        page.on("console", lambda message: self.said.append(message.text))
        page.on("request", lambda request: self.asked.append(request.url))

    def visit(self, address: str, *, until: str = "load") -> None:
        """Open a page, which has to fit the window with everything unfolded.

        until: the state to wait for; "networkidle" where a script leads on to another page.
        """
        self.page.goto(self.server + address, wait_until=until)
        self.page.evaluate("document.querySelectorAll('details').forEach((e) => (e.open = true))")
        needed = self.page.evaluate("document.documentElement.scrollWidth")
        assert needed <= self.page.viewport_size["width"], address

    def examine(self, name: str) -> None:
        """Let axe look at what is shown now, in light and in dark."""
        if found := violations(self.page):
            self.found[name] = found

    def pleased(self, *, expected: tuple[str, ...] = ()) -> None:
        """No findings, console messages (except `expected`), requests to other hosts or cookies."""
        assert self.found == {}
        assert [text for text in self.said if not text.startswith(expected or ("\0",))] == []
        ours = (self.server, "data:")
        assert [url for url in self.asked if not url.startswith(ours)] == []
        assert self.page.context.cookies() == []
