"""The page on which a declaration is confirmed, and what the review and the dossier say of it."""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from motcua.accounts.models import User
from motcua.accounts.national.confirm import Confirmed
from motcua.accounts.national.errors import Cancelled, Unavailable
from motcua.dossiers.models import Dossier, State
from motcua.dossiers.queries import confirmed
from motcua.dossiers.rules.supplements import Wanted
from motcua.dossiers.services import confirmations, submission, supplements
from motcua.web.citizen import confirming
from tests.cast import AN_NUMBER, BINH_NUMBER, an, chi
from tests.documents.signatures.signed import a_stranger, signed_by
from tests.dossiers.confirming import a_confirmed_dossier
from tests.dossiers.supplements import MOTHER, asked, type_
from tests.factories import a_filled_draft, an_offering
from tests.moments import stopped_clock
from tests.web.citizen.conftest import carried_by

pytestmark = pytest.mark.django_db
Say = Callable[[str | None], None]
NAME = "Nguyễn Thị An"


@pytest.fixture
def draft() -> Dossier:
    """An's draft with nothing missing, for a service that wants a signature."""
    return a_filled_draft(version=an_offering(signing="ky-so"))


def page_of(draft: Dossier) -> str:
    return f"/nop/{draft.ref}/xac-nhan/"


def signed(client: Client, draft: Dossier, name: str = NAME, number: str = AN_NUMBER, **how: Any) -> bytes:
    """The declaration as it was downloaded, signed."""
    return signed_by(name, number, content=client.get(f"/nop/{draft.ref}/to-khai.pdf").content, **how)


def send(client: Client, draft: Dossier, content: bytes | None) -> Any:
    data: dict[str, Any] = {**carried_by(client.get(page_of(draft))), "act": "ky-so"}
    if content is not None:
        data["tep-to-khai-ky-so"] = SimpleUploadedFile("to-khai.pdf", content, "application/pdf")
    return client.post(page_of(draft), data)


def test_a_declaration_is_drawn_so_often_an_hour(
    as_an: Client, draft: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirming, "MADE_PER_HOUR", 1)
    assert as_an.get(f"/nop/{draft.ref}/to-khai.pdf")["Content-Type"] == "application/pdf"
    refused = as_an.get(f"/nop/{draft.ref}/to-khai.pdf")
    assert refused.status_code == 422
    assert "quá nhiều lần" in refused.content.decode()


def test_the_declaration_carries_the_code_of_its_content(as_an: Client, draft: Dossier) -> None:
    response = as_an.get(f"/nop/{draft.ref}/to-khai.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "private, no-store"
    from motcua.documents.queries import words_of

    text = words_of(response.content)
    digest = confirmed.present_digest(draft)
    for words in (
        digest[:8],
        digest[-8:],
        draft.ref,
        NAME,
        AN_NUMBER,
        "Lê Minh Khuê",
        "giay-chung-sinh.jpg",
        "SHA-256",
    ):
        assert words in text
    with pikepdf.open(io.BytesIO(response.content)) as document:
        assert document.open_metadata()["pdfaid:part"] == "2"


def test_a_signed_declaration_leads_to_handing_in(as_an: Client, draft: Dossier, human: Say) -> None:
    assert send(as_an, draft, signed(as_an, draft)).url == f"/nop/{draft.ref}/xem-lai/"
    review = f"/nop/{draft.ref}/xem-lai/"
    text = as_an.get(review).content.decode()
    for words in (
        "Đã xác nhận đúng nội dung này",
        "Tờ khai ký số",
        "Chữ ký số hợp lệ",
        "Không còn giấy tờ nào phải mang",
    ):
        assert words in text
    response = as_an.post(review, {**carried_by(as_an.get(review)), "statement": "co"})
    assert response.url == f"/nop/{draft.ref}/da-nop/"
    dossier = as_an.get(f"/ho-so/{draft.ref}/").content.decode()
    assert "Tờ khai ký số" in dossier
    assert NAME in dossier


def doors(client: Client, draft: Dossier) -> list[str]:
    """The words on the red buttons of the review, as they are seen."""
    text = client.get(f"/nop/{draft.ref}/xem-lai/").content.decode()
    found = re.findall(r'<(?:a|button)[^>]*class="govuk-button"[^>]*>(.*?)</(?:a|button)>', text, re.DOTALL)
    return [re.sub(r"<svg.*?</svg>|<[^>]+>", "", one, flags=re.DOTALL).strip() for one in found]


def test_the_red_door_of_the_review_is_the_next_lawful_step(as_an: Client, draft: Dossier) -> None:
    assert doors(as_an, draft) == ["Xác nhận tờ khai"]
    send(as_an, draft, signed(as_an, draft))
    assert doors(as_an, draft) == ["Nộp hồ sơ"]


def test_handing_in_without_one_says_so_and_keeps_everything(as_an: Client, draft: Dossier, human: Say) -> None:
    url = f"/nop/{draft.ref}/xem-lai/"
    response = as_an.post(url, {**carried_by(as_an.get(url)), "statement": "co"})
    text = response.content.decode()
    assert response.status_code == 422
    assert text.count("Xác nhận tờ khai qua VNeID hoặc bằng tờ khai ký số, rồi mới nộp.") == 2
    assert page_of(draft) in text
    assert 'name="statement" value="co" checked' in text
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("nothing", "Chọn tệp tờ khai đã ký số"),
        ("unsigned", "chưa có chữ ký số nào"),
        ("changed", "đã bị sửa sau khi Nguyễn Thị An ký"),
        ("stranger", "Chưa xác nhận được nơi cấp chứng thư số"),
        ("expired", "không còn hạn"),
        ("other person", "là của Lê Văn Bình, không phải của người nộp hồ sơ là Nguyễn Thị An"),
        ("other file", "không phải tờ khai hiện nay của hồ sơ"),
        ("picture", "chưa có chữ ký số nào"),
        ("film", "không phải ảnh hoặc PDF"),
    ],
)
def test_bad_files_say_what_is_wrong(as_an: Client, draft: Dossier, tmp_path: Path, what: str, words: str) -> None:
    response = send(as_an, draft, _bad(what, as_an, draft, tmp_path))
    text = response.content.decode()
    assert response.status_code == 422
    assert text.count(words) == 2  # in the summary and at the field
    assert 'href="#tep-to-khai-ky-so"' in text
    assert not draft.confirmations.exists()


def _bad(what: str, client: Client, draft: Dossier, folder: Path) -> bytes | None:
    from tests.documents.files import pdf, picture

    if what == "changed":
        content = bytearray(signed(client, draft))
        content[content.index(b"/MediaBox") + 12] ^= 1
        return bytes(content)
    made: dict[str, Callable[[], bytes | None]] = {
        "nothing": lambda: None,
        "unsigned": lambda: client.get(f"/nop/{draft.ref}/to-khai.pdf").content,
        "stranger": lambda: signed(client, draft, by=a_stranger(folder)),
        "expired": lambda: signed(client, draft, until=datetime(2025, 1, 1, tzinfo=UTC)),
        "other person": lambda: signed(client, draft, "Lê Văn Bình", BINH_NUMBER),
        "other file": lambda: signed_by(NAME, AN_NUMBER, content=pdf()),
        "picture": picture,
        "film": lambda: b"\0\0\0\x14ftypqt  " + b"a" * 500,
    }
    return made[what]()


def test_a_changed_draft_has_to_be_confirmed_again(as_an: Client, draft: Dossier) -> None:
    send(as_an, draft, signed(as_an, draft))
    Dossier.objects.filter(pk=draft.pk).update(answers={**draft.answers, "child_name": "Lê Minh Anh"})
    assert "đã được sửa sau lần xác nhận trước" in as_an.get(f"/nop/{draft.ref}/xem-lai/").content.decode()
    assert "Cần xác nhận lại" in as_an.get(page_of(draft)).content.decode()


def test_an_incomplete_draft_is_mended_first(as_an: Client, draft: Dossier) -> None:
    draft.attachments.all().delete()
    text = as_an.get(page_of(draft)).content.decode()
    assert "Sửa xong rồi mới xác nhận" in text
    assert f"/nop/{draft.ref}/giay-to/?sua=1#tep-chung-sinh" in text
    assert as_an.get(f"/nop/{draft.ref}/to-khai.pdf").url == page_of(draft)
    response = as_an.post(page_of(draft), {**carried_by(as_an.get(page_of(draft))), "act": "vneid"})
    assert response.status_code == 422


def test_a_service_that_wants_none_has_no_such_page(as_an: Client) -> None:
    draft = a_filled_draft()
    assert as_an.get(page_of(draft)).url == f"/nop/{draft.ref}/xem-lai/"
    assert "Xác nhận tờ khai" not in as_an.get(f"/nop/{draft.ref}/xem-lai/").content.decode()


@pytest.mark.parametrize("path", ["xac-nhan/", "xac-nhan/ve/", "to-khai.pdf"])
def test_somebody_elses_is_not_there(as_binh: Client, draft: Dossier, path: str) -> None:
    assert as_binh.get(f"/nop/{draft.ref}/{path}").status_code == 404


def test_a_handed_in_one_shows_the_dossier(as_an: Client, draft: Dossier) -> None:
    send(as_an, draft, signed(as_an, draft))
    submission.submit(Dossier.objects.get(pk=draft.pk), by=an())
    for path in ("xac-nhan/", "xac-nhan/ve/", "to-khai.pdf"):
        assert as_an.get(f"/nop/{draft.ref}/{path}").url == f"/ho-so/{draft.ref}/"


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch, settings: Any) -> dict[str, Any]:
    """What the National portal is asked and says; its protocol has tests of its own."""
    settings.NATIONAL = {**settings.NATIONAL, "issuer": "https://national.example", "confirm_scope": "xac_nhan"}
    asked: dict[str, Any] = {"trouble": None}

    def begin(session: Any, **facts: Any) -> str:
        if asked["trouble"]:
            raise asked["trouble"]
        asked.update(facts)
        return "https://national.example/xac-nhan"

    def finish(session: Any, *, user: User, returned: Any) -> Confirmed:
        if asked["trouble"]:
            raise asked["trouble"]
        return Confirmed(
            issuer="https://national.example", subject="s", personal_number=AN_NUMBER, full_name=NAME,
            assurance=User.Assurance.HIGH, digest=asked["digest"], what="x", at=timezone.now(),
            statement="a.b.c", key={},
        )  # fmt: skip

    monkeypatch.setattr(confirmations, "begin_confirmation", begin)
    monkeypatch.setattr(confirmations, "finish_confirmation", finish)
    return asked


class TestNational:
    def go(self, client: Client, draft: Dossier) -> Any:
        return client.post(page_of(draft), {**carried_by(client.get(page_of(draft))), "act": "vneid"})

    def test_there_and_back(self, as_an: Client, draft: Dossier, portal: dict[str, Any]) -> None:
        assert self.go(as_an, draft).url == "https://national.example/xac-nhan"
        assert portal["return_path"] == f"/nop/{draft.ref}/xac-nhan/ve/"
        response = as_an.get(portal["return_path"], {"code": "x", "state": "y"})
        assert response.url == f"/nop/{draft.ref}/xem-lai/#xac-nhan-to-khai"
        text = as_an.get(f"/nop/{draft.ref}/xem-lai/").content.decode()
        assert "Xác nhận qua VNeID:" in text
        assert "tài khoản định danh mức độ cao" in text

    def test_cancelled_there_says_so_and_both_ways_stand(
        self, as_an: Client, draft: Dossier, portal: dict[str, Any]
    ) -> None:
        self.go(as_an, draft)
        portal["trouble"] = Cancelled()
        response = as_an.get(portal["return_path"], {"error": "access_denied"})
        text = response.content.decode()
        assert response.status_code == 200
        assert "Chưa xác nhận" in text
        assert "Cách 1: Xác nhận qua VNeID" in text
        assert "Cách 2: Ký số tờ khai" in text

    def test_a_portal_that_is_down_says_so(self, as_an: Client, draft: Dossier, portal: dict[str, Any]) -> None:
        portal["trouble"] = Unavailable()
        response = self.go(as_an, draft)
        assert response.status_code == 422
        assert "chưa trả lời được" in response.content.decode()
        response = as_an.get(f"/nop/{draft.ref}/xac-nhan/ve/?code=x")
        assert response.status_code == 503

    def test_a_change_in_between_has_to_be_confirmed_again(
        self, as_an: Client, draft: Dossier, portal: dict[str, Any]
    ) -> None:
        self.go(as_an, draft)
        Dossier.objects.filter(pk=draft.pk).update(answers={**draft.answers, "child_name": "Lê Minh Anh"})
        response = as_an.get(portal["return_path"], {"code": "x"})
        assert response.status_code == 422
        assert "đã được sửa trong lúc ông/bà xác nhận" in response.content.decode()

    def test_without_a_connection_only_the_signature_is_offered(
        self, as_an: Client, draft: Dossier, settings: Any
    ) -> None:
        settings.NATIONAL = {**settings.NATIONAL, "issuer": ""}
        text = as_an.get(page_of(draft)).content.decode()
        assert "Xác nhận qua VNeID</" not in text
        assert "Tải tờ khai đã ký lên" in text


class TestSupplement:
    """What was corrected is confirmed anew, on the way of the supplement."""

    @pytest.fixture
    def dossier(self) -> Dossier:
        found = asked(a_confirmed_dossier(), MOTHER)
        type_(found, "mother_name=Trần Thị Thu Hà")
        return found

    def page(self, dossier: Dossier, name: str = "xac-nhan/") -> str:
        return f"/ho-so/{dossier.ref}/bo-sung/{name}"

    def post(self, client: Client, url: str, **data: Any) -> Any:
        return client.post(url, {**carried_by(client.get(url)), **data})

    def sign(self, client: Client, dossier: Dossier) -> Any:
        content = signed_by(NAME, AN_NUMBER, content=client.get(self.page(dossier, "to-khai.pdf")).content)
        file = SimpleUploadedFile("to-khai.pdf", content, "application/pdf")
        return self.post(client, self.page(dossier), **{"act": "ky-so", "tep-to-khai-ky-so": file})

    def test_the_red_door_leads_to_the_confirmation_first(self, as_an: Client, dossier: Dossier) -> None:
        text = as_an.get(self.page(dossier, "xem-lai/")).content.decode()
        assert text.count("Xác nhận bổ sung</button>") == 2  # for Enter, and to be seen
        assert "Gửi bổ sung</button>" not in text
        assert 'name="statement"' not in text
        response = self.post(as_an, self.page(dossier, "xem-lai/"), act="xac-nhan", remark="Xin gọi trước")
        assert response.url == self.page(dossier)
        assert "Xin gọi trước" in as_an.get(self.page(dossier, "xem-lai/")).content.decode()

    def test_a_signed_declaration_leads_to_sending(self, as_an: Client, dossier: Dossier) -> None:
        assert self.sign(as_an, dossier).url == self.page(dossier, "xem-lai/")
        text = as_an.get(self.page(dossier, "xem-lai/")).content.decode()
        for words in ("Đã xác nhận đúng nội dung này", "Chữ ký số hợp lệ", "Gửi bổ sung</button>"):
            assert words in text
        assert "Xác nhận bổ sung</button>" not in text
        assert "Xem lại và gửi bổ sung" in as_an.get(self.page(dossier)).content.decode()
        response = self.post(as_an, self.page(dossier, "xem-lai/"), statement="co")
        assert response.url == f"/ho-so/{dossier.ref}/#bo-sung"
        for name in ("xac-nhan/", "xac-nhan/ve/", "to-khai.pdf"):
            assert as_an.get(self.page(dossier, name)).url == f"/ho-so/{dossier.ref}/"

    def test_sending_without_one_says_so_and_keeps_everything(self, as_an: Client, dossier: Dossier) -> None:
        response = self.post(as_an, self.page(dossier, "xem-lai/"), statement="co", remark="Xin gọi trước")
        text = response.content.decode()
        assert response.status_code == 422
        assert text.count("Xác nhận bổ sung qua VNeID hoặc bằng tờ khai ký số, rồi mới gửi.") == 2
        assert 'name="statement" value="co" checked' in text
        assert "Xin gọi trước" in text
        dossier.refresh_from_db()
        assert dossier.state == State.SUPPLEMENT

    def test_changed_after_confirming_has_to_be_confirmed_again(self, as_an: Client, dossier: Dossier) -> None:
        self.sign(as_an, dossier)
        self.post(as_an, self.page(dossier, "loi-khai/"), mother_name="Trần Thị Hà")
        text = as_an.get(self.page(dossier, "xem-lai/")).content.decode()
        assert "Nội dung bổ sung đã được sửa sau lần xác nhận trước" in text
        assert "Gửi bổ sung</button>" not in text
        assert "Cần xác nhận lại" in as_an.get(self.page(dossier)).content.decode()

    def test_through_vneid_and_back(self, as_an: Client, dossier: Dossier, portal: dict[str, Any]) -> None:
        assert self.post(as_an, self.page(dossier), act="vneid").url == "https://national.example/xac-nhan"
        assert portal["return_path"] == self.page(dossier, "xac-nhan/ve/")
        response = as_an.get(portal["return_path"], {"code": "x"})
        assert response.url == self.page(dossier, "xem-lai/#xac-nhan-to-khai")
        assert "tài khoản định danh mức độ cao" in as_an.get(self.page(dossier, "xem-lai/")).content.decode()

    def test_an_ended_wait_is_told_on_the_way_back(
        self, as_an: Client, dossier: Dossier, portal: dict[str, Any]
    ) -> None:
        self.post(as_an, self.page(dossier), act="vneid")
        with stopped_clock("28/12/2027 08:00"):
            supplements.end(dossier, by=chi())
        response = as_an.get(portal["return_path"], {"code": "x"})
        assert "Hồ sơ không còn chờ bổ sung" in response.content.decode()

    def test_an_incomplete_one_is_mended_first(self, as_an: Client) -> None:
        dossier = asked(a_confirmed_dossier(), Wanted("answer", "child_name", "Sai dấu"))
        type_(dossier, "child_name=")
        text = as_an.get(self.page(dossier)).content.decode()
        assert "Sửa xong rồi mới xác nhận" in text
        assert self.page(dossier, "loi-khai/#child-name") in text
        assert as_an.get(self.page(dossier, "to-khai.pdf")).url == self.page(dossier)
        assert self.post(as_an, self.page(dossier), act="vneid").status_code == 422

    def test_a_service_that_wants_none_goes_on_as_before(self, as_an: Client) -> None:
        dossier = asked(None, MOTHER)
        assert as_an.get(self.page(dossier)).url == self.page(dossier, "xem-lai/")
        text = as_an.get(self.page(dossier, "xem-lai/")).content.decode()
        assert "Xác nhận bổ sung" not in text
        assert "Gửi bổ sung</button>" in text

    @pytest.mark.parametrize("name", ["xac-nhan/", "xac-nhan/ve/", "to-khai.pdf"])
    def test_somebody_elses_is_not_there(self, as_binh: Client, dossier: Dossier, name: str) -> None:
        assert as_binh.get(self.page(dossier, name)).status_code == 404
