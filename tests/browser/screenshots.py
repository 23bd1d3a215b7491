"""Takes the pictures of docs/images: `python -m tests.browser.screenshots [FOLDER]`, or `make screenshots`.

A user signs up on a new site and gets the book of the sample data, so that the figures are the same but for the
market's own randomness.
"""

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import django
from playwright.sync_api import Browser, StorageState, ViewportSize, expect

from tests.browser import chromium, steps
from tests.browser.site import ROOT, Site, running

DESK: ViewportSize = {"width": 1280, "height": 880}
PHONE: ViewportSize = {"width": 390, "height": 844}
SECONDS_TO_BE_TOLD = 30


@dataclass(frozen=True)
class Picture:
    """One file, and what is on it."""

    name: str
    path: str
    theme: Literal["light", "dark"] = "light"
    size: ViewportSize | None = None


PICTURES = (
    Picture("overview-light", "/"),
    Picture("overview-dark", "/", "dark"),
    Picture("overview-phone", "/", size=PHONE),
    Picture("portfolio", "/portfolio/"),
    Picture("markets", "/markets/", "dark"),
    Picture("asset", "/markets/bitcoin/"),
    Picture("alerts", "/alerts/", "dark"),
    Picture("budgets", "/budgets/"),
    Picture("carbon", "/carbon/", "dark"),
    Picture("carbon-phone", "/carbon/", size=PHONE),
    Picture("trade-phone", "/portfolio/trade/?asset=bitcoin&side=buy&by=amount&size=250", "dark", PHONE),
)


def main(folder: Path) -> None:
    """Write every picture into the folder."""
    executable = chromium.path()
    if executable is None:
        sys.exit("Chromium is not installed: apt-get install chromium")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, running(Path(place)) as site, chromium.launched(executable) as browser:
        state = _somebody_with_a_book(browser, site, Path(place))
        for picture in PICTURES:
            _take(picture, browser, site, state, folder)


def _somebody_with_a_book(browser: Browser, site: Site, place: Path) -> StorageState:
    """Cookies of a user with the trades and alerts of the sample."""
    context = browser.new_context()
    page = context.new_page()
    steps.sign_up(page, site, "ada", account="empty")
    _fill(f"sqlite:///{place / 'site.sqlite3'}")
    page.goto(site.at("/"))
    expect(page.locator("#attention-list").get_by_text("Bought")).to_be_visible(timeout=SECONDS_TO_BE_TOLD * 1000)
    state = context.storage_state()
    context.close()
    return state


def _fill(datastore_url: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "cryptopulse.settings"
    django.setup()
    from core.accounts.selectors import user_get
    from core.storage import open_store, using
    from cryptopulse import sample

    with using(open_store(datastore_url)):
        sample.fill(user_get("ada"))


def _take(picture: Picture, browser: Browser, site: Site, state: StorageState, folder: Path) -> None:
    context = browser.new_context(
        storage_state=state, viewport=picture.size or DESK, color_scheme=picture.theme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(site.at(picture.path), wait_until="networkidle")
    page.screenshot(path=folder / f"{picture.name}.png")
    context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
