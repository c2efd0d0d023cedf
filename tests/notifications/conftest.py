"""Real outside worlds on this machine: a mail server, the demo gateway and the demo Zalo, each on a free port."""

import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from pytest_django import Settings

from motcua.config.peers.gateways import Gateways, handler
from motcua.config.peers.mail import controller
from motcua.config.peers.zalo.office import Office
from motcua.config.peers.zalo.web import handler as zalo_handler
from motcua.config.ports import free_port
from motcua.notifications import services


@pytest.fixture
def gateways(tmp_path: Path, settings: Settings) -> Iterator[Gateways]:
    """The demo gateways, answering over HTTP."""
    peers = Gateways(tmp_path / "peers")
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(peers))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.DEMO_PEERS_URL = f"http://127.0.0.1:{server.server_address[1]}"
    yield peers
    server.shutdown()
    thread.join()
    server.server_close()


class TestOffice(Office):
    """The demo Zalo with its notices in hand: a test brings them to the portal itself."""

    __test__ = False
    notices: list[tuple[bytes, str]]

    def tell(self, name: str, **more: object) -> None:
        self.notices.append(self.notice(name, **more))

    def bring(self) -> list[bool]:
        """Bring all notices to the portal, as its webhook would; whether each was taken for Zalo's."""
        brought, self.notices = self.notices, []
        return [services.take_event(*notice) for notice in brought]


@pytest.fixture
def zalo(tmp_path: Path, settings: Settings) -> Iterator[TestOffice]:
    """The demo Zalo, answering over HTTP."""
    office = TestOffice(tmp_path / "peers", settings.ZALO, "")
    office.notices = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), zalo_handler(office))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.ZALO = {**settings.ZALO, "url": f"http://127.0.0.1:{server.server_address[1]}"}
    yield office
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def mail_folder(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A real mail server; its letters lie in this folder."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    server = controller(settings.EMAIL_HOST, settings.EMAIL_PORT, tmp_path / "mail")
    server.start()
    yield tmp_path / "mail"
    server.stop()


@pytest.fixture
def no_mail_server(settings: Settings) -> None:
    """Nobody listens where the mail server should be."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
