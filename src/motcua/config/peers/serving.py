"""How every stand-in answers at its address until it is told to stop."""

import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from motcua.config.env import ConfigurationError


def serve_at(url: str, setting: str, handler: type[BaseHTTPRequestHandler]) -> None:
    """Answer at host and port of `url` until SIGTERM or SIGINT.

    Args:
        setting: the variable that names the address, for who reads the trouble.

    Raises:
        ConfigurationError: there is no address, or it is taken.
    """
    address = urlsplit(url)
    if not address.hostname:
        raise ConfigurationError(f"{setting} is not set: there is no address to answer at.")
    try:
        server = ThreadingHTTPServer((address.hostname, address.port or 80), handler)
    except OSError as trouble:
        raise ConfigurationError(f"{setting}={url}: {trouble.strerror}.") from None
    for number in (signal.SIGTERM, signal.SIGINT):
        # shutdown() waits for the loop that the signal has interrupted: another thread must call it
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    with server:
        server.serve_forever(poll_interval=0.2)
