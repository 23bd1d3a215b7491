"""No file of the product names what only the tests have."""

import re
from pathlib import Path

import pytest
from django.conf import settings

PRODUCT = ("alerts", "budgets", "carbon", "core", "cryptopulse", "market", "portfolio", "templates", "static", "docs")


@pytest.mark.parametrize("name", ["percent_rise", "PercentRise", "pigeonhole", "almanac"])
def test_no_file_of_the_product_names_it(name: str) -> None:
    files = [path for folder in PRODUCT for path in Path(settings.BASE_DIR, folder).rglob("*.*")]
    texts = {path: path.read_bytes() for path in files if path.is_file() and path.suffix != ".pyc"}
    assert len(texts) > 500
    assert [path for path, text in texts.items() if re.search(name.encode(), text, re.IGNORECASE)] == []
