"""Looking at a page: what it writes to the console, whom it asks, what axe finds, whether it scrolls sideways."""

from dataclasses import dataclass, field
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Page, Request

from tests.browser.site import Site

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HEIGHT = 900


@dataclass
class Watch:
    """Collects what goes wrong on one page for as long as it is open."""

    page: Page
    site: Site
    console: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._on_console)
        self.page.on("pageerror", self._on_page_error)
        self.page.on("request", self._on_request)

    def leave(self) -> None:
        """Stop watching."""
        self.page.remove_listener("console", self._on_console)
        self.page.remove_listener("pageerror", self._on_page_error)
        self.page.remove_listener("request", self._on_request)

    def _on_page_error(self, error: Error) -> None:
        self.console.append(str(error))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.console.append(f"{message.text} ({message.location.get('url', '')})")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((self.site.url, "data:", "blob:")):
            self.outside.append(request.url)

    def opened(self, path: str, *, width: int, expected_status: int = 200) -> None:
        """Open the page at this width."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        response = self.page.goto(self.site.at(path))
        assert response is not None
        assert response.status == expected_status, f"{path} answers {response.status}"
        if expected_status >= 400:
            self.console = [line for line in self.console if f"status of {expected_status}" not in line]

    def complaints(self) -> list[str]:
        """All that is wrong with the page, in both themes, at its width and with nothing left to load."""
        found = []
        for theme in THEMES:
            self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            found += [f"axe, {theme}: {finding}" for finding in findings(self.page)]
        sideways = sideways_scroll(self.page)
        found += [f"scrolls sideways by {sideways} px"] if sideways > 0 else []
        self.page.wait_for_load_state("networkidle")
        return found + [f"console: {line}" for line in self.console] + [f"asks {url}" for url in self.outside]


def findings(page: Page) -> list[str]:
    """What axe objects to, with the first element of each."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)
    result = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [f"{each['id']}: {each['help']}: {each['nodes'][0]['html'][:200]}" for each in result["violations"]]


def sideways_scroll(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    pixels: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return pixels
