"""Real outside worlds on this machine: a mail server and the demo gateways, each on a free port."""

import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from pytest_django import Settings

from motcua.config.peers.gateways import Gateways, handler
from motcua.config.peers.mail import controller
from motcua.config.ports import free_port


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
