"""Moving about a page as somebody without a mouse does."""

from playwright.sync_api import Locator, Page

MOST_STEPS = 200


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until this is what has the focus."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab never comes to {wanted}")
