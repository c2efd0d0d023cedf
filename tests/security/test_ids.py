"""A number of one's own in the address, and somebody else's behind it: what isn't of this dossier isn't there."""

import pytest

from motcua.dossiers import page_keys
from motcua.dossiers.models import Dossier, SupplementFile
from motcua.dossiers.services import money, supplementing
from motcua.dossiers.services.submission import submit
from motcua.payments.models import Refund
from tests.cast import an, binh, chi
from tests.documents import files
from tests.dossiers import owing
from tests.factories import a_filled_draft, an_offering
from tests.security.conftest import Things, browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def his(paid: Things) -> Things:
    """Bình's dossier at the same agency, paid as well."""
    draft = a_filled_draft(user=binh(), version=an_offering(**owing.WAITS))
    draft.delivery |= {"pay": "truc-tuyen"}
    draft.save(update_fields=["delivery"])
    dossier = submit(draft, by=binh())
    booking = money.book_transfer(dossier, by=chi(), amount=owing.FEE, reference="FT26329002")
    document = dossier.attachments.get().document_id
    ids = {"booking_id": booking.pk, "receipt_id": booking.receipts.get().pk, "document_id": document}
    return Things(dossier, {"ref": dossier.ref} | ids)


@pytest.mark.parametrize("place", ["bien-lai/{receipt_id}/", "tep/{document_id}/"])
def test_under_ones_own_number_nobody_finds_anothers_receipt_or_file(paid: Things, his: Things, place: str) -> None:
    for root, who in (("/ho-so/", an()), ("/can-bo/ho-so/", chi())):
        where = f"{root}{paid.dossier.ref}/" + place.format(**his.ids)
        assert browser(who).get(where).status_code == 404


def test_under_one_dossier_no_other_ones_payment_is_given_back(paid: Things, his: Things) -> None:
    form = {"so_tien": "16.000", "ly_do": "Nhầm", "tai_khoan": "0123456789"}
    desk = browser(chi())
    assert desk.post(f"/can-bo/ho-so/{paid.dossier.ref}/hoan-phi/{his.ids['booking_id']}/", form).status_code == 404
    assert not Refund.objects.exists()


def test_a_file_of_anothers_supplement_stays_where_it_is(sent_back: Things) -> None:
    """Neither with one's own number in the address, nor with the other's."""
    file = SupplementFile.objects.get(pk=sent_back.ids["file_id"])
    draft = a_filled_draft(user=binh())
    stranger = browser(binh())
    for ref in (draft.ref, sent_back.dossier.ref):
        assert stranger.post(f"/ho-so/{ref}/bo-sung/giay-to/{file.pk}/bo/").status_code in {302, 403, 404}
    assert SupplementFile.objects.filter(pk=file.pk).exists()


def test_nobody_adds_to_anothers_supplement(sent_back: Things) -> None:
    before = SupplementFile.objects.count()
    answers = {"khoa": page_keys.key_of(a_filled_draft(user=binh())), "mother_name": "Kẻ Xấu"}
    stranger = browser(binh())
    base = f"/ho-so/{sent_back.dossier.ref}/bo-sung/"
    assert stranger.post(f"{base}loi-khai/", answers).status_code == 404
    assert (
        stranger.post(f"{base}giay-to/", {"tep-chung-sinh": files.upload(files.picture(), "x.jpg")}).status_code == 404
    )
    assert SupplementFile.objects.count() == before
    request = sent_back.dossier.supplements.get()
    assert "Kẻ Xấu" not in str(request.answers)


def test_only_what_was_asked_for_changes_whatever_is_posted(sent_back: Things) -> None:
    """Answers of other questions, of hidden ones, of none; other papers."""
    dossier, person = sent_back.dossier, browser(an())
    before, form = dict(dossier.answers), f"/ho-so/{dossier.ref}/bo-sung/loi-khai/"
    posted = dict.fromkeys(before, "Sửa trộm") | {
        "mother_name": "Nguyễn Thị Mẫu",
        "fee_total": "0",
        "state": "issued",
    }
    person.post(form, posted)
    paper = {
        "tep-to-khai": files.upload(files.picture(), "x.jpg"),
        "tep-khong-co": files.upload(files.picture(), "y.jpg"),
    }
    person.post(f"/ho-so/{dossier.ref}/bo-sung/giay-to/", paper)
    supplementing.send(dossier, by=an(), remark="Giữ ảnh cũ vì vẫn đọc được")
    dossier.refresh_from_db()
    assert dossier.answers == before | {"mother_name": "Nguyễn Thị Mẫu"}
    assert set(dossier.attachments.values_list("requirement_key", flat=True)) == {"chung-sinh"}


def test_an_old_page_of_the_draft_opens_no_supplement(sent_back: Things) -> None:
    """A page left open at a shared computer: its key was for the draft."""
    dossier = sent_back.dossier
    state, dossier.state = dossier.state, "draft"
    key = page_keys.key_of(dossier)
    dossier.state = state
    posted = {"khoa": key, "act": "autosave", "mother_name": "Kẻ Xấu"}
    browser(None).post(f"/ho-so/{dossier.ref}/bo-sung/loi-khai/", posted)
    assert "Kẻ Xấu" not in str(dossier.supplements.get().answers)
    own = posted | {"khoa": page_keys.key_of(dossier), "mother_name": "Nguyễn Thị Mẫu"}
    browser(None).post(f"/ho-so/{dossier.ref}/bo-sung/loi-khai/", own)
    assert "Nguyễn Thị Mẫu" in str(dossier.supplements.get().answers)


def test_beginning_again_is_for_ones_own_dossier(paid: Things) -> None:
    assert browser(binh()).post(f"/ho-so/{paid.dossier.ref}/nop-lai/").status_code == 404
    assert not Dossier.objects.filter(user=binh()).exists()
