"""A reader with their own browser, which keeps their choices."""

from typing import Any

KEPT = "JSON.parse(localStorage.getItem('papersite.kept'))"


class Reader:
    """A reader with their own browser. `said` holds the errors that pages report."""

    def __init__(self, chromium: Any, server: str, **options: Any) -> None:
        self.context = chromium.new_context(
            viewport={"width": 1280, "height": 900}, reduced_motion="reduce", **options
        )
        self.server = server
        self.said: list[str] = []
        self.page = self.tab()

    def tab(self) -> Any:
        page = self.context.new_page()
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        return page

    def go(self, address: str) -> Any:
        self.page.goto(self.server + address)
        return self.page

    def kept(self) -> Any:
        return self.page.evaluate(KEPT)

    def listed(self) -> str:
        """The last digits of the listed papers."""
        entries = self.page.locator(".entry:visible")
        return "".join(entry.get_attribute("data-paper")[-1] for entry in entries.all())

    def mark(self, number: int) -> Any:
        return self.page.locator(f".entry[data-paper='2602.0000{number}'] .bookmark")
