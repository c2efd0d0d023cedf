"""The addresses of the demo Zalo.

    POST /v4/oa/access_token     secret_key     refresh_token, app_id, grant_type → tokens
    POST /message/template       access_token   {"phone", "template_id", "template_data", "tracking_id", "mode"}
    POST /v3.0/oa/message/cs     access_token   {"recipient": {"user_id"}, "message": {"text"}}
    GET  /, /oa/<id>, /may/<84…>                pages for people: a phone's Zalo

For tests: POST /control (see `Office.control`), GET /got (phones, and what the portal answered to the notices).
"""

import re
import time
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl, urlsplit

from motcua.config.peers.serving import Answering, object_of, serve_at
from motcua.config.peers.zalo import page
from motcua.config.peers.zalo.office import Office

PHONE = re.compile(r"/may/(84[0-9]{8,10})(?:/([a-z-]+))?")


class Handler(Answering):
    """One request; `office` is the one it is bound to."""

    office: Office

    def get(self) -> None:
        where = urlsplit(self.path)
        found = PHONE.fullmatch(where.path)
        if where.path == "/" or where.path.startswith("/oa/"):
            self.html(200, page.phones(self.office))
        elif where.path == "/may":
            self._to(_number(dict(parse_qsl(where.query)).get("so", "")))
        elif found and not found[2]:
            self.html(200, page.phone(self.office, self.office.phone(found[1])))
        elif where.path == "/zalo.css":
            self.css(page.CSS)
        elif where.path == "/got":
            phones = {number: asdict(phone) for number, phone in list(self.office.phones.items())}
            self.json(200, {"phones": phones, "answers": list(self.office.answers), "spent": len(self.office.spent)})
        else:
            self.json(404, {})

    def post(self) -> None:
        path, content = urlsplit(self.path).path, self.content()
        found = PHONE.fullmatch(path)
        if found and found[2]:
            self._done(found[1], found[2], dict(parse_qsl(content.decode(errors="replace"))))
        elif path == "/v4/oa/access_token":
            fields = dict(parse_qsl(content.decode(errors="replace")))
            self.json(200, self.office.renew(self.headers.get("secret_key", ""), fields))
        else:
            self._api(path, content)

    def _api(self, path: str, content: bytes) -> None:
        fields = object_of(content)
        if fields is None:
            self.json(200, {"error": -122, "message": "Body request invalid"})
        elif path == "/control":
            self.office.control(fields)
            self.json(200, {})
        elif path in {"/message/template", "/v3.0/oa/message/cs"}:
            wrong = self.office.wrong()
            time.sleep(wrong.seconds)
            if wrong.error or wrong.status != 200:
                self.json(wrong.status, {"error": wrong.error, "message": "as wished"})
                return
            send = self.office.by_template if path == "/message/template" else self.office.by_chat
            self.json(200, send(self.headers.get("access_token", ""), fields))
        else:
            self.json(404, {})

    def _done(self, number: str, act: str, form: dict[str, str]) -> None:
        phone = self.office.phone(number)
        match act:
            case "quan-tam" | "bo-quan-tam":
                self.office.follow(number, follows=act == "quan-tam")
            case "viet" if form.get("chu", "").strip():
                self.office.write(number, form["chu"].strip()[:500])
            case "co-zalo" | "khong-zalo":
                phone.has_zalo = act == "co-zalo"
            case "bat-may" | "tat-may":
                phone.is_on = act == "bat-may"
        time.sleep(0.2)  # the answer is mostly there by then
        self._to(number)

    def _to(self, number: str) -> None:
        self.see(f"/may/{number}" if number else "/")


def _number(typed: str) -> str:
    digits = re.sub(r"\D", "", typed)
    number = "84" + digits[1:] if digits.startswith("0") else digits
    return number if re.fullmatch(r"84[0-9]{8,10}", number) else ""


def handler(office: Office) -> type[BaseHTTPRequestHandler]:
    """The class that http.server wants, bound to this office."""
    return type("OfficeHandler", (Handler,), {"office": office})


def serve() -> None:
    """Answer at MOTCUA_ZALO_URL until SIGTERM or SIGINT; keep everything in RUN_DIR/peers/zalo.json."""
    from django.conf import settings

    office = Office(settings.RUN_DIR / "peers", settings.ZALO, f"{settings.BASE_URL}/zalo/su-kien/")
    office.load()
    serve_at(settings.ZALO["url"], "MOTCUA_ZALO_URL", handler(office))
