"""What a person does on the pages, by the words that they read there."""

import os
import subprocess
import sys

from playwright.sync_api import Page, expect

from tests.browser.site import ROOT, Site

SECONDS_TO_ESTIMATE = 30
PASSWORD = "a long walk by the sea"


def heading(page: Page, text: str) -> None:
    """The page is the one of this heading."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def sign_up(page: Page, site: Site, username: str, *, account: str = "practice") -> None:
    """From the first page to the overview of a new account."""
    page.goto(site.at("/"))
    page.get_by_role("link", name="Start empty").click()
    page.get_by_label("Username").fill(username)
    page.get_by_label("Email").fill(f"{username}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator(f"input[name=account][value={account}]").check()
    page.get_by_role("button", name="Create the account").click()
    heading(page, "Overview")


def explore_the_sample(page: Page, site: Site) -> None:
    """From the first page to the overview of a new sample account."""
    page.goto(site.at("/"))
    page.get_by_role("button", name="Explore with sample data").click()
    heading(page, "Overview")


def buy(page: Page, site: Site, asset_id: str, amount: str) -> None:
    """Buy for an amount of money: look at the preview, then place the order."""
    page.goto(site.at(f"/portfolio/trade/?asset={asset_id}&side=buy"))
    page.get_by_label("How much").fill(amount)
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Place the order").click()
    heading(page, "Bought")


def record_past_trade(page: Page, site: Site, asset_id: str) -> None:
    """A purchase of last year, with its date and price, paid from outside."""
    page.goto(site.at("/portfolio/transactions/add/"))
    page.get_by_label("Asset").select_option(asset_id)
    page.get_by_label("When").fill("2025-11-20T10:30:00")
    page.get_by_label("Quantity").fill("0.5")
    page.get_by_label("Price of one unit").fill("1800.50")
    page.get_by_role("button", name="Add the trade").click()
    heading(page, "Transactions")


def set_alert(page: Page, site: Site, asset_id: str, threshold: str, *, at_once: bool = False) -> None:
    """An alert on the asset's price above a threshold."""
    page.goto(site.at(f"/alerts/add/?asset={asset_id}"))
    page.get_by_label("Threshold").fill(threshold)
    page.get_by_label("Fire immediately if the condition is already met").set_checked(at_once)
    page.get_by_role("button", name="Create the alert").click()
    expect(page.get_by_role("main")).to_contain_text("above")


def set_budget(page: Page, site: Site, category: str, amount: str) -> None:
    """What a month may cost in a category."""
    page.goto(site.at("/budgets/budget/"))
    page.get_by_label("Category").select_option(category)
    page.get_by_label("Amount per month").fill(amount)
    page.get_by_role("button", name="Set the budget").click()
    expect(page.get_by_role("main")).to_contain_text(category)


def spend(page: Page, site: Site, amount: str, category: str, merchant: str) -> None:
    """An expense of today."""
    page.goto(site.at("/budgets/expenses/add/"))
    page.get_by_label("Amount in").fill(amount)
    page.get_by_label("Category").select_option(category)
    page.get_by_label("Merchant").fill(merchant)
    page.get_by_role("button", name="Add the expense").click()
    heading(page, "Expenses")


def add_carbon_entry(page: Page, site: Site, activity: str, amount: str, description: str = "") -> None:
    """What was done a moment ago, by the name of its activity."""
    page.goto(site.at("/carbon/entries/add/"))
    page.get_by_label("What did you do?").fill(activity)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("How much").fill(amount)
    page.get_by_label("Description").fill(description)
    page.get_by_role("button", name="Add the entry").click()
    heading(page, activity)


def delete_carbon_entry(page: Page, site: Site, description: str) -> None:
    """From the list to the page of the newest entry of this description, and away with it."""
    page.goto(site.at("/carbon/entries/"))
    page.get_by_role("row").filter(has_text=description).first.get_by_role("link").first.click()
    page.get_by_role("button", name="Delete").click()
    heading(page, "Carbon entries")


def set_carbon_goal(page: Page, site: Site, kilograms: str, name: str) -> None:
    """A limit for everything in a month."""
    page.goto(site.at("/carbon/goals/add/"))
    page.get_by_label("Kg CO₂e at most").fill(kilograms)
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Set the goal").click()
    heading(page, "Carbon goals")


def await_carbon_estimate(page: Page, site: Site, description: str) -> None:
    """Look at the estimates until that of an expense is there: it is made a moment after the expense."""
    page.goto(site.at("/carbon/entries/?kind=estimated"))
    row = page.get_by_role("row").filter(has_text=description)
    for _ in range(SECONDS_TO_ESTIMATE):
        if row.count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    expect(row).not_to_have_count(0)


def delete_expense(page: Page, site: Site, merchant: str) -> None:
    """From the list to the page of the newest of this merchant, and away with it."""
    page.goto(site.at("/budgets/expenses/"))
    page.get_by_role("link", name=merchant).first.click()
    page.get_by_role("button", name="Delete").click()
    heading(page, "Expenses")


def give_role(site: Site, username: str, role: str) -> None:
    """Give a role as an operator does: on the command line."""
    environment = os.environ | {"DATASTORE_URL": site.datastore_url, "DJANGO_SETTINGS_MODULE": "cryptopulse.settings"}
    subprocess.run(
        [sys.executable, "manage.py", "grantrole", username, role], cwd=ROOT, env=environment, check=True, timeout=60
    )
