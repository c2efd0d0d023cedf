"""The demo post's requests: its API, its pages, its levers for tests."""

import time
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from motcua.config.peers.post import pages
from motcua.config.peers.post.office import HOWS, REASONS, Office
from motcua.config.peers.serving import Answering, object_of, serve_at

WISHES: dict[str, dict[str, Any]] = {
    "ok": {}, "down": {"down": True}, "mute": {"mute": True},
    "refuse": {"refuse": "Địa chỉ ngoài vùng phục vụ"},
}  # fmt: skip


class Handler(Answering):
    """One request; `office` is the one it is bound to."""

    office: Office

    def get(self) -> None:
        path = urlsplit(self.path).path
        if path == "/":
            self.office.forget()
            self.html(200, pages.listed(self.office))
        elif path == "/buu-chinh.css":
            self.css(pages.CSS)
        elif path == "/got":
            self.json(200, {code: asdict(item) for code, item in list(self.office.items.items())})
        else:
            self.json(404, {})

    def post(self) -> None:
        path, content = urlsplit(self.path).path, self.content()
        if path.startswith("/api/"):
            self._api(path.removeprefix("/api/"), object_of(content) or {})
        elif path == "/control":
            self.office.control(object_of(content) or {})
            self.json(200, {})
        else:
            self._page(path, parse_qs(content.decode(errors="replace"), keep_blank_values=True))

    def _api(self, name: str, fields: dict[str, Any]) -> None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        answer = self.office.answer(name, fields, token)
        if answer is None:
            time.sleep(0.05)
            self.json(503, {})
        else:
            self.json(200, answer)

    def _page(self, path: str, form: dict[str, list[str]]) -> None:
        """What somebody chose on the page."""
        said = {name: values[0] for name, values in form.items()}
        if said.get("khoa") != self.office.key:
            self.html(403, pages.trouble("Trang đã cũ. Ông/bà mở lại danh sách."))
            return
        if path == "/viec":
            code, status = said.get("ma", ""), said.get("viec", "").removesuffix("-tien")
            how = said.get("cach", "once")
            done = self.office.act(code, status, more_of(form, said), how=how if how in HOWS else "once")
        elif path == "/phieu-giay":
            item = self.office.take_paper(said.get("ma", ""))
            code, done = item.code if item else "", item is not None
        else:
            self.office.control(WISHES.get(said.get("he_thong", ""), {}))
            code, done = "", path == "/he-thong"
        if not done:
            self.html(422, pages.trouble("Không có việc này, hoặc mã không dùng được."))
            return
        self.see(f"/#{code}" if code else "/")


def more_of(form: dict[str, list[str]], said: dict[str, str]) -> dict[str, Any]:
    """The fields of a word that belong to what was chosen."""
    act = said.get("viec", "")
    if act == "61":
        reason = said.get("ly_do", "")
        return {"ReasonCode": reason if reason in REASONS else "9", "NextTry": said.get("den_lai", "")}
    more: dict[str, Any] = {}
    if act in {"60", "30-tien"} and "phi" in said:
        more |= {"CODCollected": _whole(said["phi"]), "PostageCollected": _whole(said.get("cuoc", ""))}
    if act == "60":
        more |= {"ReceivedBy": said.get("ky_nhan", ""), "Papers": form.get("giay_to", [])}
    return more


def _whole(text: str) -> int:
    digits = "".join(letter for letter in text if letter in "0123456789")
    return int(digits or 0)


def handler(office: Office) -> type[BaseHTTPRequestHandler]:
    """The class that http.server wants, bound to this office."""
    return type("PostHandler", (Handler,), {"office": office})


def serve() -> None:
    """Answer at MOTCUA_POST_URL until SIGTERM or SIGINT; keep everything in RUN_DIR/peers/post.json."""
    from django.conf import settings

    office = Office(
        settings.RUN_DIR / "peers", settings.POST_USER, settings.POST_PASSWORD, settings.POST_SECRET,
        f"{settings.BASE_URL}/buu-chinh/thong-bao/",
    )  # fmt: skip
    office.load()
    serve_at(settings.POST_URL, "MOTCUA_POST_URL", handler(office))
