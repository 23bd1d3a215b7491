"""The carbon diary in a browser: by keyboard alone, without JavaScript, with a preview, and taken back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.keys import tab_to
from tests.browser.site import Site

pytestmark = pytest.mark.browser

ACTIVITY = "Car, petrol, average"


def test_an_entry_is_made_by_keyboard_alone(page: Page, site: Site) -> None:
    page.goto(site.at("/help/"), wait_until="networkidle")
    page.keyboard.press("g")
    page.keyboard.press("c")
    steps.heading(page, "Carbon")
    page.keyboard.press("n")
    tab_to(page, page.get_by_role("dialog").get_by_role("link", name="Carbon entry"))
    page.keyboard.press("Enter")
    steps.heading(page, "Add a carbon entry")
    page.keyboard.press("/")
    expect(page.get_by_label("What did you do?")).to_be_focused()
    page.keyboard.type("car, petrol, average")
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("How much"))
    page.keyboard.type("100")
    tab_to(page, page.get_by_label("Description"))
    page.keyboard.type("by keyboard")
    page.keyboard.press("Enter")
    steps.heading(page, ACTIVITY)
    main = page.get_by_role("main")
    expect(main).to_contain_text("16.152 kg CO₂e")
    expect(main).to_contain_text("20.751 kg with fuel supply")
    expect(main).to_contain_text("by keyboard")


def test_a_day_without_scripts(without_scripts: Page, site: Site) -> None:
    page = without_scripts
    steps.sign_up(page, site, "rachel", account="empty")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Carbon").click()
    page.get_by_role("main").get_by_role("link", name="Add your first entry").click()
    page.get_by_role("link", name=ACTIVITY).click()
    page.get_by_label("How much").fill("100")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview")).to_contain_text("16.152 kg")
    page.get_by_role("button", name="Add the entry").click()
    steps.heading(page, ACTIVITY)
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("How much").fill("200")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("32.304 kg CO₂e")
    steps.set_carbon_goal(page, site, "30", "Drive less")
    expect(page.get_by_role("listitem").filter(has_text="Drive less")).to_contain_text("over")
    page.goto(site.at("/carbon/"))
    page.get_by_role("link", name="Transport").click()
    expect(page).to_have_url(re.compile(r"/carbon/entries/\?from=.*&category=transportation"))
    page.get_by_role("link", name=ACTIVITY).click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("main")).to_contain_text("32.304 kg CO₂e")


def test_the_preview_follows_what_is_typed(page: Page, site: Site) -> None:
    page.goto(site.at("/carbon/entries/add/?activity=car_petrol"))
    preview = page.locator("#preview")
    page.get_by_label("How much").fill("100")
    expect(preview).to_contain_text("16.152 kg")
    page.get_by_label("Unit").select_option("mile")
    expect(preview).to_contain_text("25.994")
    page.get_by_label("Persons in the vehicle").fill("2")
    expect(preview).to_contain_text("12.997")
    page.get_by_label("How much").fill("nonsense")
    expect(preview).to_contain_text("Enter a number")
    expect(page.get_by_role("button", name="Preview")).to_be_hidden()


def test_a_deleted_entry_comes_back_by_undo(page: Page, site: Site) -> None:
    steps.add_carbon_entry(page, site, "Taxi", "3", "Late night")
    steps.delete_carbon_entry(page, site, "Late night")
    expect(page.get_by_role("row").filter(has_text="Late night")).to_have_count(0)
    page.get_by_role("status").get_by_role("button", name="Undo").press("Enter")
    steps.heading(page, "Taxi")


def test_a_goal_asks_for_the_figures_of_the_way_that_is_chosen(page: Page, site: Site) -> None:
    page.goto(site.at("/carbon/goals/add/"))
    expect(page.get_by_label("Kg CO₂e at most")).to_be_visible()
    expect(page.get_by_role("textbox", name="Percent less")).to_be_hidden()
    page.get_by_label("Percent less than before").check()
    expect(page.get_by_label("Kg CO₂e at most")).to_be_hidden()
    expect(page.get_by_role("textbox", name="Percent less")).to_be_visible()
