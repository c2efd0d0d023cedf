"""The account with my number isn't mine: taken in, and answered by whoever has seen the card."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.accounts import services
from motcua.accounts.models import Complaint, NationalIdentity, User
from motcua.agencies.models import Agency
from motcua.audit.models import Event
from motcua.core.errors import BusinessError, Conflict
from motcua.notifications.models import Message
from motcua.web.components import human
from tests.cast import AN_NUMBER, BINH_NUMBER, an, binh, chi, quan
from tests.factories import an_agency

pytestmark = pytest.mark.django_db

SAID: dict[str, Any] = {
    "personal_number": AN_NUMBER, "full_name": "Nguyễn Thị An", "phone": "+84900000299",
    "text": "Tôi chưa từng đăng ký.",
}  # fmt: skip
SEEN: dict[str, Any] = {"card_number": AN_NUMBER, "phone": "0900 000 299", "answer": "Đã xem thẻ."}
ANSWERED = {"ket_qua": "tra-lai", "so_the": AN_NUMBER, "dien_thoai": "0900 000 299", "tra_loi": "Đã xem thẻ."}
TYPED = SAID | {"phone": "0900 000 299", "desk": "H98.21"}
COMPLAINTS = "/can-bo/quan-tri/khieu-nai/"


@pytest.fixture
def is_human(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check of a human has tests of its own."""
    monkeypatch.setattr(human, "check", lambda *_: None)


def test_a_complaint_changes_nothing_yet() -> None:
    user = an()
    before = User.objects.values().get(pk=user.pk)
    complaint = services.complain(**SAID)
    assert User.objects.values().get(pk=user.pk) == before
    message = Message.objects.get(template="account_complaint")
    assert message.address == "+84900000299"
    assert complaint.ref in message.body
    assert AN_NUMBER not in message.body
    assert Event.objects.get(act="account.complained").data == {"complaint": complaint.ref}


def test_given_back_no_old_key_opens_the_account(client: Client) -> None:
    user = an()
    NationalIdentity.objects.create(user=user, issuer="https://national.example", subject="x")
    client.force_login(user)
    complaint = services.complain(**SAID)
    services.give_account_back(complaint, **SEEN, by=quan())
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert (user.phone, user.email, user.email_verified_at) == ("+84900000299", "", None)
    assert not user.national_identities.exists()
    assert client.get("/ho-so/").status_code == 302  # the session of whoever had opened it is over
    told = set(Message.objects.filter(template="account_given_back").values_list("address", flat=True))
    assert "+84900000217" in told
    assert Message.objects.get(template="account_complaint_upheld").address == "+84900000299"


def test_without_ground_nothing_changes() -> None:
    user = an()
    complaint = services.complain(**SAID)
    services.find_unfounded(complaint, answer="Số điện thoại đứng tên người có tài khoản.", by=quan())
    assert User.objects.get(pk=user.pk).phone == user.phone
    assert Message.objects.filter(template="account_complaint_answered").exists()


def test_is_answered_once_and_with_words() -> None:
    an()
    complaint, by = services.complain(**SAID), quan()
    with pytest.raises(BusinessError, match="Nhập câu trả lời"):
        services.give_account_back(complaint, **SEEN | {"answer": " "}, by=by)
    services.find_unfounded(complaint, answer="Không có căn cứ.", by=by)
    with pytest.raises(Conflict, match="đã được trả lời"):
        services.give_account_back(complaint, **SEEN, by=by)


def test_no_account_and_too_many_are_refused() -> None:
    with pytest.raises(BusinessError, match="Chưa có tài khoản"):
        services.complain(**SAID)
    an()
    for _ in range(3):
        services.complain(**SAID)
    with pytest.raises(BusinessError, match="đang chờ trả lời"):
        services.complain(**SAID)


@pytest.mark.parametrize(
    "slip",
    [{"card_number": BINH_NUMBER}, {"card_number": ""}, {"phone": "0900 000 298"}, {"phone": "x"}, {"phone": ""}],
)
def test_an_account_goes_to_nobody_whose_card_or_phone_is_another_s(slip: dict[str, str]) -> None:
    """Somebody complained about An's account; an administrator has the wrong complaint open."""
    user = an()
    complaint = services.complain(**SAID)
    before = User.objects.values().get(pk=user.pk)
    with pytest.raises(BusinessError):
        services.give_account_back(complaint, **SEEN | slip, by=quan())
    assert User.objects.values().get(pk=user.pk) == before
    complaint.refresh_from_db()
    assert complaint.outcome == Complaint.Outcome.OPEN


def test_no_administrator_gives_an_account_to_their_own_phone() -> None:
    user, by = an(), quan()
    by.phone = SAID["phone"]
    by.save(update_fields=["phone"])
    complaint = services.complain(**SAID)
    with pytest.raises(BusinessError, match="chính ông/bà"):
        services.give_account_back(complaint, **SEEN, by=by)
    phone = user.phone
    user.refresh_from_db()
    assert user.phone == phone
    assert Event.objects.get(act="account.counter_phone_refused").actor_id == by.pk


def test_what_must_come_from_the_person_is_not_read_off_the_page(client: Client) -> None:
    an()
    complaint = services.complain(**SAID)
    services.complain(**SAID | {"phone": "+84900000298"})
    client.force_login(quan())
    where = f"/can-bo/quan-tri/khieu-nai/{complaint.ref}/"
    page = client.get(where).text.replace(" ", "")
    assert AN_NUMBER not in page
    assert "0900000299" not in page
    assert "Khiếunạikhácđangchờ</dt>" in page
    assert client.post(where, {"ket_qua": "tra-lai", "tra_loi": "Đã xem."}).status_code == 422
    refused = client.post(where, ANSWERED | {"so_the": BINH_NUMBER})
    assert refused.status_code == 422
    assert 'href="#so-the"' in refused.text
    seen = Event.objects.get(act="account.complaint_viewed")  # once a day, however often it is opened
    assert (seen.actor_name, seen.data) == (quan().full_name, {"complaint": complaint.ref})


@pytest.mark.usefixtures("is_human")
def test_nobody_s_phone_is_flooded_nor_are_numbers_tried(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    an()
    an_agency()
    binh()
    for number in (AN_NUMBER, AN_NUMBER, BINH_NUMBER, BINH_NUMBER):
        client.post("/tai-khoan/khieu-nai/", TYPED | {"personal_number": number})
    assert Message.objects.filter(address="+84900000299").count() == 3
    monkeypatch.setattr("motcua.web.citizen.account.complaint.visitor_key", lambda _: "192.0.2.9")
    answers = [
        client.post(
            "/tai-khoan/khieu-nai/",
            TYPED | {"personal_number": f"00109600000{tried}", "phone": f"09000003{tried}0"},
        ).text
        for tried in range(7)
    ]
    assert ["Chưa có tài khoản nào" in answer for answer in answers] == [True] * 5 + [False] * 2
    later = client.post("/tai-khoan/khieu-nai/", TYPED | {"phone": "0900 000 397"})
    assert "quá nhiều khiếu nại" in later.text  # of a known number no more than of an unknown one


@pytest.mark.usefixtures("is_human")
def test_on_the_page(client: Client) -> None:
    an()
    an_agency()
    assert client.get("/tai-khoan/khieu-nai/da-gui/").status_code == 302
    empty = client.post("/tai-khoan/khieu-nai/", TYPED | {"text": ""})
    assert empty.status_code == 422
    assert "Nhập điều đã xảy ra" in empty.content.decode()
    assert client.post("/tai-khoan/khieu-nai/", TYPED).status_code == 302
    complaint = Complaint.objects.get()
    assert complaint.desk == "H98.21"
    sent = client.get("/tai-khoan/khieu-nai/da-gui/").text
    assert complaint.ref in sent
    assert "Trung tâm Phục vụ hành chính công phường Hoa Sen</strong>, 1 đường Hoa Sen" in sent


@pytest.mark.usefixtures("is_human")
def test_where_the_card_is_shown_is_one_of_the_desks(client: Client) -> None:
    an()
    an_agency()
    for nowhere in ("", "H00"):
        response = client.post("/tai-khoan/khieu-nai/", TYPED | {"desk": nowhere})
        assert response.status_code == 422
        assert 'href="#desk"' in response.text
    assert not Complaint.objects.exists()


def test_a_ward_answers_what_is_brought_to_its_desk_and_the_province_everything(client: Client) -> None:
    an()
    province = an_agency("tinh", "H98", "tỉnh Minh Giang", "98")
    ward = an_agency()
    Agency.objects.filter(pk=ward.pk).update(parent=province)
    own, others, nobodys = (services.complain(**SAID, desk=desk).ref for desk in ("H98.21", "H98.22", ""))
    client.force_login(quan(ward))
    seen = client.get(COMPLAINTS).text
    assert [ref in seen for ref in (own, others, nobodys)] == [True, False, False]
    assert [client.get(f"{COMPLAINTS}{ref}/").status_code for ref in (own, others, nobodys)] == [200, 404, 404]
    assert client.post(f"{COMPLAINTS}{others}/", ANSWERED).status_code == 404
    assert client.get("/can-bo/quan-tri/thong-bao/").status_code == 403  # what stands still, stands still for all
    assert "thong-bao/" not in client.get("/can-bo/quan-tri/").text
    quan(province)
    seen = client.get(COMPLAINTS).text
    assert all(ref in seen for ref in (own, others, nobodys))
    assert "thong-bao/" in client.get("/can-bo/quan-tri/").text


def test_is_deleted_when_its_time_is_over(settings: Any) -> None:
    settings.COMPLAINT_KEPT_DAYS = 100
    an()
    long_ago = timezone.now() - timedelta(days=101)
    forgotten, answered, young = (services.complain(**SAID) for _ in range(3))
    services.find_unfounded(answered, answer="SIM của người khác.", by=quan())
    Complaint.objects.exclude(pk=young.pk).update(created_at=long_ago)
    assert services.clear_complaints() == 1
    assert set(Complaint.objects.all()) == {answered, young}
    Complaint.objects.filter(pk=answered.pk).update(answered_at=long_ago)
    assert services.clear_complaints() == 1
    assert services.clear_complaints() == 0
    assert not Complaint.objects.filter(pk=forgotten.pk).exists()
    assert [event.data for event in Event.objects.filter(act="account.complaints_cleared")] == [{"count": 1}] * 2


def test_only_administrators_answer(client: Client) -> None:
    an()
    complaint = services.complain(**SAID)
    where = f"/can-bo/quan-tri/khieu-nai/{complaint.ref}/"
    client.force_login(chi())
    assert client.get(where).status_code == 403
    client.force_login(quan())
    assert client.get("/can-bo/quan-tri/khieu-nai/KN-AAAA-AAAA/").status_code == 404
    assert client.post(where, {}).status_code == 422
    assert client.post(where, ANSWERED).status_code == 302
    assert "Đã xem thẻ." in client.get(where).content.decode()
    complaint.refresh_from_db()
    assert complaint.outcome == Complaint.Outcome.GIVEN_BACK


def test_the_list_takes_as_many_queries_for_30(client: Client, django_assert_num_queries: Any) -> None:
    user = an()
    client.force_login(quan())

    def rows(many: int) -> None:
        Complaint.objects.bulk_create(
            Complaint(ref=f"KN-{many}-{number}", user=user, full_name="A", phone="+84900000299", text="x")
            for number in range(many)
        )

    rows(1)
    client.get("/can-bo/quan-tri/khieu-nai/")
    with CaptureQueriesContext(connection) as for_one:
        client.get("/can-bo/quan-tri/khieu-nai/")
    rows(29)
    with django_assert_num_queries(len(for_one)):
        client.get("/can-bo/quan-tri/khieu-nai/")
