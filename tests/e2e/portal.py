"""The whole portal as its processes, for walks in a browser: web, worker, mail catcher, demo gateways, a sample ward.

Started once for all walks of a test process; nothing in it is a stand-in. Walks look at it from outside only, as people
do: messages and authenticator codes are read on the sample's own page.
"""

import html
import itertools
import os
import re
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Page

from motcua.config.cli.children import Processes, program, start_stand_ins, wait_for
from motcua.config.cli.local import local_environment
from motcua.config.ports import free_port
from tests.e2e.browser import DESKTOP, PHONE, strict_page

ARTICLE = re.compile(r'<article[^>]*data-to="(?P<to>[^"]*)".*?data-text>(?P<text>.*?)</div>\s*</article>', re.DOTALL)
CODE_ROW = re.compile(r"<t[dh][^>]*>\s*(?P<handle>[\w.]+)\s*</t[dh]>\s*<td[^>]*>\s*(?P<code>\d{6})\s*</td>")


@dataclass(frozen=True)
class Portal:
    """A running portal."""

    url: str
    environment: dict[str, str]
    sessions: dict[str, Any] = field(default_factory=dict)  # who has logged in, with their cookies

    def read(self, path: str) -> str:
        """A public page as text."""
        with urllib.request.urlopen(self.url + path, timeout=20) as answer:
            return str(answer.read().decode())

    def messages_to(self, address: str) -> list[str]:
        """Everything that was sent to an address, newest first, as the sample's pages show it."""
        return [text for page in self._pages_to(address) for text in page]

    def _pages_to(self, address: str) -> Iterator[list[str]]:
        for number in itertools.count(1):
            page = self.read("/ban-mau/?" + urllib.parse.urlencode({"toi": address, "trang": number}))
            yield [html.unescape(re.sub(r"<[^>]+>", " ", one["text"])) for one in ARTICLE.finditer(page)]
            if f"trang={number + 1}" not in page:
                return

    def message_to(self, address: str, pattern: str, *, after: int = 0, seconds: float = 60) -> str:
        """The newest message to this address that matches; its first group, if the pattern has one.

        Args:
            after: how many messages there were before: only later ones count.

        Raises:
            AssertionError: none came in time.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            pages = [self._later(address, after)] if after else self._pages_to(address)
            for text in itertools.chain.from_iterable(pages):
                if match := re.search(pattern, text):
                    return match[1] if match.groups() else match[0]
            time.sleep(0.2)
        raise AssertionError(f"No message to {address} matching {pattern}: {self.messages_to(address)[:3]}")

    def _later(self, address: str, after: int) -> list[str]:
        found = self.messages_to(address)
        return found[: len(found) - after]

    def national_otp(self, phone: str, *, after: int = 0, seconds: float = 40) -> str:
        """The newest OTP that the demo National portal has sent to this phone; `after`: see `message_to`."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = self.national_otps(phone)
            if len(found) > after:
                return found[0]
            time.sleep(0.1)
        raise AssertionError(f"No OTP to {phone}.")

    def national_otps(self, phone: str) -> list[str]:
        """All OTPs that the demo National portal has sent to this phone, newest first."""
        address = "84" + re.sub(r"\D", "", phone)[1:]
        with urllib.request.urlopen(f"{self.environment['MOTCUA_NATIONAL_ISSUER']}/tin-nhan", timeout=20) as answer:
            page = str(answer.read().decode())
        return re.findall(rf'data-to="{address}">.*?\b(\d{{6}})\b', page)

    def authenticator_code(self, handle: str) -> str:
        """The code that an officer's authenticator shows now."""
        found = {row["handle"]: row["code"] for row in CODE_ROW.finditer(self.read("/ban-mau/"))}
        return found[handle]


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Portal]:
    """Start everything, load the sample ward; stop everything at the end."""
    environment, port = _environment(tmp_path_factory, f"walks_{worker_id}")
    for words in (["migrate", "-v0"], ["createcachetable"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([program("motcua"), "manage", *words], env=environment, check=True)
    subprocess.run([program("motcua"), "sample", "load"], env=environment, check=True, stdout=subprocess.DEVNULL)
    with Processes(environment) as processes:
        processes.start("mail catcher", "motcua", "mail-catcher")
        processes.start("demo gateways", "motcua", "demo-peers")
        start_stand_ins(processes)
        processes.start("worker", "motcua", "worker")
        processes.start(
            "web", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
            "--blocking-threads", "4", "--no-ws", "--respawn-failed-workers", "--log-level", "error",
            "motcua.config.wsgi:application",
        )  # fmt: skip
        wait_for(port, processes)
        yield Portal(environment["MOTCUA_BASE_URL"], environment)


def _environment(tmp_path_factory: pytest.TempPathFactory, name: str) -> tuple[dict[str, str], int]:
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL("DROP DATABASE IF EXISTS {}").format(psycopg.sql.Identifier(name)))
        connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
    folder, port = tmp_path_factory.mktemp("portal"), free_port()
    environment = local_environment(folder, port, re.sub(r"@/\w+\?", f"@/{name}?", url))
    own = {"MOTCUA_RUN_DIR": str(folder)}  # else two workers' portals share files, and a reset of one empties both
    at_once = {"MOTCUA_CONTENT_SECONDS": "0"}  # an outage is told, a visit counted
    return environment | own | at_once, port


@pytest.fixture
def visitor(chromium: Browser, portal: Portal) -> Iterator[Page]:
    """A strict page on the portal, 390 px wide with a thumb: how most people come."""
    yield from strict_page(chromium, portal.url, viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def desk_page(chromium: Browser, portal: Portal) -> Iterator[Page]:
    """A strict page on the portal, 1280 px wide: an officer's screen."""
    yield from strict_page(chromium, portal.url, viewport=DESKTOP)


@pytest.fixture
def plain_visitor(chromium: Browser, portal: Portal) -> Iterator[Page]:
    """A visitor whose browser runs no scripts."""
    yield from strict_page(chromium, portal.url, viewport=PHONE, java_script_enabled=False)
