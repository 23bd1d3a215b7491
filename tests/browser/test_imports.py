"""An import in a browser: every page of it sound in both widths and themes, its progress shown, also by keyboard."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import steps
from tests.browser.site import Site
from tests.browser.watch import HEIGHT, Watch, sideways_scroll

pytestmark = pytest.mark.browser

WIDTHS = (1280, 390)
NARROWEST = 360
DAYS = [(datetime.now(UTC) - timedelta(days=number)).date().isoformat() for number in range(40)]
GOOD = "Date,Payee,Memo,Amount,Category\n" + "".join(
    f"{day},Shop {number},card payment {number},-{number + 1}.20,{'Travel' if number % 3 else 'Gadgets'}\n"
    for number, day in enumerate(DAYS)
)
UNCLEAR = "When;Who;How much\n01/02/2026;A shop with quite a long name on the main square;-3,00\n03/04/2026;Pay;9,00\n"


@pytest.fixture(scope="module")
def page(browser: Browser, site: Site) -> Page:
    """The window of a new account."""
    page = browser.new_context().new_page()
    steps.sign_up(page, site, "importer", account="empty")
    return page


def upload(page: Page, site: Site, folder: Path, text: str) -> None:
    """Choose a file and send it."""
    file = folder / "november.csv"
    file.write_text(text)
    page.goto(site.at("/budgets/imports/add/"))
    page.get_by_label("Bank file").set_input_files(file)
    page.get_by_role("button", name="Upload and preview").click()


def sound(page: Page, site: Site) -> None:
    """The page has no complaint in any width and theme, and scrolls sideways on no phone."""
    path = page.url.removeprefix(site.url)
    watch = Watch(page, site)
    try:
        watch.opened(path, width=WIDTHS[0])
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            assert watch.complaints() == [], f"{path} at {width} px"
        page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
        assert sideways_scroll(page) <= 0
    finally:
        watch.leave()
    page.goto(site.at(path))
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})


def test_an_import_from_upload_to_undo(page: Page, site: Site, tmp_path: Path) -> None:
    page.goto(site.at("/budgets/imports/"))
    sound(page, site)
    upload(page, site, tmp_path, GOOD)
    sound(page, site)
    expect(page.get_by_role("main")).to_contain_text("14 rows cannot be read")
    page.get_by_role("link", name="change how the file is read").click()
    sound(page, site)
    page.get_by_label("Gadgets").select_option("Shopping")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Add the expenses").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("40 expenses added")).to_be_visible(timeout=30_000)
    sound(page, site)
    page.goto(site.at("/budgets/imports/"))
    sound(page, site)
    page.get_by_role("link", name="november.csv").click()
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_text("40 expenses removed")).to_be_visible(timeout=30_000)
    sound(page, site)


def test_what_a_file_leaves_open_is_asked(page: Page, site: Site, tmp_path: Path) -> None:
    upload(page, site, tmp_path, UNCLEAR)
    expect(page.get_by_role("main")).to_contain_text("date")
    sound(page, site)
    page.locator("#id_column_date").select_option("When")
    page.get_by_label("Amount, with or without a sign").select_option("How much")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("main")).to_contain_text("day or month comes first")
    page.get_by_label("Dates are written").select_option("Day, month, year")
    page.get_by_label("Spending is").select_option("with a minus")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("main")).to_contain_text("1 Feb 2026")


def test_an_import_with_scripts_off(browser: Browser, page: Page, site: Site, tmp_path: Path) -> None:
    state = page.context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=state)
    plain = context.new_page()
    upload(plain, site, tmp_path, f"Date,Payee,Amount\n{DAYS[0]},Plain shop,-7.77\n")
    plain.get_by_role("button", name="Add the expenses").click()
    for _ in range(60):
        if plain.get_by_text("1 expense added").count():
            break
        plain.wait_for_timeout(500)
        plain.goto(plain.url)
    expect(plain.get_by_text("1 expense added")).to_be_visible()
    context.close()
