"""A real browser for a test, and what it finds in the way of people who cannot see or use a mouse."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def barriers(page: Page) -> list[str]:
    """What axe finds, and whether the page is wider than its window."""
    found = [f"{page.url}: {violation['id']}" for violation in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, f"{page.url}: wider than the window"] if wide else found
