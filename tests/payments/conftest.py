"""What acts on money need: a clock that stands still, and the demo VNPAY, here as a server in this process."""

import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from motcua.config.peers.vnpay import Bank, handler
from tests.moments import Moments, stopped_clock


@pytest.fixture
def clock() -> Iterator[Moments]:
    """Wednesday 25/11/2026, 8:35, until the test says otherwise."""
    with stopped_clock("25/11/2026 08:35") as moments:
        yield moments


@pytest.fixture(scope="session")
def bank_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bank, str]]:
    """The demo VNPAY and its address."""
    folder: Path = tmp_path_factory.mktemp("vnpay")
    bank = Bank(folder, "MOTCUA01", "bi-mat-cua-bai-thu", "http://127.0.0.1:9/", pause=0, tries=1)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(bank))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield bank, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def bank(bank_server: tuple[Bank, str], settings: Any) -> Bank:
    """The demo VNPAY, empty and in order, with the portal turned to it."""
    found, address = bank_server
    found.transactions.clear()
    found.control({"pause": 0, "tries": 1})
    settings.VNPAY_URL = f"{address}/paymentv2/vpcpay.html"
    settings.VNPAY_API_URL = f"{address}/merchant_webapi/api/transaction"
    settings.VNPAY_TMN_CODE, settings.VNPAY_SECRET = found.tmn_code, found.secret
    return found
