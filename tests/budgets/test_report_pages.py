"""A report as page, by the API and as PDF: the same figures, for its owner alone."""

import io
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from budgets.domain.expense import recorded
from budgets.pdf import fonts
from budgets.repositories.expenses import expense_item
from budgets.tables import EXPENSES
from core.accounts.domain import User
from core.ids import new_id
from core.storage import measured, store
from tests.budgets.builders import TODAY, a_draft, budgeted, refunded, spent
from tests.builders import a_user, api_client, signed_in
from tests.times import NOON

pytestmark = pytest.mark.usefixtures("noon")

EXTRA = ("Sessions", "Users", "ApiKeys", "Notifications", "Throttle")
NOVEMBER = "from=2026-11-01&to=2026-11-30"
MINUS = "\u2212"


@pytest.fixture
def month(alice: User) -> User:
    """A month with a bit of everything."""
    budgeted(alice, "100")
    budgeted(alice, "50", "Travel")
    spent(alice, "1080.50", day=TODAY - timedelta(days=3), merchant="Market <hall>", description="Fruit & fish")
    spent(alice, "40.05", "Travel", merchant="Railway")
    spent(alice, "7", "Housing", TODAY - timedelta(days=15))
    refunded(alice, "10.25", day=TODAY - timedelta(days=5))
    spent(alice, "60", day=TODAY - timedelta(days=31))
    return alice


def text_of(content: bytes) -> str:
    """All text of a PDF, in one line, as a reader would select it.

    Of a font with a map of its own, pypdf takes each first byte for a character of zero.
    """
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\0", "").split())


def pdf(user: User, query: str = NOVEMBER) -> str:
    response = signed_in(user).get(f"/budgets/reports/pdf/?{query}")
    assert response.status_code == 200
    return text_of(response.content)


def page(user: User, address: str = f"/budgets/reports/?{NOVEMBER}") -> str:
    response = signed_in(user).get(address)
    assert response.status_code == 200
    return response.content.decode()


def api(user: User, query: str = NOVEMBER) -> Any:
    answer = api_client(user).get(f"/api/v1/reports/?{query}")
    assert answer.status_code == 200
    return answer.json()


def shown(text: str) -> str:
    """A figure of the API as people read it."""
    value = Decimal(text)
    return f"{MINUS if value < 0 else ''}{abs(value):,.2f}"


class TestOneReport:
    def test_the_api_has_the_figures(self, month: User) -> None:
        said = api(month)
        assert said["days"] == {"from": "2026-11-01", "to": "2026-11-30"}
        assert said["before"] == {"from": "2026-10-01", "to": "2026-10-31"}
        totals = {name: said[name] for name in ("spent", "paid", "refunded", "budgeted", "budgeted_spent", "a_day")}
        assert totals == {
            "spent": "1117.30",
            "paid": "1127.55",
            "refunded": "10.25",
            "budgeted": "150.00",
            "budgeted_spent": "1110.30",
            "a_day": "55.87",
        }
        assert (said["expenses"], said["refunds"], said["currency"]) == (3, 1, "eur")
        assert (said["before_spent"], said["change"], said["change_percent"]) == ("60.00", "1057.30", "1762.2")
        assert said["categories"][0] == {
            "category": "Food & Dining",
            "spent": "1070.25",
            "paid": "1080.50",
            "refunded": "10.25",
            "expenses": 1,
            "refunds": 1,
            "budget": "100.00",
            "percent": "1070.2",
            "left": "-970.25",
            "before": "60.00",
            "change": "1010.25",
        }
        assert [each["merchant"] for each in said["largest_expenses"]] == ["Market <hall>", "Railway", ""]
        assert [each["amount"] for each in said["largest_refunds"]] == ["-10.25"]
        assert [each["spent"] for each in said["by_day"]] == ["7.00", "-10.25", "1080.50", "40.05"]

    def test_page_pdf_and_api_agree(self, month: User) -> None:
        said, on_page, in_file = api(month), page(month), pdf(month)
        words = re.sub(r"<[^>]*>", "", on_page)
        for name in ("spent", "paid", "refunded", "budgeted", "budgeted_spent", "before_spent", "a_day"):
            assert shown(said[name]) in words, name
            assert shown(said[name]) in in_file, name
        for line in said["categories"]:
            figures = [shown(line[name]) for name in ("spent", "budget", "left", "before") if line[name] is not None]
            row = re.search(rf"{re.escape(line['category'])} {re.escape(' '.join(figures[:2]))}", in_file)
            if line["budget"] is not None:
                assert row, line
            assert all(figure in words and figure in in_file for figure in figures), line
        for lines in (said["weeks"], said["by_day"]):
            assert sum(Decimal(each["spent"]) for each in lines) == Decimal(said["spent"])
            assert all(shown(each["spent"]) in in_file and shown(each["spent"]) in words for each in lines)
        assert f"+{shown(said['change'])}" in words
        assert f"+{shown(said['change'])}" in in_file

    def test_every_figure_of_the_page_leads_to_its_rows(self, month: User) -> None:
        browser = signed_in(month)
        on_page = page(month)
        links = {each.replace("&amp;", "&") for each in re.findall(r'href="(/budgets/expenses/\?[^"]*)"', on_page)}
        assert f"/budgets/expenses/?{NOVEMBER}" in links
        assert "/budgets/expenses/?category=Food+%26+Dining&from=2026-11-01&to=2026-11-30" in links
        assert "/budgets/expenses/?from=2026-11-16&to=2026-11-22" in links
        assert "/budgets/expenses/?from=2026-10-01&to=2026-10-31" in links
        rows = browser.get(f"/budgets/expenses/?{NOVEMBER}").content.decode()
        assert "1,117.30" in rows
        assert all(browser.get(link).status_code == 200 for link in links)

    def test_text_of_others_making_is_escaped(self, month: User) -> None:
        assert "Market &lt;hall&gt;, Fruit &amp; fish" in page(month)
        assert "Market <hall>, Fruit & fish" in pdf(month)

    def test_a_month_has_an_address_and_neighbours(self, month: User) -> None:
        on_page = page(month, "/budgets/reports/2026-11/")
        assert "November 2026" in on_page
        assert 'href="/budgets/reports/2026-10/"' in on_page
        assert 'href="/budgets/reports/2026-12/"' in on_page
        assert "1,117.30" in re.sub(r"<[^>]*>", "", page(month, "/budgets/reports/"))

    def test_an_empty_month_says_what_to_do(self, alice: User) -> None:
        assert 'id="by-week"' not in page(alice, "/budgets/reports/2026-03/")
        assert "Spending, March 2026" in pdf(alice, "from=2026-03-01&to=2026-03-31")

    def test_requests(self, month: User) -> None:
        browser, client = signed_in(month), api_client(month)
        for ask in (
            lambda: browser.get(f"/budgets/reports/?{NOVEMBER}"),
            lambda: browser.get("/budgets/reports/2026-11/"),
            lambda: browser.get(f"/budgets/reports/pdf/?{NOVEMBER}"),
            lambda: client.get(f"/api/v1/reports/?{NOVEMBER}"),
            lambda: client.get(f"/api/v1/reports/pdf/?{NOVEMBER}"),
        ):
            with measured() as usage:
                assert ask().status_code == 200
            assert usage.without(*EXTRA).requests == 2


class TestFile:
    def test_is_a_pdf_of_a4_pages_with_a_head(self, month: User) -> None:
        response = signed_in(month).get(f"/budgets/reports/pdf/?{NOVEMBER}")
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == 'attachment; filename="spending-2026-11.pdf"'
        document = PdfReader(io.BytesIO(response.content))
        for number, each in enumerate(document.pages, 1):
            assert (round(each.mediabox.width), round(each.mediabox.height)) == (595, 842)
            said = each.extract_text()
            assert said.startswith("CryptoPulse \u2013 alice \u2013 Spending, November 2026")
            assert f"Page {number} of {len(document.pages)}" in said
        assert document.metadata is not None
        assert document.metadata.title == "Spending, November 2026"

    def test_the_api_hands_out_the_same(self, month: User) -> None:
        by_api = api_client(month).get(f"/api/v1/reports/pdf/?{NOVEMBER}")
        assert by_api["Content-Type"] == "application/pdf"
        assert text_of(by_api.content) == pdf(month)

    def test_descriptions_of_other_scripts_can_be_read(self, alice: User) -> None:
        as_they_are = ["Кофе и чай", "Ελληνικός καφές", "कॉफी", "Đặng Thị, łóżko", "₹ € £ ¥ ₩", "½ ≤ ∞"]
        without_spaces = ["コーヒー", "咖啡", "커피", "กาแฟร้อน"]
        for description in [*as_they_are, *without_spaces]:
            spent(alice, description=description)
        said = pdf(alice)
        assert [each for each in as_they_are if each not in said] == []
        assert [each for each in without_spaces if each not in said.replace(" ", "")] == []
        assert fonts.MISSING not in said

    def test_scripts_from_right_to_left_too(self, alice: User) -> None:
        for description in ("קפה", "قهوة"):
            spent(alice, description=description)
        said = pdf(alice)
        assert "קפה" in said or "קפה"[::-1] in said
        assert "قهوة" in said or "قهوة"[::-1] in said

    def test_what_no_font_can_write_is_marked(self, alice: User) -> None:
        spent(alice, description="Party \U0001f389\ufe0f at home")
        said = pdf(alice)
        assert f"Party {fonts.MISSING} at home" in said
        assert said.count(fonts.MISSING) > said.count(f"Party {fonts.MISSING} at home")

    def test_fonts_that_were_tidied_away_are_written_again(self, month: User) -> None:
        before = pdf(month)
        fonts.path_of("").unlink()
        assert pdf(month) == before

    def test_ten_thousand_rows_make_few_pages_and_few_requests(self, alice: User) -> None:
        drafts = (a_draft("1.01", day=TODAY - timedelta(days=number % 19)) for number in range(10_000))
        rows = (recorded("alice", new_id(), draft, currency="usd", at=NOON) for draft in drafts)
        store().load(EXPENSES, map(expense_item, rows))  # type: ignore[attr-defined]
        client = api_client(alice)
        with measured() as usage:
            said = client.get(f"/api/v1/reports/?{NOVEMBER}").json()
        assert (said["expenses"], said["spent"]) == (10_000, "10100.00")
        assert usage.without(*EXTRA).requests <= 2 + 10_000 * 400 // 1_000_000
        response = signed_in(alice).get(f"/budgets/reports/pdf/?{NOVEMBER}")
        assert len(PdfReader(io.BytesIO(response.content)).pages) <= 4
        assert "10,100.00" in text_of(response.content)
        assert "10,100.00" in page(alice)


class TestWhose:
    def test_the_report_of_another_is_never_seen(self, month: User) -> None:
        bob = a_user("bob")
        assert api(bob)["spent"] == "0.00"
        assert "Railway" not in page(bob)
        assert "Railway" not in pdf(bob)

    @pytest.mark.parametrize("address", ["/budgets/reports/", "/budgets/reports/2026-11/", "/budgets/reports/pdf/"])
    def test_a_visitor_is_sent_to_sign_in(self, month: User, address: str) -> None:
        response = Client().get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/sign-in/")


class TestBadInput:
    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("from=2026-11-05&to=2026-11-01", "to"),
            ("from=2026-11-05", "to"),
            ("to=2026-11-05", "from"),
            ("from=words&to=2026-11-05", "from"),
            ("from=2020-01-01&to=2026-11-05", "to"),
            ("from=0001-01-01&to=0001-01-02", "from"),
            ("from=2029-01-01&to=2029-01-31", "to"),
        ],
    )
    def test_days_that_make_no_report_are_reported(self, month: User, query: str, field: str) -> None:
        for address in ("/api/v1/reports/", "/api/v1/reports/pdf/"):
            answer = api_client(month).get(f"{address}?{query}")
            assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
            assert field in answer.json()["errors"]
        response = signed_in(month).get(f"/budgets/reports/?{query}")
        assert response.status_code == 422
        assert 'aria-invalid="true"' in response.content.decode()
        assert signed_in(month).get(f"/budgets/reports/pdf/?{query}").status_code == 400

    def test_an_unknown_field_is_reported(self, month: User) -> None:
        assert "month" in api_client(month).get("/api/v1/reports/?month=2026-11").json()["errors"]

    @pytest.mark.parametrize("month_text", ["2026-13", "november", "1969-12", "2031-01", "0000-00"])
    def test_a_month_that_is_none_is_not_found(self, alice: User, month_text: str) -> None:
        assert signed_in(alice).get(f"/budgets/reports/{month_text}/").status_code == 404
