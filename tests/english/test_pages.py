"""Every page of the public and the citizen's face, in English: no Vietnamese stands there unmarked."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import reception, results, work
from motcua.notifications.models import Message
from tests.cast import an, chi, dung, giang, khanh
from tests.english.reading import vietnamese_in
from tests.factories import a_draft, a_filled_draft, a_submitted_dossier, an_offering
from tests.procedures.catalogue import publish_all
from tests.web.citizen.conftest import carried_by

pytestmark = pytest.mark.django_db
PUBLIC = [
    "/", "/thu-tuc/", "/thu-tuc/?q=khai+sinh", "/thu-tuc/?q=zzzzz", "/thu-tuc/?q=khai+sinh&muc-do=toan-trinh",
    "/thu-tuc/1.001193/", "/thu-tuc/2.000815/", "/thu-tuc/1.000894/mau/to-khai-dang-ky-ket-hon/",
    "/thu-tuc/1.001193/mau/to-khai/", "/thu-tuc/1.001193/nop/", "/cong-dan/",
    "/doanh-nghiep/", "/co-quan/", "/co-quan/so-tu-phap/", "/thu-tuc/a-z/", "/thu-tuc/a-z/dd/",
    "/thu-tuc/1.001193/cung-ten/", "/viec-trong-doi/co-con-nho/", "/viec-trong-doi/huu-tri/",
    "/linh-vuc/", "/linh-vuc/ho-tich/", "/huong-dan/", "/bao-ve-du-lieu/", "/kha-nang-tiep-can/", "/thong-bao/",
    "/ngoai-tuyen/", "/cong-khai-tien-do/", "/tra-cuu/", "/tra-cuu/?ma=H98.21-261125-0007", "/tra-cuu/so-dinh-danh/",
    "/thanh-toan/vnpay/ket-qua/", "/khong-co-trang-nay/",
    "/tai-khoan/dang-nhap/", "/tai-khoan/dang-ky/", "/tai-khoan/dang-ky/cong-dan/", "/tai-khoan/quen-mat-khau/",
    "/tai-khoan/khieu-nai/",
]  # fmt: skip
POSTED = [
    "/tai-khoan/dang-nhap/", "/tai-khoan/dang-ky/cong-dan/", "/tai-khoan/quen-mat-khau/", "/tai-khoan/khieu-nai/",
    "/tra-cuu/so-dinh-danh/",
]  # fmt: skip
OWN = [
    "/ho-so/", "/tai-khoan/", "/tai-khoan/thong-tin/", "/tai-khoan/dien-thoai/", "/tai-khoan/thu-dien-tu/",
    "/tai-khoan/mat-khau/", "/tai-khoan/thong-bao/", "/tai-khoan/zalo/",
]  # fmt: skip
DRAFT_PAGES = ["nguoi-nop/", "chu-ho-so/", "giay-to/", "nhan-ket-qua/", "xem-lai/", "xoa/"]
VALUES = {"child_name": "Lê Minh Khuê", "birth_date": "12/11/2026", "agency": "Ủy ban nhân dân phường Hoa Sen"}


@pytest.fixture
def english(client: Client) -> Client:
    """A visitor who has chosen English."""
    client.cookies["mc_ngon_ngu"] = "en"
    return client


@pytest.fixture
def as_an(english: Client) -> Client:
    english.force_login(an())
    return english


@pytest.fixture
def no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((work, "make_pdf"), (results, "make_signed_pdf"), (reception, "make_signed_pdf")):
        monkeypatch.setattr(module, name, lambda template, values, *, title, **_: b"%PDF-1.7 " + title.encode())


def read(client: Client, *pages: str) -> dict[str, list[str]]:
    """The unmarked Vietnamese of each page that has some."""
    found = {page: vietnamese_in(client.get(page, follow=True)) for page in pages}
    return {page: sorted(set(texts)) for page, texts in found.items() if texts}


def test_public_pages(english: Client) -> None:
    publish_all()
    an_offering()
    assert read(english, *PUBLIC) == {}


def test_refused_forms(english: Client) -> None:
    found = {page: vietnamese_in(english.post(page, {"so": "1", "full_name": "A1", "phone": "12"})) for page in POSTED}
    assert {page: texts for page, texts in found.items() if texts} == {}


def test_the_account(as_an: Client) -> None:
    assert read(as_an, *OWN) == {}
    for page in OWN[2:6]:
        assert vietnamese_in(as_an.post(page, {})) == []


def pages_of_form(draft: Dossier) -> list[str]:
    form = draft.offering_version.form
    assert form is not None
    return [f"to-khai/{page['slug']}/" for page in form.definition["pages"]]


def test_a_draft(as_an: Client) -> None:
    for draft in (a_draft(), a_filled_draft()):
        pages = [f"/nop/{draft.ref}/{page}" for page in [*DRAFT_PAGES, *pages_of_form(draft)]]
        assert read(as_an, *pages, "/ho-so/") == {}


def test_what_is_missing(as_an: Client) -> None:
    draft = a_draft()
    for page in [*DRAFT_PAGES[:5], *pages_of_form(draft)]:
        response = as_an.post(f"/nop/{draft.ref}/{page}", {}, follow=True)
        assert (page, vietnamese_in(response)) == (page, [])


def stages(user: User) -> list[Dossier]:
    """One dossier of An after each of the steps that the person sees."""
    found = [a_submitted_dossier(user=user)]
    found.append(reception.accept(a_submitted_dossier(user=user), by=chi()))
    for step in range(4):
        dossier = work.take_up(reception.accept(a_submitted_dossier(user=user), by=chi()), by=dung())
        if step > 0:
            work.send_draft(dossier, VALUES, by=dung())
        if step > 1:
            work.answer_draft(dossier, by=user, agree=True)
            work.propose(dossier, by=dung())
        if step > 2:
            work.approve(dossier, by=giang())
            results.issue(dossier, by=khanh())
        found.append(dossier)
    return found


def test_a_dossier_at_every_stage(as_an: Client, no_pdf: None) -> None:
    dossiers = stages(an())
    for dossier in dossiers:
        pages = [f"/ho-so/{dossier.ref}/", f"/ho-so/{dossier.ref}/da-khai/", f"/nop/{dossier.ref}/da-nop/"]
        assert (dossier.state, read(as_an, *pages, f"/ho-so/{dossier.ref}/rut/")) == (dossier.state, {})
    assert read(as_an, "/ho-so/", f"/tra-cuu/?ma={dossiers[1].code}", f"/ho-so/{dossiers[3].ref}/ban-nhap/") == {}


def test_what_is_stored_and_sent_is_vietnamese(as_an: Client, run_jobs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.web.components.human.check", lambda request, data: None)
    draft = a_filled_draft()
    as_an.post(f"/nop/{draft.ref}/xem-lai/", carried_by(as_an.get(f"/nop/{draft.ref}/xem-lai/")) | {"statement": "co"})
    dossier = Dossier.objects.get(ref=draft.ref)
    assert dossier.state == "submitted"
    as_an.post(f"/ho-so/{dossier.ref}/rut/", {"ly_do": "Tôi nộp nhầm hồ sơ này"})
    assert [event.title for event in dossier.events.order_by("id")] == ["Nộp hồ sơ trực tuyến", "Rút hồ sơ"]
    with override("en"):
        run_jobs()
    sent = [(one.subject, one.body) for one in Message.objects.all()]
    assert sent
    assert [text for text in sent if re.search(r"\b(the|your|application)\b", " ".join(text))] == []
