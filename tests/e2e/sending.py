"""What a walk only needs to have happened: the same pages and the same forms, fetched and sent without drawing them.

A browser takes ten seconds of a processor for a dossier, this half a second. What is claimed about these pages is
claimed where they are walked in a browser: handing in (test_hand_in, test_walk), the desk (test_walk, test_follow).
"""

from collections.abc import Iterator
from typing import Any, Self

import lxml.html
import requests
from altcha import Challenge, Payload, solve_challenge
from playwright.sync_api import Page

from tests.e2e import acting
from tests.e2e.portal import Portal

Fields = dict[str, str | list[str]]
HOME = {"province": "98", "commune": "98001"}
PUZZLE, SOLUTION = "/xac-nhan/thu-thach/", "altcha"


class Sender:
    """Somebody who has come in, by an HTTP client that keeps cookies."""

    def __init__(self, portal: Portal, cookies: list[Any]) -> None:
        self.url, self.session = portal.url, requests.Session()
        for cookie in cookies:
            self.session.cookies.set(cookie["name"], cookie["value"])

    @classmethod
    def at(cls, page: Page, portal: Portal) -> Self:
        """Whoever has come in on this page."""
        return cls(portal, page.context.cookies())

    @classmethod
    def as_(cls, page: Page, portal: Portal, name: str) -> Self:
        """One of the sample's people or officers; the page is left as whoever it was."""
        if name not in portal.sessions:
            before = page.context.cookies()
            page.context.clear_cookies()
            acting.come_in(page, portal, name)
            page.goto("about:blank")
            page.context.clear_cookies()
            page.context.add_cookies(before)
        return cls(portal, portal.sessions[name])

    def press(self, path: str, button: str, typed: Fields | None = None, pictures: dict[str, str] | None = None) -> str:
        """Open a page, write into its form, press a button of it; the path that this led to.

        Args:
            pictures: names of photographs, by the control they are put into.

        Raises:
            AssertionError: no such button, or the page was sent back.
        """
        answer = self.session.get(self.url + path, timeout=30)
        assert answer.ok, f"{path}: {answer.status_code}"
        page = lxml.html.fromstring(answer.text)
        pressed = next((one for one in page.iter("button") if _words(one) == button and _form(one) is not None), None)
        assert pressed is not None, f"{path} has no button {button}: {_words(page)[:400]}"
        form = _form(pressed)
        fields = _filled(form, typed or {})
        if pressed.get("name"):
            fields.append((pressed.get("name"), pressed.get("value", "")))
        action = pressed.get("formaction") or form.get("action") or answer.url.removeprefix(self.url)
        sent = self.session.post(
            self.url + action, data=fields, headers={"Referer": answer.url}, timeout=60,
            files=[(name, (file, acting.a_picture(file), "image/jpeg")) for name, file in (pictures or {}).items()],
        )  # fmt: skip
        assert sent.ok, f"{button} on {path}: {sent.status_code} {_told(sent.text)}"
        return sent.url.removeprefix(self.url)

    def give_to(self, page: Page) -> None:
        """The page has come in as this sender has."""
        found = [{"name": one.name, "value": str(one.value), "url": self.url} for one in self.session.cookies]
        page.context.add_cookies(found)  # type: ignore[arg-type]

    def solution(self) -> str:
        """The puzzle behind "Mã xác nhận", solved as the page's script does."""
        challenge = Challenge.from_dict(self.session.get(self.url + PUZZLE, timeout=30).json())
        solved = solve_challenge(challenge)
        assert solved is not None
        return Payload(challenge, solved).to_base64()


def _form(control: Any) -> Any:
    """The form that a control belongs to, if it is one that is posted."""
    form = next((one for one in control.getroottree().iter("form") if one.get("id") == control.get("form")), None)
    if control.get("form") is None:
        form = next(control.iterancestors("form"), None)
    return form if form is not None and form.get("method", "").lower() == "post" else None


def _filled(form: Any, typed: Fields) -> list[tuple[str, str]]:
    """The form's fields as a browser would send them, with what was typed instead of what stood there."""
    named = form.get("id")
    controls = [one for one in form.iter("input", "select", "textarea") if one.get("form") in {None, named}]
    if named:
        controls += form.getroottree().xpath("//*[@form=$id][not(self::button)]", id=named)
    standing = [pair for control in controls for pair in _standing(control) if pair[0] not in typed]
    given = [(name, value if isinstance(value, list) else [value]) for name, value in typed.items()]
    return standing + [(name, one) for name, values in given for one in values]


def _standing(control: Any) -> Iterator[tuple[str, str]]:
    """Name and value of a control that is sent."""
    name, kind = control.get("name"), control.get("type", "text")
    if not name or "disabled" in control.attrib or kind in {"submit", "button", "file"}:
        return
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [one for one in options if "selected" in one.attrib] or options[:1]
        yield from ((name, one.get("value", _words(one))) for one in chosen)
    elif control.tag == "textarea":
        yield name, control.text or ""
    elif kind not in {"radio", "checkbox"} or "checked" in control.attrib:
        yield name, control.get("value", "on" if kind == "checkbox" else "")


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def _told(page: str) -> str:
    summary = lxml.html.fromstring(page).find_class("govuk-error-summary")
    return _words(summary[0]) if summary else ""


# ---- a birth ----


def _place(field: str, commune: str = HOME["commune"], detail: str = "") -> Fields:
    return {f"{field}__province": HOME["province"], f"{field}__commune": commune, f"{field}__detail": detail}


def _parent(who: str, name: str, year: str) -> Fields:
    return {
        f"{who}_known": "co", f"{who}_name": name, f"{who}_birth_year": year, f"{who}_ethnicity": "01",
        f"{who}_nationality": "VN", f"{who}_document_kind": "khong-co", f"{who}_residence_kind": "thuong-tru",
        **_place(f"{who}_residence", detail="Tổ 4, đường Trần Phú"),
    }  # fmt: skip


def _declaration(child: str, copies: int) -> dict[str, Fields]:
    """What `acting.fill_birth_form` types, by page."""
    born = acting.days_ago(9)
    return {
        "nguoi-yeu-cau": {
            "relation": "cha", "requester_document_kind": "can-cuoc", "requester_residence_kind": "thuong-tru",
        },
        "nguoi-duoc-khai-sinh": {
            "child_name": child, "child_birth__day": str(born.day), "child_birth__month": str(born.month),
            "child_birth__year": str(born.year), "registration_kind": "dung-han", "child_sex": "nu",
            "child_ethnicity": "01", "child_nationality": "VN", "birth_place_kind": "co-so-y-te",
            "birth_facility": "Bệnh viện Đa khoa tỉnh Minh Giang", **_place("birth_address"),
            **_place("child_hometown", "98003"), "birth_notice": "ban-giay",
        },
        "me": _parent("mother", "Trần Thu Hà", "1996"),
        "cha": _parent("father", "Lê Văn Bình", "1994") | {"parents_married": "chua"},
        "ban-sao-cam-doan": {
            "wants_copies": "co" if copies else "khong", "copies": str(copies or ""), "made_at": "phường Hoa Sen",
            "promise": "on",
        },
    }  # fmt: skip


def fill_in(page: Page, portal: Portal, child: str = "Lê Minh Khuê", *, copies: int = 0) -> str:
    """As `acting.fill_in`: whoever has come in on this page fills a birth in; the draft's number.

    The page is left where the ways are chosen.
    """
    sender = Sender.at(page, portal)
    ref = _filled_in(sender, child, copies)
    page.goto(f"/nop/{ref}/nhan-ket-qua/")
    return ref


def _begun(sender: Sender, code: str) -> str:
    """A new draft at phường Hoa Sen, whose applicant hands in for themselves; its number."""
    start = sender.session.get(f"{sender.url}/thu-tuc/{code}/nop/", timeout=30).url.removeprefix(sender.url)
    at = sender.press(start, "Nộp hồ sơ", {"co-quan": "phuong-hoa-sen"})
    ref = at.split("/")[2]
    sender.press(at, acting.PRINCIPLE, _place("residence", detail="Tổ 4, đường Trần Phú"))
    sender.press(f"/nop/{ref}/chu-ho-so/", "Lấy thông tin từ người nộp")
    sender.press(f"/nop/{ref}/chu-ho-so/", acting.PRINCIPLE)
    return ref


def _filled_in(sender: Sender, child: str, copies: int) -> str:
    ref = _begun(sender, "1.001193")
    for slug, typed in _declaration(child, copies).items():
        sender.press(f"/nop/{ref}/to-khai/{slug}/", acting.PRINCIPLE, typed)
    at = sender.press(f"/nop/{ref}/giay-to/", acting.PRINCIPLE, pictures={"tep-giay-chung-sinh": "chung-sinh.jpg"})
    assert at.endswith("/nhan-ket-qua/"), at
    return ref


def prepare(page: Page, portal: Portal, child: str = "Lê Minh Khuê", *, copies: int = 0) -> str:
    """As `acting.prepare`: to the review, where the page is left."""
    ref = _prepared(Sender.at(page, portal), child, copies)
    page.goto(f"/nop/{ref}/xem-lai/")
    return ref


def _prepared(sender: Sender, child: str, copies: int) -> str:
    ref = _filled_in(sender, child, copies)
    ways: Fields = {"receive": ["truc-tuyen", "tai-quay"], "pay": ["tai-quay"] if copies else []}
    sender.press(f"/nop/{ref}/nhan-ket-qua/", acting.PRINCIPLE, {"hand_in": "truc-tuyen"} | ways)
    return ref


def hand_in(page: Page, portal: Portal, child: str = "Lê Minh Khuê", *, copies: int = 0) -> str:
    """As `acting.hand_in`: a birth, online in, online and at the desk out; its number. The page stays where it is."""
    sender = Sender.at(page, portal)
    ref = _prepared(sender, child, copies)
    at = sender.press(f"/nop/{ref}/xem-lai/", "Nộp hồ sơ", {"statement": "on", SOLUTION: sender.solution()})
    assert at.endswith("/da-nop/"), at
    return ref


def hand_in_as(page: Page, portal: Portal, name: str, child: str) -> str:
    """As `acting.hand_in_as`: the page is theirs afterwards."""
    acting.come_in(page, portal, name)
    return hand_in(page, portal, child)


# ---- a household business ----

BUSINESS: dict[str, Fields] = {
    "hinh-thuc": {"registration_kind": "thanh-lap-moi", "founder": "ca-nhan"},
    "tru-so": {
        "seat__province": "98", "seat__commune": "98001", "seat__detail": "Số 12 đường Trần Phú",
        "seat_phone": "0900000217",
    },
    "nganh-nghe": {"lines__0__line": "5610", "lines__0__main": "on"},
    "ten": {},
    "chu-ho": {"owner_permanent_same": "cung-noi"},
    "von": {"capital": "50.000.000"},
    "thue": {"tax_address_kind": "tru-so", "starts_kind": "ngay-cap", "workers": "2"},
    "nguoi-nop": {"submitter": "chu-ho", "promise": "on"},
}  # fmt: skip


def prepare_business(page: Page, portal: Portal, name: str) -> str:
    """As `household.prepare`: to the review of a household business of this name, where the page is left."""
    sender = Sender.at(page, portal)
    ref = _begun(sender, "1.001612")
    for slug, typed in BUSINESS.items():
        more: Fields = {"business_name": name} if slug == "ten" else {}
        sender.press(f"/nop/{ref}/to-khai/{slug}/", acting.PRINCIPLE, typed | more)
    sender.press(f"/nop/{ref}/giay-to/", acting.PRINCIPLE)  # none is called for
    ways: Fields = {"hand_in": "truc-tuyen", "receive": ["truc-tuyen"], "pay": "truc-tuyen"}
    at = sender.press(f"/nop/{ref}/nhan-ket-qua/", acting.PRINCIPLE, ways)
    assert at.endswith("/xem-lai/"), at
    page.goto(at)
    return ref


# ---- an account ----


def register(page: Page, portal: Portal, who: acting.Newcomer) -> None:
    """As `acting.register`; the page has come in, and stays where it is."""
    sender = Sender.at(page, portal)
    before = len(portal.messages_to(who.phone))
    at = sender.press("/tai-khoan/dang-ky/cong-dan/", "Nhận mã xác nhận", {
        "full_name": who.full_name, "personal_number": who.personal_number, "phone": who.phone, "sex": "nu",
        "birth_date_ngay": "5", "birth_date_thang": "3", "birth_date_nam": "1990",
    })  # fmt: skip
    at = sender.press(at, "Xác nhận", {"code": portal.message_to(who.phone, r"\b(\d{6})\b", after=before)})
    sender.press(at, "Đăng ký", {"password": who.password, "again": who.password})
    sender.give_to(page)


# ---- at the desk ----


def take_in(page: Page, portal: Portal, ref: str) -> str:
    """Reception accepts; the official code."""
    sender = Sender.as_(page, portal, "chi.tt")
    at = sender.press(f"/can-bo/ho-so/{ref}/tiep-nhan/", "Tiếp nhận")
    dossier = lxml.html.fromstring(sender.session.get(sender.url + at, timeout=30).text)
    return _words(dossier.find_class("mc-code")[0])


def draft_certificate(page: Page, portal: Portal, ref: str) -> None:
    """As `acting.draft_certificate`: taken up, the paper found good, the draft shown to the applicant."""
    sender, path = Sender.as_(page, portal, "dung.pv"), f"/can-bo/ho-so/{ref}/"
    sender.press(path, "Nhận thụ lý")
    dossier = lxml.html.fromstring(sender.session.get(sender.url + path, timeout=30).text)
    good = dossier.xpath("//input[@type='radio'][@value='dat']/@name")
    sender.press(path, "Ghi kết quả kiểm tra", {str(name): "dat" for name in good})
    sender.press(f"{path}ban-nhap/", "Gửi bản nháp cho người nộp")


def propose(page: Page, portal: Portal, name: str, ref: str) -> None:
    """Drafted, agreed with by the applicant of this name, put before the leader."""
    draft_certificate(page, portal, ref)
    Sender.as_(page, portal, name).press(f"/ho-so/{ref}/ban-nhap/", "Gửi trả lời", {"answer": "dong-y"})
    Sender.as_(page, portal, "dung.pv").press(f"/can-bo/ho-so/{ref}/", "Trình lãnh đạo ký")


def finish(page: Page, portal: Portal, name: str, ref: str) -> None:
    """From the registrar's first look to the number of the result."""
    propose(page, portal, name, ref)
    Sender.as_(page, portal, "giang.vh").press(f"/can-bo/ho-so/{ref}/", "Ký duyệt")
    Sender.as_(page, portal, "khanh.lt").press(f"/can-bo/ho-so/{ref}/", "Vào sổ, cấp số")
