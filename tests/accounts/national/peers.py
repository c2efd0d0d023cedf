"""A National portal for tests: the demo one in this process, and a browser for its pages."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import requests
from django.test import Client

from motcua.accounts.national import provider
from motcua.config.peers.gateways import Gateways
from motcua.config.peers.gateways import handler as gateway_handler
from motcua.config.peers.national.people import Person
from motcua.config.peers.national.portal import Client as Registered
from motcua.config.peers.national.portal import Portal, Trouble
from motcua.config.peers.national.web import handler
from tests import cast

HOME = "http://testserver"
BACK = "/tai-khoan/cong-quoc-gia/ve/"
START = "/tai-khoan/cong-quoc-gia/"
PASSWORD = "QuocGia#2026"


def a_person(**other: Any) -> Person:
    """An, as the National portal knows her; or as it doesn't."""
    known = {
        "personal_number": cast.AN_NUMBER, "full_name": "NGUYỄN THỊ AN", "birth_date": "1996-03-05", "sex": "nu",
        "phone": "84900000217", "email": "an@example.org", "level": "LoA2", "password": PASSWORD,
    }  # fmt: skip
    return Person(**(known | other))


def stranger(**other: Any) -> Person:
    """Hoàng Văn Nam, who has no account here."""
    return a_person(**{
        "personal_number": "098088004410", "full_name": "Hoàng Văn Nam", "birth_date": "1988-04-21", "sex": "nam",
        "phone": "84900000230", "email": "nam@example.org", **other,
    })  # fmt: skip


@dataclass
class National:
    """The demo National portal, running; what its people do there."""

    portal: Portal
    url: str

    def fails(self, kind: str, **trouble: Any) -> None:
        """Have something go wrong from now on."""
        self.portal.troubles[kind] = Trouble(**trouble)

    def goes_through(self, where: str, person: Person, *, kind: str = "vneid", cancels: bool = False) -> str:
        """What somebody does whose browser was sent to `where`: password, OTP; the address they come back to."""
        http = requests.Session()
        page = http.get(where, timeout=10)
        if cancels:
            return self._post(http, page, "huy", {})
        visit = re.search(r"luot=([\w-]+)", page.url)
        assert visit, page.text
        login = f"{self.url}/dang-nhap/{kind}?luot={visit[1]}"
        self._post(http, login, "", {"so": person.personal_number, "mat_khau": person.password})
        otp = re.search(r"\d{6}", self.portal.messages[-1]["content"])
        assert otp
        return self._post(http, f"{self.url}/ma?luot={visit[1]}", "", {"otp": otp[0]})

    def _post(self, http: requests.Session, where: Any, act: str, form: dict[str, str]) -> str:
        if act:
            found = re.search(rf'action="(/{act}[^"]*)"', where.text)
            assert found
            where = urljoin(self.url, found[1])
        answer = http.post(where, data=form, timeout=10, allow_redirects=False)
        return answer.headers.get("Location", "")


@contextmanager
def running(folder: Path, keys: Path, *people: Person) -> Iterator[National]:
    """The demo National portal with these people, and the gateway that carries its OTPs; its key lies in `keys`."""
    gateway = ThreadingHTTPServer(("127.0.0.1", 0), gateway_handler(Gateways(folder / "peers")))
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *_: None)
    url = f"http://127.0.0.1:{server.server_address[1]}"
    gateway_url = f"http://127.0.0.1:{gateway.server_address[1]}"
    portal = Portal(url, Registered("motcua", "demo", HOME), list(people), gateway_url, keys)
    server.RequestHandlerClass = handler(portal, [("1.001193", "Khai sinh")], [("H98.21", "Phường Hoa Sen")])
    threads = [Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02}) for one in (gateway, server)]
    for thread in threads:
        thread.start()
    provider.forget()
    try:
        yield National(portal, url)
    finally:
        for one in (gateway, server):
            one.shutdown()
            one.server_close()


def set_out(client: Client, path: str = START) -> str:
    """Press the button; where the browser is sent."""
    answer = client.get(path)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def comes_back(client: Client, where: str) -> Any:
    """Open the address that the National portal sent the browser to."""
    parts = urlsplit(where)
    assert f"{parts.scheme}://{parts.netloc}" == HOME
    return client.get(parts.path, dict(parse_qsl(parts.query)))


def logs_in(client: Client, national: National, person: Person, *, kind: str = "vneid", path: str = START) -> Any:
    """The whole way there and back."""
    return comes_back(client, national.goes_through(set_out(client, path), person, kind=kind))
