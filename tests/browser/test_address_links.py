"""The pages behind the links that are mailed to an address, and what Settings says before and after."""

import email
import os
import re
import time
from email import policy
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import steps
from tests.browser.site import Site
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser

WIDTHS = (390, 1280)
SECONDS_TO_MAIL = 60


def link_to(site: Site, address: str, kind: str) -> str:
    """The path of the newest link of this kind that was mailed to an address."""
    ends = time.monotonic() + SECONDS_TO_MAIL
    while time.monotonic() < ends:
        mails = [
            email.message_from_string(text.strip(), policy=policy.default)
            for file in sorted(site.mails.glob("*.log"))
            for text in re.split(r"^-{79}$", file.read_text(), flags=re.MULTILINE)
        ]
        bodies = [str(mail.get_payload()) for mail in mails if mail["To"] == address]
        found: list[str] = [link for body in bodies for link in re.findall(rf"{site.url}(/{kind}/\S+)", body)]
        if found:
            return found[-1]
        time.sleep(0.2)
    raise AssertionError(f"no link of {kind} was mailed to {address}")


def looked_at(page: Page, site: Site, path: str, name: str, status: int = 200) -> None:
    """Nothing is wrong with the page on a phone and on a wide screen, in both themes."""
    for width in WIDTHS:
        watch = Watch(page, site)
        watch.opened(path, width=width, expected_status=status)
        assert watch.complaints() == []
        watch.leave()
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def test_an_address_is_confirmed_changed_and_taken_back(stranger: Page, browser: Browser, site: Site) -> None:
    page = stranger
    steps.sign_up(page, site, "hedy")
    expect(page.get_by_role("status").first).to_contain_text("a file in the folder")
    looked_at(page, site, "/settings/", "settings")
    looked_at(page, site, "/settings/email/", "email")
    page.get_by_role("button", name="Send the link again").click()
    expect(page.get_by_role("main")).to_contain_text("Confirm your address")

    link = link_to(site, "hedy@example.org", "confirm-address")
    elsewhere = browser.new_context(java_script_enabled=False).new_page()
    looked_at(page, site, link, "confirm")
    elsewhere.goto(site.at(link))
    elsewhere.get_by_role("button", name="Confirm the address").click()
    steps.heading(elsewhere, "Your address is confirmed")
    looked_at(page, site, link, "confirmed")

    page.goto(site.at("/settings/email/"))
    page.get_by_label("New email address").fill("hedy@example.net")
    page.get_by_label("Current password").fill(steps.PASSWORD)
    page.get_by_role("button", name="Change the address").click()
    steps.heading(page, "Settings")

    back = link_to(site, "hedy@example.org", "revert-address")
    looked_at(page, site, back, "revert")
    elsewhere.goto(site.at(back))
    elsewhere.get_by_role("button", name="Undo the change").click()
    expect(elsewhere.get_by_role("main")).to_contain_text("hedy@example.org")
    if folder := os.environ.get("PICTURES"):
        elsewhere.screenshot(path=Path(folder) / "reverted.png", full_page=True)
    looked_at(page, site, back, "void", status=410)
    page.goto(site.at("/settings/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sign in")
    elsewhere.context.close()
