"""Start the demo National portal as a process."""

import json
import signal
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from motcua.config.peers.national.people import Person, person
from motcua.config.peers.national.portal import Client, Portal
from motcua.config.peers.national.web import handler
from motcua.sample import people


def known_people() -> list[Person]:
    """The sample's people that have an account there."""
    found = people.national()
    return [person(one, found["password"]) for one in found["people"]]


def offered(folder: Path) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What the front page can hand over: procedures and agencies of the sample, by code and name."""
    offerings = json.loads((folder / "offerings.json").read_text(encoding="utf-8"))
    agencies = json.loads((folder / "agencies.json").read_text(encoding="utf-8"))["agencies"]
    codes = dict.fromkeys(one["procedure"] for one in offerings)
    names = [(code, _name(folder, code)) for code in codes]
    return names, [(one["code"], one["name"]) for one in agencies if one["code"] in {o["agency"] for o in offerings}]


def _name(folder: Path, code: str) -> str:
    path = folder / "procedures" / f"{code}.json"
    return str(json.loads(path.read_text(encoding="utf-8")).get("name", code)) if path.exists() else code


def serve() -> None:
    """Answer at MOTCUA_NATIONAL_ISSUER until SIGTERM or SIGINT."""
    from django.conf import settings

    from motcua.config.env import ConfigurationError

    ours = settings.NATIONAL
    address = urlsplit(ours["issuer"])
    if not address.hostname:
        raise ConfigurationError("MOTCUA_NATIONAL_ISSUER is not set: there is no address to answer at.")
    sample = settings.PROJECT / "sample"
    client = Client(ours["client_id"], ours["client_secret"], settings.BASE_URL)
    portal = Portal(ours["issuer"], client, known_people(), settings.DEMO_PEERS_URL, settings.RUN_DIR / "national")
    try:
        server = ThreadingHTTPServer((address.hostname, address.port or 80), handler(portal, *offered(sample)))
    except OSError as trouble:
        raise ConfigurationError(f"MOTCUA_NATIONAL_ISSUER={ours['issuer']}: {trouble.strerror}.") from None
    for number in (signal.SIGTERM, signal.SIGINT):
        # shutdown() waits for the loop that the signal has interrupted: another thread must call it
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    with server:
        server.serve_forever(poll_interval=0.2)
