"""The browser's fixtures, for every test in here."""

from tests.e2e.browser import bare_page, chromium, other_page, page, phone

__all__ = ["bare_page", "chromium", "other_page", "page", "phone"]
