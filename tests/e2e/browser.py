"""Fixtures for tests in a real browser: strict pages, a phone, a browser without scripts, and axe.

A page fails its test at the end if its console had an error, a script threw, the CSP refused something, or the server
answered 500.
"""

import asyncio
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Response, expect, sync_playwright
from tools.browser import find

from motcua.accounts.models import User

PROJECT = Path(__file__).resolve().parents[2]
AXE = PROJECT / "build/test/axe.min.js"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 30_000  # milliseconds until something is there; a machine may have other things to do
# A page that answers 4xx on purpose is reported by the browser, and by htmx; tests check the status themselves.
# htmx reports a request as an error that it gave up itself, because a later answer has overtaken it; and a cut line.
EXPECTED = (
    "Failed to load resource: the server responded with a status of 4",
    "Failed to load resource: net::ERR_",  # tests cut the line; what a page can't do without, they wait for
    "Response Status Error Code 4",
    "htmx:sendAbort",
    "htmx:sendError",
    "htmx:afterRequest",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a worker."""
    # Playwright's loop runs in this thread; Django would take every query of the test for one made in async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    with patch("asyncio.run", _run_beside), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=SWITCHES)
        yield browser
        _put_away.clear()
        browser.close()


def _run_beside(main: Any, *, run: Any = asyncio.run, **options: Any) -> Any:
    """`asyncio.run` beside Playwright's loop: pyHanko signs in a loop of its own, and a thread has only one."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(run, main, **options).result()


@pytest.fixture
def page(chromium: Browser, live_server: Any) -> Iterator[Page]:
    """A strict page, 1280 px wide, on the live server."""
    yield from strict_page(chromium, live_server.url, viewport=DESKTOP)


@pytest.fixture
def other_page(chromium: Browser, live_server: Any) -> Iterator[Page]:
    """A second person's browser."""
    yield from strict_page(chromium, live_server.url, viewport=DESKTOP)


@pytest.fixture
def phone(chromium: Browser, live_server: Any) -> Iterator[Page]:
    """A strict page, 390 px wide, with a thumb."""
    yield from strict_page(chromium, live_server.url, viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def bare_page(chromium: Browser, live_server: Any) -> Iterator[Page]:
    """A browser with scripts switched off."""
    yield from strict_page(chromium, live_server.url, viewport=DESKTOP, java_script_enabled=False)


def strict_page(chromium: Browser, base_url: str, *, service_workers: Any = "block", **options: Any) -> Iterator[Page]:
    """A page in a context that holds nothing of anybody else's, whose troubles fail the test.

    Without a service worker, unless a test is about it: tests that cut the line couldn't see past it.
    """
    options |= {"base_url": base_url, "service_workers": service_workers}
    context = _taken_out(chromium, options)
    troubles: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            troubles.append(f"console: {message.text}")

    def on_response(response: Response) -> None:
        if response.status >= 500:
            troubles.append(f"{response.status} {response.url}")

    page = context.new_page()
    page.on("console", on_console)
    page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
    page.on("response", on_response)
    yield page
    _put_back(context, options)
    assert troubles == []


# Contexts of walks that are over, emptied, by how they were opened: a new one costs the browser half a second of work.
_put_away: dict[str, list[BrowserContext]] = {}


def _taken_out(chromium: Browser, options: dict[str, Any]) -> BrowserContext:
    """One that was put away, or a new one."""
    if waiting := _put_away.get(repr(options)):
        context = waiting.pop()
        context.clear_cookies()  # an answer that came late
        return context
    context = chromium.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce", **options)
    context.set_default_timeout(PATIENCE)
    return context


def _put_back(context: BrowserContext, options: dict[str, Any]) -> None:
    """Empty it, as if it were new: no cookies, nothing stored or cached, no page, on line; else it goes for good."""
    if options["service_workers"] != "block" or not context.pages:
        context.close()
        return
    try:
        session: Any = context.new_cdp_session(context.pages[0])
        session.send("Network.clearBrowserCache")
        session.send("Storage.clearDataForOrigin", {"origin": options["base_url"], "storageTypes": "all"})
        for page in context.pages:
            page.close()
        context.clear_cookies()
        context.set_offline(False)
    except Error:  # the page has crashed, or hangs
        context.close()
        return
    _put_away.setdefault(repr(options), []).append(context)


def axe(page: Page) -> list[str]:
    """What axe finds wrong on this page, a line each: rule, element, summary; [] is what tests want.

    Nothing is loaded for it beforehand: only rules on sound and on experiments would look at that.
    """
    page.wait_for_load_state()  # a page that has just come has no element yet
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def is_fine(page: Page) -> None:
    """Nothing for axe to find, nothing wider than the screen."""
    assert axe(page) == [], page.url
    assert not scrolls_sideways(page), page.url


def come_in(page: Page, user: User, base_url: str) -> None:
    """As if they had logged in, an officer's authenticator code and all; for tests on the live server."""
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": base_url}])
