"""What a person does on the pages, by the words that they read there."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.site import Site

PASSWORD = "a long walk by the sea"


def sign_up(page: Page, site: Site, username: str) -> None:
    """From the first page to the overview of a new practice account."""
    page.goto(site.at("/"))
    page.get_by_role("link", name="Start empty").click()
    page.get_by_label("Username").fill(username)
    page.get_by_label("Email").fill(f"{username}@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name=re.compile("create|sign up", re.I)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")


def buy(page: Page, site: Site, asset_id: str, amount: str) -> None:
    """Buy for an amount of money: look at the preview, then place the order."""
    page.goto(site.at(f"/portfolio/trade/?asset={asset_id}&side=buy"))
    page.get_by_label(re.compile("^Amount")).fill(amount)
    page.get_by_role("button", name=re.compile("preview|review", re.I)).click()
    page.get_by_role("button", name=re.compile("place|buy", re.I)).click()
    expect(page.get_by_role("main")).to_contain_text(re.compile("filled|bought", re.I))


def record_past_trade(page: Page, site: Site, asset_id: str) -> None:
    """A trade of last year, with its date and price."""
    page.goto(site.at("/portfolio/transactions/add/"))


def set_alert(page: Page, site: Site, asset_id: str, threshold: str) -> None:
    """An alert on the asset's close."""
    page.goto(site.at(f"/alerts/add/?asset={asset_id}"))
    page.get_by_label(re.compile("threshold|price level", re.I)).fill(threshold)
    page.get_by_role("button", name=re.compile("create|save|set", re.I)).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("bitcoin|alert", re.I))
