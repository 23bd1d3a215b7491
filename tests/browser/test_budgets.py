"""Budgets and expenses in a browser: by keyboard alone, without JavaScript, on a phone, and taken back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.site import Site
from tests.browser.watch import sideways_scroll

pytestmark = pytest.mark.browser


def test_an_expense_is_entered_by_keyboard_alone(page: Page, site: Site) -> None:
    page.goto(site.at("/help/"), wait_until="networkidle")
    page.keyboard.press("n")
    link = page.get_by_role("dialog").get_by_role("link", name="Expense")
    _tab_to(page, "Expense")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    steps.heading(page, "Add an expense")
    _tab_to(page, "Amount in USD")
    page.keyboard.type("23.40")
    _tab_to(page, "Category")
    page.keyboard.type("Entertain")
    _tab_to(page, "Merchant")
    page.keyboard.type("Odeon by keyboard")
    _tab_to(page, "Tags")
    page.keyboard.type("film, friends")
    page.keyboard.press("Enter")
    steps.heading(page, "Expenses")
    row = page.get_by_role("row").filter(has_text="Odeon by keyboard")
    expect(row).to_contain_text("23.40")
    expect(row).to_contain_text("Entertainment")
    expect(row).to_contain_text("film")


def test_a_deleted_expense_comes_back_by_keyboard(page: Page, site: Site) -> None:
    steps.spend(page, site, "7", "Travel", "Sleeper train")
    steps.delete_expense(page, site, "Sleeper train")
    expect(page.get_by_role("row").filter(has_text="Sleeper train")).to_have_count(0)
    page.get_by_role("status").get_by_role("button", name="Undo").press("Enter")
    steps.heading(page, "Sleeper train")


def test_a_month_without_scripts(without_scripts: Page, site: Site) -> None:
    page = without_scripts
    steps.sign_up(page, site, "katherine", account="empty")
    page.goto(site.at("/budgets/"))
    page.get_by_role("main").get_by_role("link", name="Set a budget").click()
    steps.set_budget(page, site, "Food & Dining", "100")
    steps.spend(page, site, "70.50", "Food & Dining", "Grocer")
    page.goto(site.at("/budgets/"))
    expect(page.get_by_role("main")).to_contain_text("29.50 left")
    page.get_by_role("main").get_by_role("link", name="Food & Dining", exact=True).click()
    expect(page).to_have_url(re.compile(r"/budgets/expenses/\?category=Food\+%26\+Dining&from="))
    page.get_by_role("link", name="Grocer").click()
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Amount in").fill("110")
    page.get_by_role("button", name="Save").click()
    page.goto(site.at("/budgets/"))
    expect(page.get_by_role("main")).to_contain_text("10.00 over")
    steps.delete_expense(page, site, "Grocer")
    page.get_by_role("button", name="Undo").click()
    steps.heading(page, "Grocer")


def test_a_filter_stays_in_the_address_and_exports_what_it_shows(page: Page, site: Site) -> None:
    page.goto(site.at("/budgets/expenses/"))
    page.get_by_label("Text").fill("travel")
    page.get_by_role("button", name="Filter").click()
    expect(page).to_have_url(re.compile(r"[?&]q=travel"))
    expect(page.get_by_role("main")).to_contain_text("Shop for Travel")
    expect(page.get_by_role("main")).not_to_contain_text("Shop for Food")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "expenses.csv"
    text = download.value.path().read_text()
    assert "Shop for Travel" in text
    assert "Shop for Food" not in text


def test_a_phone_keeps_what_for_category_and_amount(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site.at("/budgets/expenses/"))
    row = page.get_by_role("row").filter(has_text="Shop for Food")
    expect(row.get_by_text("Food & Dining ·")).to_be_visible()
    expect(row.get_by_text("70.50")).to_be_visible()
    assert sideways_scroll(page) <= 0


def test_a_phone_says_of_which_budget_a_share_is(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site.at("/budgets/reports/"))
    share = page.get_by_role("row").filter(has_text="Food & Dining").locator("th small")
    expect(share.locator(".phone-only")).to_be_visible()
    expect(share.locator(".wide-only")).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 844})
    expect(share.locator(".phone-only")).to_be_hidden()
    expect(share.locator(".wide-only")).to_be_visible()


def test_hidden_amounts_stay_hidden(page: Page, site: Site) -> None:
    page.goto(site.at("/budgets/"))
    amount = page.get_by_text("70.50 of").locator(".amount").first
    expect(amount).to_be_visible()
    with page.expect_response("**/appearance/"):
        page.get_by_role("button", name="Hide amounts").click()
    expect(page.locator("html")).to_have_attribute("data-privacy", "on")
    expect(amount).to_be_hidden()
    expect(page.get_by_text("70.5 %")).to_be_visible()
    with page.expect_response("**/appearance/"):
        page.get_by_role("button", name="Hide amounts").click()
    expect(page.locator("html")).not_to_have_attribute("data-privacy", "on")


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until what has this label or text is focused."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(() => { const one = document.activeElement;"
            " return (one.labels?.[0]?.textContent ?? one.textContent ?? '').trim(); })()"
        )
        if focused.startswith(name):
            return
    raise AssertionError(f"Tab never comes to {name}")
