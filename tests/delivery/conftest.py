"""What acts on parcels need: a clock that stands still, a price list, and the demo post as a server in this process."""

import threading
from collections.abc import Iterator
from datetime import date
from http.server import ThreadingHTTPServer
from typing import Any

import pytest

from motcua.config.peers.post.office import Office
from motcua.config.peers.post.serving import handler
from motcua.delivery import services
from motcua.delivery.providers import post as api
from tests.delivery.acting import PRICES, Heard
from tests.moments import Moments, stopped_clock


@pytest.fixture
def clock() -> Iterator[Moments]:
    """Wednesday 25/11/2026, 8:35, until the test says otherwise."""
    with stopped_clock("25/11/2026 08:35") as moments:
        yield moments


@pytest.fixture
def prices(db: None) -> None:
    """The sample's price list."""
    services.set_postage(PRICES, since=date(2026, 1, 1), ground="Bảng giá cước mẫu", by=None)


@pytest.fixture(scope="session")
def post_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    """The demo post and its address."""
    office = Office(tmp_path_factory.mktemp("post"), "motcua", "mat-khau", "bi-mat-cua-bai-thu", "", pause=0, tries=1)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(office))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield office, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def post(post_server: tuple[Office, str], prices: None, settings: Any) -> Office:
    """The demo post, empty and in order, with the portal turned to it. It tells nothing by itself: tests carry its
    notices (`acting.tells`)."""
    office, address = post_server
    office.items.clear()
    office.tokens.clear()
    office.control({"mute": True})
    api._tokens.clear()
    settings.POST_URL, settings.POST_CUSTOMER = f"{address}/api", "MOTCUA01"
    settings.POST_USER, settings.POST_PASSWORD = office.user, office.password
    settings.POST_SECRET = office.secret
    return office


@pytest.fixture
def heard() -> Iterator[Heard]:
    """What `parcel_changed` said, in order."""
    found = Heard()
    with found.listening():
        yield found
