"""Receipts in a browser, over the real server: attached without scripts, viewed, refused, and links that say so."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, StorageState, expect

from cryptopulse.edge.body_limit import MOST_BODY
from tests.browser.site import Site
from tests.browser.test_every_page import complaints
from tests.browser.watch import Watch
from tests.budgets.receipt_files import a_pdf, a_picture

pytestmark = pytest.mark.browser


def expense_of(page: Page, site: Site) -> str:
    """The address of an expense of the member's."""
    page.goto(site.at("/budgets/expenses/"))
    address = page.locator("main tbody th a[href]").first.get_attribute("href")
    assert address is not None
    return address


def attach(page: Page, file: Path) -> None:
    """Choose the file on the page of an expense, and send it."""
    page.get_by_label("Photo or PDF").set_input_files(file)
    page.get_by_role("button", name="the receipt").first.click()


def saved(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_receipt_is_attached_viewed_and_removed_without_scripts(
    browser: Browser, member: StorageState, site: Site, tmp_path: Path
) -> None:
    context = browser.new_context(storage_state=member, java_script_enabled=False)
    page = context.new_page()
    address = expense_of(page, site)
    page.goto(site.at(address))
    attach(page, saved(tmp_path, "bill.png", a_picture("PNG", (300, 400))))
    expect(page.get_by_role("status")).to_contain_text("receipt")
    expect(page.get_by_role("button", name="Remove the receipt")).to_be_visible()

    shown = page.goto(site.at(f"{address}receipt/"))
    assert shown is not None
    assert shown.body() == a_picture("PNG", (300, 400))
    assert shown.headers["content-type"] == "image/png"
    assert "sandbox" in shown.headers["content-security-policy"]
    link = page.url
    assert "/budgets/receipts/" in link

    page.goto(site.at(address))
    page.get_by_role("button", name="Remove the receipt").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    gone = page.goto(link)
    assert gone is not None
    assert gone.status == 404
    page.goto(site.at(address))
    attach(page, saved(tmp_path, "bill.pdf", a_pdf()))
    expect(page.get_by_role("main")).to_contain_text("bill.pdf")
    context.close()


def test_a_removed_receipt_comes_back_by_the_toast(page: Page, site: Site, tmp_path: Path) -> None:
    address = expense_of(page, site)
    page.goto(site.at(address))
    attach(page, saved(tmp_path, "again.jpg", a_picture("JPEG", (300, 400))))
    expect(page.get_by_role("main")).to_contain_text("again.jpg")
    page.get_by_role("button", name="Remove the receipt").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("main")).to_contain_text("again.jpg")
    assert complaints(page, site, address) == []


def test_what_is_not_a_receipt_is_refused_beside_the_field(page: Page, site: Site, tmp_path: Path) -> None:
    page.goto(site.at(expense_of(page, site)))
    watch = Watch(page, site)
    attach(page, saved(tmp_path, "bill.jpg", b"<!doctype html><script>alert(1)</script>"))
    expect(page.locator("p.error")).to_contain_text("PDF")
    watch.console = [line for line in watch.console if "status of 422" not in line]
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert watch.complaints() == []


def test_a_body_that_is_far_too_large_is_refused_by_a_page(page: Page, site: Site) -> None:
    address = expense_of(page, site)
    large: FilePayload = {"name": "bill.jpg", "mimeType": "image/jpeg", "buffer": a_picture() + bytes(MOST_BODY)}
    answer = page.request.post(site.at(f"{address}receipt/"), multipart={"file": large})
    assert answer.status == 413
    assert "10 MB" in answer.text()


def test_a_link_that_was_altered_says_so(stranger: Page, site: Site) -> None:
    assert complaints(stranger, site, "/budgets/receipts/altered/", expected_status=404) == []
    expect(stranger.get_by_role("heading", name="link")).to_be_visible()


def test_the_report_is_read_and_kept(page: Page, site: Site) -> None:
    page.goto(site.at("/budgets/reports/"))
    expect(page.get_by_role("table", name="Spending by category")).to_contain_text("Food & Dining")
    with page.expect_download() as kept:
        page.get_by_role("link", name="PDF").click()
    assert kept.value.suggested_filename.startswith("spending-")
    assert kept.value.path().read_bytes().startswith(b"%PDF-")


def test_days_that_make_no_report_are_refused_beside_the_field(page: Page, site: Site) -> None:
    assert complaints(page, site, "/budgets/reports/?from=2026-11-05", expected_status=422) == []
    expect(page.locator("p.error").first).to_be_visible()
