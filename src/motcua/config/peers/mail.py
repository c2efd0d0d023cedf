"""The mail catcher: an SMTP server that takes every letter and sends none on. Each becomes a file in RUN_DIR/mail."""

import signal
import threading
import time
import uuid
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any


class Keep:
    """Writes every letter as <time>-<number>.eml; the envelope's addresses go in as X-Envelope-To."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """One letter came in. (The name is aiosmtpd's.)"""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:8]}.eml"
        head = f"X-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n".encode()
        unfinished = self.folder / f".{name}"
        unfinished.write_bytes(head + envelope.original_content)
        unfinished.rename(self.folder / name)
        return "250 Taken"


def letters(folder: Path) -> list[EmailMessage]:
    """All letters of a folder, oldest first."""
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.glob("*.eml"))]


def controller(host: str, port: int, folder: Path) -> Any:
    """A server in a thread of its own: start() and stop()."""
    from aiosmtpd.controller import Controller

    return Controller(Keep(folder), hostname=host, port=port, server_hostname="mail-catcher")


def serve() -> None:
    """Take mail at MOTCUA_SMTP_HOST:MOTCUA_SMTP_PORT until SIGTERM or SIGINT."""
    from django.conf import settings

    from motcua.config.env import ConfigurationError

    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    server = controller(settings.EMAIL_HOST, settings.EMAIL_PORT, settings.RUN_DIR / "mail")
    try:
        server.start()
    except OSError as trouble:
        where = f"MOTCUA_SMTP_HOST={settings.EMAIL_HOST} MOTCUA_SMTP_PORT={settings.EMAIL_PORT}"
        raise ConfigurationError(f"{where}: {trouble.strerror}.") from None
    try:
        ended.wait()
    finally:
        server.stop()
