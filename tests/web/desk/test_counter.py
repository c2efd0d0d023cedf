"""The counter's pages: find or register a person, type in, scan, receive, print; nothing typed is lost."""

import io
import json
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from motcua.accounts.models import User
from motcua.audit.models import Event
from motcua.dossiers.models import CounterCase, Dossier, State
from motcua.dossiers.services import counter
from motcua.offerings.models import OfferingVersion
from motcua.payments.models import Booking
from tests.cast import AN_NUMBER, BINH_NUMBER, an, binh, chi, dung, hoa, mai
from tests.dossiers.at_counter import TYPED, at_home, begun, typed
from tests.dossiers.stages import fresh, issued
from tests.factories import a_place, a_procedure_version, an_offering
from tests.moments import Moments

Come = Callable[[User], Client]
QUAY = "/can-bo/quay/"
PERSON = f"{QUAY}nguoi-nop/"
NEW_NUMBER = "098188001234"  # a woman born in 1988
NEW = {
    "nguoi": NEW_NUMBER, "full_name": "Đỗ Thị Sen", "birth_date__day": "5", "birth_date__month": "3",
    "birth_date__year": "1988",
    "sex": "nu", "phone": "0900 000 777", "residence__province": "98", "residence__commune": "98001",
    "residence__detail": "Tổ 9", "ma": "1.001193",
}  # fmt: skip


def form(text: str = TYPED, **more: str) -> dict[str, str]:
    return {**dict(pair.split("=") for pair in text.split("&")), **more}


def standing(desk: Client, number: str, text: str = "khai sinh") -> Client:
    """Somebody with this number stands at the counter."""
    at_home(an())
    an_offering()
    response = desk.post(QUAY, {"so": number, "tt": text})
    assert response.status_code == 302, response.content.decode()[:400]
    assert number not in response["Location"]
    return desk


def a_scan(name: str = "giay.jpg") -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (300, 400), (250, 240, 230)).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


@pytest.mark.django_db
class TestWhoStandsHere:
    def test_a_wrong_number_is_told_at_its_field(self, come: Come) -> None:
        response = come(chi()).post(QUAY, {"so": "123", "tt": ""})
        assert response.status_code == 422
        assert "so-loi" in response.content.decode()

    def test_an_account_is_found_and_used(self, come: Come) -> None:
        desk = standing(come(chi()), AN_NUMBER)
        page = desk.get(PERSON).content.decode()
        assert "Nguyễn Thị An" in page
        assert "Đã có tài khoản" in page
        desk.post(PERSON, {"ma": "1.001193", **_contact()})
        assert Dossier.objects.get().user == an()
        assert User.objects.filter(kind=User.Kind.CITIZEN).count() == 1

    def test_a_person_without_account_is_registered_without_email(self, come: Come) -> None:
        desk = standing(come(chi()), NEW_NUMBER)
        assert "Chưa có tài khoản" in desk.get(PERSON).content.decode()
        response = desk.post(PERSON, NEW | {"the": "1"})
        assert response.status_code == 302
        person = User.objects.get(personal_number=NEW_NUMBER)
        assert (person.full_name, person.email, person.phone) == ("Đỗ Thị Sen", "", "+84900000777")
        assert not person.has_usable_password()
        assert Event.objects.get(act="account.opened").actor_id == chi().pk
        assert Dossier.objects.get().applicant["residence_detail"] == "Tổ 9"

    def test_the_number_says_sex_and_year_of_birth_already(self, come: Come) -> None:
        page = standing(come(chi()), NEW_NUMBER).get(PERSON).content.decode()
        assert 'value="1988"' in page
        assert 'value="nu" checked' in page.replace("\n", " ")

    def test_nobody_is_registered_whose_card_wasnt_seen(self, come: Come) -> None:
        response = standing(come(chi()), NEW_NUMBER).post(PERSON, NEW)
        assert response.status_code == 422
        assert "Xem thẻ căn cước" in response.content.decode()
        assert not User.objects.filter(personal_number=NEW_NUMBER).exists()

    def test_the_old_number_of_nine_digits_is_named_for_what_it_is(self, come: Come) -> None:
        response = come(chi()).post(QUAY, {"so": "162 004 217", "tt": ""})
        assert response.status_code == 422
        assert "chứng minh nhân dân cũ" in response.text

    def test_an_officer_cannot_give_their_own_phone_for_somebody(self, come: Come) -> None:
        User.objects.filter(pk=chi().pk).update(phone="+84900000777")
        response = standing(come(chi()), NEW_NUMBER).post(PERSON, NEW | {"the": "1"})
        assert response.status_code == 422
        assert 'href="#phone"' in response.text
        assert "số của chính ông/bà" in response.text
        assert "Đỗ Thị Sen" in response.text  # nothing typed is lost
        assert not User.objects.filter(personal_number=NEW_NUMBER).exists()
        assert Event.objects.get(act="account.counter_phone_refused").actor_id == chi().pk
        assert standing(come(mai()), NEW_NUMBER).post(PERSON, NEW | {"the": "1"}).status_code == 302

    def test_nor_put_it_into_an_account(self, come: Come) -> None:
        User.objects.filter(pk=chi().pk).update(phone="+84900000777")
        mended = {"ma": "1.001193", **_contact(), "phone": "0900 000 777", "the": "1"}
        assert standing(come(chi()), AN_NUMBER).post(PERSON, mended).status_code == 422
        assert an().phone == "+84900000217"

    def test_one_phone_does_not_gather_accounts(self, come: Come, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("motcua.accounts.services.counter.PEOPLE_PER_PHONE", 1)
        desk = come(chi())
        assert standing(desk, NEW_NUMBER).post(PERSON, NEW | {"the": "1"}).status_code == 302
        another = NEW | {"nguoi": "098188001235", "full_name": "Đỗ Thị Súng", "the": "1"}
        response = standing(desk, "098188001235").post(PERSON, another)
        assert response.status_code == 422
        assert "đã được ghi cho 1 người" in response.text
        kept = Event.objects.get(act="account.counter_phone_refused")
        assert "0777" not in str(kept.data)

    def test_a_phone_is_needed_so_that_the_agency_can_answer(self, come: Come) -> None:
        response = standing(come(chi()), NEW_NUMBER).post(PERSON, NEW | {"the": "1", "phone": ""})
        assert response.status_code == 422
        assert 'href="#phone"' in response.content.decode()

    def test_a_number_that_got_an_account_meanwhile_uses_it_and_shows_what_differs(self, come: Come) -> None:
        desk = standing(come(chi()), NEW_NUMBER)
        desk.get(PERSON)
        _open_meanwhile()
        response = desk.post(PERSON, NEW | {"the": "1", "loai": "new"})
        page = response.content.decode()
        assert response.status_code == 422
        assert "trên thẻ “Đỗ Thị Sen”, trong tài khoản “Đỗ Thị Sen Hồng”" in page
        person = User.objects.get(personal_number=NEW_NUMBER)
        assert (person.full_name, person.phone) == ("Đỗ Thị Sen Hồng", "+84900000778")  # nothing was overwritten
        assert not Dossier.objects.exists()
        again = {
            **_contact(),
            "nguoi": NEW_NUMBER,
            "phone": "0900 000 778",
            "ma": "1.001193",
            "the": "1",
            "loai": "known",
        }
        assert desk.post(PERSON, again).status_code == 302
        assert Dossier.objects.get().user == person

    def test_contact_is_mended_only_after_the_card_was_seen(self, come: Come) -> None:
        desk = standing(come(chi()), AN_NUMBER)
        mended = {"ma": "1.001193", **_contact(), "phone": "0912 345 678"}
        response = desk.post(PERSON, mended)
        assert response.status_code == 422
        assert an().phone == "+84900000217"
        assert desk.post(PERSON, mended | {"the": "1"}).status_code == 302
        assert an().phone == "+84912345678"
        assert Event.objects.get(act="account.corrected_at_counter").data["fields"] == ["phone"]

    def test_who_looked_somebody_up_is_on_record_once_a_day(self, come: Come) -> None:
        desk = standing(come(chi()), AN_NUMBER)
        desk.get(PERSON)
        desk.get(PERSON)
        kept = Event.objects.get(act="account.looked_up")
        assert (kept.actor_id, kept.subject_ref) == (chi().pk, str(an().pk))
        assert AN_NUMBER not in str(kept.data)

    def test_numbers_are_not_tried_one_after_the_other(self, come: Come, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("motcua.accounts.services.counter.LOOKS_PER_HOUR", 2)
        desk = come(chi())
        answers = [desk.post(QUAY, {"so": number, "tt": ""}) for number in (AN_NUMBER, NEW_NUMBER, BINH_NUMBER)]
        assert [answer.status_code for answer in answers] == [302, 302, 422]
        assert "quá nhiều số định danh" in answers[-1].text
        assert desk.session["counter_number"] == NEW_NUMBER

    def test_a_page_of_another_window_mends_nobody_else_s_account(self, come: Come) -> None:
        """An's page is open with a new phone typed in; in a second window the officer has gone on to Bình."""
        desk = standing(come(chi()), AN_NUMBER)
        binh_s = at_home(binh()).phone
        of_an = {"ma": "1.001193", **_contact(), "phone": "0912 345 678", "the": "1"}
        desk.post(QUAY, {"so": BINH_NUMBER, "tt": ""})
        response = desk.post(PERSON, of_an)
        assert response.status_code == 422
        assert "Trang vừa gửi là của người khác" in response.text
        assert binh().full_name in response.text
        assert (an().phone, binh().phone) == ("+84900000217", binh_s)
        assert not Dossier.objects.exists()
        assert desk.post(PERSON, NEW | {"the": "1"}).status_code == 422

    def test_a_service_is_chosen_by_search_without_accents(self, come: Come) -> None:
        page = standing(come(chi()), AN_NUMBER, "dang ky khai sinh").get(f"{PERSON}?tt=dang+ky+khai+sinh")
        assert 'value="1.001193" checked' in page.content.decode()

    def test_who_doesnt_take_in_has_no_counter(self, come: Come) -> None:
        assert come(dung()).get(QUAY).status_code == 403
        assert come(an()).get(QUAY).status_code == 403


def _contact() -> dict[str, str]:
    return {
        "nguoi": AN_NUMBER,
        "phone": "0900 000 217", "residence__province": "98", "residence__commune": "98001",
        "residence__detail": "Tổ 4",
    }  # fmt: skip


def _open_meanwhile() -> None:
    from datetime import date

    from motcua.accounts.services import open_citizen

    open_citizen(
        "Đỗ Thị Sen Hồng", NEW_NUMBER, date(1988, 3, 5), "nu", "0900000778", "", "Hoa-Sen-2026!", by=None
    )  # fmt: skip


@pytest.mark.django_db
class TestTyping:
    def test_every_box_is_saved_as_it_is_typed(self, come: Come) -> None:
        draft = begun()
        response = come(chi()).post(
            f"{QUAY}{draft.ref}/", {"act": "autosave", "child_name": "Lê Minh Khuê", "o": "child-name"},
            HTTP_ACCEPT="application/json",
        )  # fmt: skip
        said = json.loads(response.content)
        assert said["revision"]
        assert said["lacking"]
        kept = fresh(draft)
        assert kept.answers["child_name"] == "Lê Minh Khuê"
        assert kept.counter_case.at_field == "child-name"

    def test_what_is_drawn_anew_while_somebody_types_takes_no_focus(self, come: Come) -> None:
        draft, desk = begun(), come(chi())
        sent = {"act": "doi", "child_name": "Lê", "o": "child-name"}
        drawn = desk.post(f"{QUAY}{draft.ref}/", sent, headers={"HX-Request": "true"}).content.decode()
        assert "autofocus" not in drawn
        assert "autofocus" in desk.get(f"{QUAY}{draft.ref}/").content.decode()  # opened again, where it was left

    def test_after_a_power_cut_it_is_on_the_list_and_opens_at_the_same_box(self, come: Come) -> None:
        draft = begun()
        come(chi()).post(f"{QUAY}{draft.ref}/", {"act": "autosave", "mother_name": "Trần", "o": "mother-name"})
        desk = come(mai())  # another computer, another officer: nothing of it lay in the browser
        assert f'href="{QUAY}{draft.ref}/#mother-name"' in desk.get(QUAY).content.decode()
        page = desk.get(f"{QUAY}{draft.ref}/").content.decode()
        assert 'data-at="mother-name"' in page
        assert 'value="Trần"' in page

    def test_what_was_typed_when_the_session_had_ended_comes_back_after_the_login(self, come: Come) -> None:
        from motcua.web.components.doors import typed_by

        draft = begun()
        gone = Client()
        response = gone.post(
            f"{QUAY}{draft.ref}/", {"act": "autosave", "mother_name": "Trần Thu Hà", "nguoi_go": typed_by(chi())},
            HTTP_ACCEPT="application/json",
        )  # fmt: skip
        assert response.status_code == 401
        assert "/can-bo/dang-nhap/" in json.loads(response.content)["login"]
        gone.force_login(chi())
        page = gone.get(f"{QUAY}{draft.ref}/").content.decode()
        assert 'value="Trần Thu Hà"' in page
        assert fresh(draft).answers["mother_name"] == "Trần Thu Hà"

    def test_enter_saves_and_says_what_lacks(self, come: Come) -> None:
        draft = begun()
        response = come(chi()).post(f"{QUAY}{draft.ref}/", form("child_name=Lê&receive-shown=1&receive=tai-quay"))
        assert response.status_code == 422
        assert "data-error-summary" in response.content.decode()
        assert fresh(draft).state == State.DRAFT

    def test_parked_it_waits_on_the_list(self, come: Come) -> None:
        draft = begun()
        response = come(chi()).post(f"{QUAY}{draft.ref}/", form(act="de-tam"))
        assert response["Location"] == QUAY
        assert fresh(draft).answers["child_name"] == "Lê Minh Khuê"

    def test_a_colleague_who_opens_it_is_on_record(self, come: Come) -> None:
        draft = typed()
        for page in ("", "nguoi-nop/", "chu-ho-so/", "dia-chi-gui/", "to-khai.pdf"):
            assert come(chi()).get(f"{QUAY}{draft.ref}/{page}").status_code == 200
            assert not Event.objects.filter(act="dossier.viewed").exists()  # that Chi began it is on record
        mai_s = come(mai())
        for page in ("", "nguoi-nop/", "chu-ho-so/", "dia-chi-gui/", "to-khai.pdf"):
            assert mai_s.get(f"{QUAY}{draft.ref}/{page}").status_code == 200
        assert Event.objects.get(act="dossier.viewed").actor_id == mai().pk

    def test_others_find_nothing(self, come: Come) -> None:
        draft = typed()
        for name in ("", "nguoi-nop/", "chu-ho-so/", "dia-chi-gui/", "xoa/", "to-khai.pdf"):
            assert come(hoa()).get(f"{QUAY}{draft.ref}/{name}").status_code == 404
            assert come(dung()).get(f"{QUAY}{draft.ref}/{name}").status_code == 404
        assert come(chi()).get(f"/can-bo/ho-so/{draft.ref}/").status_code == 404
        assert come(an()).get(f"/nop/{draft.ref}/").status_code == 404
        assert come(an()).get(f"/ho-so/{draft.ref}/").status_code == 404

    def test_the_officer_sees_and_says_where_the_post_brings_the_result(self, come: Come) -> None:
        draft, desk = typed(), come(chi())
        OfferingVersion.objects.update(receive_ways=["tai-quay", "buu-chinh"])
        Dossier.objects.update(delivery=draft.delivery | {"receive": ["buu-chinh"]})
        there = f"{QUAY}{draft.ref}/"
        assert "Gửi đến Nguyễn Thị An" in desk.get(there).content.decode()
        lacking = desk.post(f"{there}dia-chi-gui/", {"full_name": "", "phone": "0900 000 777"})
        assert (lacking.status_code, 'href="#full-name"' in lacking.content.decode()) == (422, True)
        saved = desk.post(
            f"{there}dia-chi-gui/",
            {
                "full_name": "Lê Văn Bình", "phone": "0900 000 777", "residence__province": "98",
                "residence__commune": "98001", "residence__detail": "Tổ 9",
            },
        )  # fmt: skip
        assert (saved.status_code, saved["Location"]) == (302, there)
        assert "Gửi đến Lê Văn Bình, 0900 000 777, Tổ 9" in desk.get(there).content.decode()
        assert fresh(draft).applicant["full_name"] == "Nguyễn Thị An"

    def test_a_short_number_is_told_to_who_types_it_for_another(self, come: Come) -> None:
        page = come(chi()).post(QUAY, {"so": "09816200421", "tt": ""}).content.decode()
        assert "Số định danh có 12 chữ số, mới gõ 11" in page

    def test_scans_are_taken_looked_at_and_removed(self, come: Come) -> None:
        draft, desk = begun(), come(chi())
        response = desk.post(
            f"{QUAY}{draft.ref}/", {"act": "tai", "tep-chung-sinh": a_scan()}, HTTP_X_PAPER="chung-sinh"
        )
        assert response.status_code == 200
        assert 'id="giay-chung-sinh"' in response.content.decode()
        scan = draft.attachments.get()
        assert desk.get(f"{QUAY}{draft.ref}/tep/{scan.document_id}/").status_code == 200
        assert come(hoa()).get(f"{QUAY}{draft.ref}/tep/{scan.document_id}/").status_code == 404
        assert desk.get(f"{QUAY}{draft.ref}/tep/{scan.pk}/xoa/").status_code == 200
        desk.post(f"{QUAY}{draft.ref}/tep/{scan.pk}/xoa/")
        assert not draft.attachments.exists()

    def test_a_refused_scan_stands_at_its_paper(self, come: Come) -> None:
        draft = begun()
        bad = SimpleUploadedFile("virus.exe", b"MZ nothing good", "application/pdf")
        response = come(chi()).post(f"{QUAY}{draft.ref}/", {"act": "tai", "tep-chung-sinh": bad, **form()})
        assert response.status_code == 422
        assert "tep-chung-sinh-loi" in response.content.decode()
        assert fresh(draft).answers["child_name"] == "Lê Minh Khuê"  # the rest of the page is kept

    def test_discarding_asks_first(self, come: Come) -> None:
        draft, desk = typed(), come(chi())
        assert "sẽ mất" in desk.get(f"{QUAY}{draft.ref}/xoa/").content.decode()
        desk.post(f"{QUAY}{draft.ref}/xoa/")
        assert not Dossier.objects.exists()
        assert User.objects.filter(pk=an().pk).exists()

    def test_handing_in_for_another(self, come: Come) -> None:
        draft, desk = typed(), come(chi())
        owner = {
            "full_name": "Trần Thu Hà", "birth_date__day": "1", "birth_date__month": "2", "birth_date__year": "1996",
            "sex": "nu", "residence__province": "98", "residence__commune": "98001",
        }  # fmt: skip
        asked = desk.get(f"{QUAY}{draft.ref}/chu-ho-so/").content.decode()
        assert 'value="Nguyễn Thị An"' not in asked  # another person is to be named
        assert desk.post(f"{QUAY}{draft.ref}/chu-ho-so/", owner).status_code == 302
        assert "Trần Thu Hà" in desk.get(f"{QUAY}{draft.ref}/").content.decode()
        desk.post(f"{QUAY}{draft.ref}/chu-ho-so/", {"act": "la-nguoi-nop"})
        assert fresh(draft).owner["full_name"] == "Nguyễn Thị An"

    def test_thirty_cases_cost_as_many_queries_as_one(self, come: Come) -> None:
        desk, asked = come(chi()), []
        for count in (1, 30):
            while CounterCase.objects.count() < count:
                counter.save_case(begun(), form_data("child_name=Bé"), by=chi())
            desk.get(QUAY)
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(QUAY).content.decode().count("data-row") == count
            asked.append(len(queries))
        assert asked[0] == asked[1] <= 9


def form_data(text: str) -> QueryDict:
    return QueryDict(text)


@pytest.mark.django_db
class TestReceiving:
    def test_one_button_receives_takes_the_fee_and_shows_the_code(self, come: Come, clock: Moments) -> None:
        draft, desk = typed(), come(chi())
        response = desk.post(f"{QUAY}{draft.ref}/", form(act="nhan", thu="16000"))
        assert response["Location"] == f"{QUAY}{draft.ref}/da-nhan/"
        page = desk.get(response["Location"]).content.decode()
        assert "H98.21-261125-0001" in page
        assert "16.000 đồng" in page
        assert Booking.objects.get().amount == 16_000

    def test_the_receipt_is_printed_at_once(self, come: Come, clock: Moments) -> None:
        draft, desk = typed(), come(chi())
        desk.post(f"{QUAY}{draft.ref}/", form(act="nhan", thu="16000"))
        response = desk.get(f"{QUAY}{draft.ref}/giay-hen/")  # its job hasn't run
        assert response["Content-Type"] == "application/pdf"
        assert fresh(draft).receipt is not None

    def test_a_fee_that_changed_is_shown_before_it_is_taken(self, come: Come, clock: Moments) -> None:
        draft = typed()
        response = come(chi()).post(f"{QUAY}{draft.ref}/", form(act="nhan", thu="8000"))
        assert response.status_code == 422
        assert "phải thu bây giờ là 16.000 đồng" in response.content.decode()
        assert not Booking.objects.exists()

    def test_nothing_is_received_that_lacks_something(self, come: Come, clock: Moments) -> None:
        draft = begun()
        response = come(chi()).post(f"{QUAY}{draft.ref}/", form("child_name=Lê&pay=tai-quay", act="nhan", thu="0"))
        assert response.status_code == 422
        assert fresh(draft).state == State.DRAFT

    def test_the_second_press_finds_what_the_first_received(self, come: Come, clock: Moments) -> None:
        draft, desk = typed(), come(chi())
        for _ in range(2):
            response = desk.post(f"{QUAY}{draft.ref}/", form(act="nhan", thu="16000"))
            assert response["Location"] == f"{QUAY}{draft.ref}/da-nhan/"
        late = come(mai()).post(f"{QUAY}{draft.ref}/", {"act": "autosave", "child_name": "x"})
        assert late.status_code == 409
        assert Dossier.objects.get().answers["child_name"] == "Lê Minh Khuê"

    def test_the_person_sees_who_took_it_in(self, come: Come, clock: Moments) -> None:
        draft = typed()
        come(chi()).post(f"{QUAY}{draft.ref}/", form(act="nhan", thu="16000"))
        page = come(an()).get(f"/ho-so/{draft.ref}/").content.decode()
        assert "Nộp tại quầy, người tiếp nhận Trần Thị Chi" in page

    def test_a_declaration_is_printed_to_be_signed(self, come: Come) -> None:
        response = come(chi()).get(f"{QUAY}{typed().ref}/to-khai.pdf")
        assert response["Content-Type"] == "application/pdf"

    def test_a_service_without_a_form_has_papers_only(self, come: Come, clock: Moments) -> None:
        draft = begun(form=None, old_level=2, copies_answer="", hand_in_ways=[OfferingVersion.HandIn.DESK])
        desk = come(chi())
        assert "không khai trên màn hình" in desk.get(f"{QUAY}{draft.ref}/").content.decode()
        counts = form("ban-to-khai-chinh=1&ban-chung-sinh-sao=1&receive=tai-quay", act="nhan", thu="0")
        assert desk.post(f"{QUAY}{draft.ref}/", counts)["Location"].endswith("/da-nhan/")


@pytest.mark.django_db
def test_who_takes_the_result_signs_a_slip(come: Come) -> None:
    dossier = issued()
    response = come(chi()).get(f"{QUAY}{dossier.ref}/phieu-giao-nhan/")
    assert response["Content-Type"] == "application/pdf"
    assert come(hoa()).get(f"{QUAY}{dossier.ref}/phieu-giao-nhan/").status_code == 404


@pytest.mark.django_db
def test_before_there_is_a_result_there_is_nothing_to_sign(come: Come) -> None:
    dossier = counter.receive(typed(), by=chi(), taken=16_000)
    response = come(chi()).get(f"{QUAY}{dossier.ref}/phieu-giao-nhan/")
    assert response["Location"] == f"/can-bo/ho-so/{dossier.ref}/"


@pytest.mark.django_db
def test_an_account_without_home_is_asked_for_it(come: Come) -> None:
    a_place()
    a_procedure_version()
    desk = come(chi())
    an_offering()
    desk.post(QUAY, {"so": binh().personal_number, "tt": ""})
    response = desk.post(PERSON, {"nguoi": BINH_NUMBER, "ma": "1.001193", "phone": "0900 000 318"})
    assert response.status_code == 422
    assert 'href="#residence' in response.content.decode()


@pytest.mark.django_db
def test_the_registrar_reads_what_was_taken_in(come: Come) -> None:
    dossier = counter.receive(typed(), by=chi(), taken=16_000)
    page = come(dung()).get(f"/can-bo/ho-so/{dossier.ref}/").content.decode()
    assert "1 bản chính, nhận tại quầy" in page
