"""Links and paths in the documentation lead somewhere."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, anchors, code, links, name_of

FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")} - {"var"}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_resolves(page: Path) -> None:
    for link in links(page):
        if link.startswith("http://localhost:8000/"):
            continue
        assert not link.startswith("http"), f"{link}: the documentation needs no other site"
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_path_of_the_project_exists(page: Path) -> None:
    for text in code(page):
        if re.fullmatch(r"[\w./-]+", text) and text.partition("/")[0] in FOLDERS and "/" in text:
            assert (ROOT / text).exists(), text


def test_the_readme_shows_the_product() -> None:
    pictures = [ROOT / link for link in links(ROOT / "README.md") if link.endswith(".png")]
    assert pictures
    for picture in pictures:
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_size > 20_000


def test_no_page_names_a_path_of_one_machine() -> None:
    for page in PAGES:
        assert not re.search(r"/(home|root|Users|work|tmp)/", page.read_text()), name_of(page)
