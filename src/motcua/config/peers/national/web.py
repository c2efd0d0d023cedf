"""The demo National portal over HTTP, at MOTCUA_NATIONAL_ISSUER.

/.well-known/openid-configuration, /oauth2/{authorize,par,token,userinfo,jwks}   for the client
/dang-nhap …, /ma, /huy, /dang-xuat                                              for people
/, /tin-nhan, /nguoi                 its front page, the OTPs that were sent, who can log in
POST /control                        {"token": {"status": 503, "times": 1}}; {} sets all right again; "people" adds
"""

import base64
import json
import secrets
import time
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import unquote, urlsplit

from motcua.config.peers.national import pages
from motcua.config.peers.national.people import person
from motcua.config.peers.national.portal import SIGNED_IN_SECONDS, Portal, Refusal, Trouble, Visit, body
from motcua.config.peers.serving import Answering

COOKIE = "dvcqg"
WRONG = "Số hoặc mật khẩu chưa đúng."
NOT_SENT = "Chưa gửi được mã OTP. Xin bấm Gửi lại OTP sau ít phút."


def handler(portal: Portal, procedures: list[tuple[str, str]], agencies: list[tuple[str, str]]) -> Any:
    """The class that http.server wants, bound to this portal."""
    return type("Handler", (_Handler,), {"portal": portal, "procedures": procedures, "agencies": agencies})


class _Handler(Answering):
    portal: Portal
    procedures: list[tuple[str, str]]
    agencies: list[tuple[str, str]]

    def get(self) -> None:
        parts = urlsplit(self.path)
        self.query = body(parts.query)
        found = self.GETS.get(parts.path)
        self._call(found) if found else self._page(404, pages.words("Không có trang này", ""))

    def post(self) -> None:
        parts = urlsplit(self.path)
        self.query = body(parts.query)
        self.text = self.content().decode(errors="replace")
        self.form = body(self.text)
        found = self.POSTS.get(parts.path)
        self._call(found) if found else self.json(404, {"error": "not_found"})

    def _call(self, found: tuple[str, Any]) -> None:
        kind, act = found
        trouble = self.portal.trouble(kind) if kind else Trouble()
        time.sleep(trouble.seconds)
        if trouble.status:
            self.json(trouble.status, {"error": "temporarily_unavailable"})
            return
        try:
            act(self)
        except Refusal as refusal:
            self.json(refusal.status, {"error": refusal.error, "error_description": str(refusal)})

    # ---- for the client ----

    def discovery(self) -> None:
        self.json(200, self.portal.metadata())

    def jwks(self) -> None:
        self.json(200, self.portal.jwks())

    def push(self) -> None:
        self._client()
        self.json(201, {"request_uri": self.portal.push(self.form), "expires_in": 90})

    def token(self) -> None:
        self._client()
        self.json(200, self.portal.exchange(self.form))

    def userinfo(self) -> None:
        said = self.portal.userinfo(self.headers.get("Authorization", "").removeprefix("Bearer "))
        self.json(200 if said else 401, said or {"error": "invalid_token"})

    def control(self) -> None:
        wishes = json.loads(self.text or "{}")
        with self.portal.lock:
            self.portal.people += [person(one, "") for one in wishes.pop("people", [])]
            self.portal.troubles = {kind: Trouble(**wish) for kind, wish in wishes.items()}
        self.json(200, {"code": 0})

    def _client(self) -> None:
        name, secret = self.form.get("client_id", ""), self.form.get("client_secret", "")
        given = self.headers.get("Authorization", "")
        if given.startswith("Basic "):
            name, _, secret = (unquote(one) for one in base64.b64decode(given[6:]).decode().partition(":"))
        if (name, secret) != (self.portal.client.id, self.portal.client.secret):
            raise Refusal("invalid_client", "unknown client, or a wrong secret", 401)

    # ---- for people ----

    def authorize(self) -> None:
        try:
            visit = self.portal.visit_for(self.query)
        except Refusal as refusal:
            self._page(400, pages.words("Yêu cầu không đúng", f"Nơi gửi ông/bà đến đã hỏi sai: {refusal}"))
            return
        known = self._signed_in()
        if known and visit.asked.get("prompt") != "login":
            visit.person, visit.level, visit.for_organisation = known.person, known.level, known.for_organisation
            visit.proven = True
            self._to_otp(visit) if visit.confirms else self._back(visit)
            return
        self.see(f"/dang-nhap?luot={visit.id}")

    def kinds(self) -> None:
        if visit := self._visit():
            self._page(200, pages.of(visit, "kinds"))

    def password(self) -> None:
        if visit := self._visit():
            self._page(200, pages.of(visit, "password", kind=self._kind(), tab=self._tab()))

    def check_password(self) -> None:
        visit = self._visit()
        if not visit:
            return
        typed, tab = self.form.get("so", ""), self._tab()
        found = self.portal.find(typed, self.form.get("mat_khau", ""), by_phone=tab == "dien-thoai")
        for_organisation = self._kind() == "to-chuc"
        if found is None or (for_organisation and not found.organisation):
            known = {"kind": self._kind(), "tab": tab, "wrong": WRONG, "typed": typed}
            self._page(422, pages.of(visit, "password", **known))
            return
        visit.person, visit.proven, visit.for_organisation = found, True, for_organisation
        visit.level = "LoA1" if self._kind() == "cong" else found.level
        self._to_otp(visit)

    def otp(self) -> None:
        visit = self._visit()
        if visit and visit.proven:
            self._page(200, pages.of(visit, "otp"))

    def check_otp(self) -> None:
        visit = self._visit()
        if not visit or not visit.proven or not visit.person:
            return
        if self.form.get("viec") == "gui-lai":
            self._to_otp(visit)
        elif self.portal.check_otp(visit, self.form.get("otp", "")):
            self._back(visit)
        else:
            self._page(422, pages.of(visit, "otp", wrong="Mã OTP chưa đúng hoặc đã hết hạn."))

    def cancel(self) -> None:
        if visit := self._visit():
            self.see(self.portal.way_back(visit, error="access_denied"))

    def sign_out(self) -> None:
        self.portal.signed_in.pop(self._cookie(), None)
        self._page(200, pages.words("Đã đăng xuất", "Ông/bà đã đăng xuất.", self.portal.client.home))

    # ---- its front, and what tells about the demo ----

    def home(self) -> None:
        known = self._signed_in()
        who = known.person.full_name if known and known.person else ""
        self._page(200, self._front(who))

    def hand_over(self) -> None:
        self.see(self.portal.slip(self.query.get("thu-tuc", ""), self.query.get("co-quan", "")))

    def messages(self) -> None:
        self._page(200, pages.page("messages", sent=self.portal.messages[:-51:-1]))

    def people(self) -> None:
        self._page(200, pages.page("people", people=self.portal.people))

    def style(self) -> None:
        self.css(pages.style())

    def _front(self, who: str) -> str:
        home = self.portal.client.home
        return pages.page("home", who=who, home=home, procedures=self.procedures, agencies=self.agencies)

    # ---- what the pages share ----

    def _visit(self) -> Visit | None:
        found = self.portal.visit(self.query.get("luot", ""))
        if found is None:
            self._page(410, pages.words("Lượt này đã hết hạn", "Xin trở lại nơi ông/bà đã đi từ đó và làm lại."))
        return found

    def _kind(self) -> str:
        kind = urlsplit(self.path).path.rpartition("/")[2]
        return kind if kind in {"vneid", "to-chuc"} else "cong"

    def _tab(self) -> str:
        asked = self.query.get("tab", "cccd")
        return asked if asked in pages.TABS and self._kind() == "cong" else "cccd"

    def _to_otp(self, visit: Visit) -> None:
        if self.portal.send_otp(visit):
            self.see(f"/ma?luot={visit.id}")
        else:
            self._page(503, pages.of(visit, "otp", wrong=NOT_SENT))

    def _back(self, visit: Visit) -> None:
        assert visit.person
        name = secrets.token_urlsafe(24)
        self.portal.signed_in[name] = (time.time(), visit)
        cookie = f"{COOKIE}={name}; Path=/; HttpOnly; SameSite=Lax"
        self.see(self.portal.way_back(visit, code=self.portal.code_for(visit)), cookie=cookie)

    def _signed_in(self) -> Visit | None:
        at, visit = self.portal.signed_in.get(self._cookie(), (0.0, None))
        return visit if visit and time.time() - at < SIGNED_IN_SECONDS else None

    def _cookie(self) -> str:
        found = SimpleCookie(self.headers.get("Cookie", "")).get(COOKIE)
        return found.value if found else ""

    def _page(self, status: int, text: str) -> None:
        self.html(status, text, forms_to=f"'self' {self.portal.client.home}")  # the last form leads back there

    # path → which trouble it can have, what answers
    GETS = {
        "/.well-known/openid-configuration": ("discovery", discovery), "/oauth2/jwks": ("jwks", jwks),
        "/oauth2/userinfo": ("userinfo", userinfo), "/oauth2/authorize": ("", authorize), "/dang-nhap": ("", kinds),
        "/dang-nhap/cong": ("", password), "/dang-nhap/vneid": ("", password), "/dang-nhap/to-chuc": ("", password),
        "/ma": ("", otp), "/dang-xuat": ("", sign_out), "/": ("", home), "/nop": ("", hand_over),
        "/tin-nhan": ("", messages),
        "/nguoi": ("", people), "/kieu.css": ("", style),
    }  # fmt: skip
    POSTS = {
        "/oauth2/par": ("par", push), "/oauth2/token": ("token", token), "/control": ("", control),
        "/dang-nhap/cong": ("", check_password), "/dang-nhap/vneid": ("", check_password),
        "/dang-nhap/to-chuc": ("", check_password), "/ma": ("", check_otp), "/huy": ("", cancel),
    }  # fmt: skip
