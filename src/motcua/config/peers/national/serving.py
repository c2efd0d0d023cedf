"""Start the demo National portal as a process."""

import json
from pathlib import Path

from motcua.config.peers.national.people import Person, person
from motcua.config.peers.national.portal import Client, Portal
from motcua.config.peers.national.web import handler
from motcua.config.peers.serving import serve_at
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

    ours = settings.NATIONAL
    client = Client(ours["client_id"], ours["client_secret"], settings.BASE_URL)
    portal = Portal(ours["issuer"], client, known_people(), settings.DEMO_PEERS_URL, settings.RUN_DIR / "national")
    serve_at(ours["issuer"], "MOTCUA_NATIONAL_ISSUER", handler(portal, *offered(settings.PROJECT / "sample")))
