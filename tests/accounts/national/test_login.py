"""Log in through the National portal: found, linked or opened; and what doesn't agree changes nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from motcua.accounts import services
from motcua.accounts.models import NationalIdentity, User
from motcua.accounts.national.claims import NationalPerson
from motcua.audit.models import Event
from motcua.notifications.models import Message
from tests import cast
from tests.accounts.national import peers
from tests.accounts.national.peers import National, a_person, logs_in, stranger
from tests.factories import an_offering

pytestmark = pytest.mark.django_db


def who(client: Client) -> str:
    """The account that is logged in, empty for nobody."""
    return str(client.session.get("_auth_user_id", ""))


def test_an_existing_account_is_linked_by_the_verified_number(client: Client, national: National) -> None:
    an = cast.an()
    answer = logs_in(client, national, a_person())
    assert answer.headers["Location"] == "/ho-so/"
    assert who(client) == str(an.pk)
    identity = NationalIdentity.objects.get()
    assert (identity.user, identity.issuer, identity.subject) == (an, national.url, a_person().subject)
    assert an.personal_number not in identity.subject
    acts = list(Event.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["account.national_linked", "account.assurance_raised", "account.logged_in"]
    assert Event.objects.get(act="account.logged_in").data == {"way": "national"}


def test_the_person_is_told_of_the_link_by_sms_and_email(client: Client, national: National) -> None:
    cast.an()
    logs_in(client, national, a_person())
    told = Message.objects.filter(template="account_linked")
    assert {message.channel for message in told} == {"sms", "email"}
    logs_in(Client(), national, a_person())
    assert Message.objects.filter(template="account_linked").count() == 2  # once only


def test_no_second_code_of_ours_is_asked_for(client: Client, national: National) -> None:
    cast.an()
    logs_in(client, national, a_person())
    assert not Message.objects.filter(template="account_code").exists()
    assert client.get("/ho-so/").status_code == 200


def test_the_account_here_keeps_its_own_data(client: Client, national: National) -> None:
    an = cast.an()
    logs_in(client, national, a_person(full_name="NGUYỄN THỊ AN", phone="84900000999"))
    an.refresh_from_db()
    assert (an.full_name, an.phone) == ("Nguyễn Thị An", "+84900000217")


def test_an_unknown_person_gets_an_account_with_their_data(client: Client, national: National) -> None:
    answer = logs_in(client, national, stranger())
    assert answer.headers["Location"].startswith("/tai-khoan/cong-quoc-gia/da-mo/")
    nam = User.objects.get(personal_number="098088004410")
    assert (nam.full_name, nam.birth_date, nam.sex) == ("Hoàng Văn Nam", date(1988, 4, 21), "nam")
    assert (nam.phone, nam.email, nam.assurance) == ("+84900000230", "nam@example.org", "cao")
    assert nam.phone_verified_at
    assert not nam.has_usable_password()
    page = client.get(answer.headers["Location"]).content.decode()
    assert "098 088 004 410" in page
    assert Message.objects.filter(template="account_opened").exists()
    assert not Message.objects.filter(template="account_linked").exists()


def test_comes_back_to_where_the_person_was_going(client: Client, national: National) -> None:
    cast.an()
    answer = logs_in(client, national, a_person(), path="/tai-khoan/cong-quoc-gia/?next=/tai-khoan/thong-tin/")
    assert answer.headers["Location"] == "/tai-khoan/thong-tin/"
    other = logs_in(Client(), national, a_person(), path="/tai-khoan/cong-quoc-gia/?next=//evil.example/")
    assert other.headers["Location"] == "/ho-so/"


@pytest.mark.parametrize(
    ("kind", "level", "assurance"),
    [("cong", "LoA2", "trung-binh"), ("vneid", "LoA2", "cao"), ("vneid", "LoA1", "trung-binh")],
)
def test_the_level_there_raises_the_assurance_here(
    client: Client, national: National, kind: str, level: str, assurance: str
) -> None:
    national.portal.people = [a_person(level=level)]
    an = cast.an()
    logs_in(client, national, a_person(), kind=kind)
    an.refresh_from_db()
    assert an.assurance == assurance


def test_a_lower_level_later_takes_nothing_away(client: Client, national: National) -> None:
    an = cast.an()
    logs_in(client, national, a_person())
    logs_in(Client(), national, a_person(), kind="cong")
    an.refresh_from_db()
    assert an.assurance == "cao"
    assert Event.objects.filter(act="account.assurance_raised").count() == 1


# ---- what doesn't agree ----


def refused(client: Client, national: National, person: Any, words: str, status: int = 409) -> None:
    """Nothing is changed, nobody is in, and the page says why and how to go on."""
    before = (list(User.objects.values()), list(NationalIdentity.objects.values()))
    answer = logs_in(client, national, person)
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert "/tai-khoan/dang-nhap/" in page
    assert who(client) == ""
    assert (list(User.objects.values()), list(NationalIdentity.objects.values())) == before


def test_another_birth_date_is_refused(client: Client, national: National) -> None:
    cast.an()
    national.portal.people = [a_person(birth_date="1996-05-03")]
    refused(client, national, a_person(), "ngày sinh ở đây khác")


def test_a_number_linked_to_another_account_there_is_refused(client: Client, national: National) -> None:
    cast.an()
    logs_in(Client(), national, a_person())
    national.portal.people = [a_person(twin="another")]
    refused(client, national, a_person(), "đã liên kết với một tài khoản khác")


def test_a_linked_account_that_now_bears_the_number_of_another_local_account_is_refused(
    client: Client, national: National
) -> None:
    cast.an()
    cast.binh()
    subject = a_person().subject
    logs_in(Client(), national, a_person())
    moved = a_person(personal_number=cast.BINH_NUMBER, full_name="Lê Văn Bình", birth_date="1994-07-20", sex="nam")
    national.portal.people = [_with_subject(moved, subject)]
    refused(client, national, moved, "nay lại mang số khác")


def test_whoever_is_linked_gets_in_after_mending_the_birth_date_here(client: Client, national: National) -> None:
    an = cast.an()
    logs_in(Client(), national, a_person())
    User.objects.update(birth_date=date(1996, 5, 3))
    assert logs_in(client, national, a_person()).status_code == 302
    assert who(client) == str(an.pk)


def test_an_unverified_number_is_refused(client: Client, national: National) -> None:
    cast.an()
    national.portal.people = [a_person(verified=False)]
    refused(client, national, a_person(), "chưa được xác minh", status=422)


def test_a_stranger_with_an_unverified_number_gets_no_account(client: Client, national: National) -> None:
    national.portal.people = [stranger(verified=False)]
    refused(client, national, stranger(), "chưa được xác minh", status=422)


def test_a_closed_account_stays_closed(client: Client, national: National) -> None:
    cast.an()
    User.objects.update(is_active=False)
    refused(client, national, a_person(), "đang bị khóa", status=403)


@pytest.mark.parametrize(
    "lacking",
    [
        {"full_name": ""},
        {"birth_date": ""},
        {"birth_date": "1990-01-01"},
        {"personal_number": "123456789"},
        {"sex": "nam"},
    ],
)
def test_a_person_who_is_not_wholly_known_there_is_refused(
    client: Client, national: National, lacking: dict[str, str]
) -> None:
    national.portal.people = [a_person(**lacking)]
    refused(client, national, a_person(**lacking), "chưa cho biết đủ", status=422)


@pytest.mark.django_db(transaction=True)
def test_two_first_logins_at_once_open_one_account() -> None:
    nam = NationalPerson(
        issuer="https://national.example", subject="abc", personal_number="098088004410", verified=True,
        full_name="Hoàng Văn Nam", birth_date=date(1988, 4, 21), sex="nam", phone="", email="", assurance="cao",
    )  # fmt: skip

    def come(_: int) -> int:
        try:
            return services.come_in(nam).user.pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        found = set(threads.map(come, range(4)))
    assert len(found) == 1
    assert User.objects.count() == NationalIdentity.objects.count() == 1


# ---- linking from the profile ----


def test_links_from_the_profile(client: Client, national: National) -> None:
    an = cast.an()
    client.force_login(an)
    assert "Liên kết với Cổng DVC Quốc gia" in client.get("/tai-khoan/").content.decode()
    where = client.post("/tai-khoan/cong-quoc-gia/lien-ket/").headers["Location"]
    assert "prompt=login" in where
    answer = peers.comes_back(client, national.goes_through(where, a_person()))
    assert answer.headers["Location"] == "/tai-khoan/"
    page = client.get("/tai-khoan/").content.decode()
    assert "Đã liên kết" in page
    assert "Mức độ cao" in page
    assert "Liên kết với Cổng DVC Quốc gia" not in page


def test_somebody_elses_account_there_is_not_linked(client: Client, national: National) -> None:
    an = cast.an()
    client.force_login(an)
    where = client.post("/tai-khoan/cong-quoc-gia/lien-ket/").headers["Location"]
    answer = peers.comes_back(client, national.goes_through(where, stranger()))
    assert answer.status_code == 409
    assert "mang số định danh khác" in answer.content.decode()
    assert who(client) == str(an.pk)
    assert not NationalIdentity.objects.exists()
    assert User.objects.count() == 1


def test_an_old_session_there_links_nothing(client: Client, national: National) -> None:
    """A portal that overlooks `prompt=login`: whoever finds the screen open must not prove to be its owner."""
    national.fails("id_token", claims={"auth_time": 1_700_000_000})
    client.force_login(cast.an())
    where = client.post("/tai-khoan/cong-quoc-gia/lien-ket/").headers["Location"]
    answer = peers.comes_back(client, national.goes_through(where, a_person()))
    assert answer.status_code != 302
    assert not NationalIdentity.objects.exists()
    assert logs_in(Client(), national, a_person()).status_code == 302  # a plain login may come from a session there


def test_a_link_whose_owner_has_logged_out_is_over(client: Client, national: National) -> None:
    client.force_login(cast.an())
    where = client.post("/tai-khoan/cong-quoc-gia/lien-ket/").headers["Location"]
    session = client.session
    del session["_auth_user_id"]
    session.save()
    assert peers.comes_back(client, national.goes_through(where, a_person())).status_code == 410
    assert not NationalIdentity.objects.exists()


# ---- an account without a password of ours ----


def test_without_a_password_the_phone_is_changed_after_coming_through_the_portal_again(
    client: Client, national: National
) -> None:
    logs_in(client, national, stranger())
    assert "Mật khẩu hiện tại" not in client.get("/tai-khoan/dien-thoai/").content.decode()
    session = client.session
    session["accounts.national_came"] = 0
    session.save()
    page = client.get("/tai-khoan/dien-thoai/").content.decode()
    assert "Xin xác nhận lại là ông/bà" in page
    assert client.post("/tai-khoan/dien-thoai/", {"phone": "0900000777"}).status_code == 200
    assert not Message.objects.filter(template="account_code").exists()
    where = client.post("/tai-khoan/cong-quoc-gia/lien-ket/", {"next": "/tai-khoan/dien-thoai/"}).headers["Location"]
    answer = peers.comes_back(client, national.goes_through(where, stranger()))
    assert answer.headers["Location"] == "/tai-khoan/dien-thoai/"
    assert client.post("/tai-khoan/dien-thoai/", {"phone": "0900000777"}).status_code == 302


def test_without_a_password_one_can_be_set(client: Client, national: National) -> None:
    logs_in(client, national, stranger())
    form = {"password": "Hoa-Sen#2027", "again": "Hoa-Sen#2027"}
    assert client.post("/tai-khoan/mat-khau/", form).status_code == 302
    assert User.objects.get().check_password("Hoa-Sen#2027")


def test_logging_out_tells_of_the_session_there(client: Client, national: National) -> None:
    cast.an()
    logs_in(client, national, a_person())
    page = client.post("/tai-khoan/dang-xuat/").content.decode()
    assert f"{national.url}/dang-xuat" in page
    assert who(client) == ""


# ---- where it is offered, and handed over ----


def test_without_a_national_portal_it_is_not_offered(client: Client) -> None:
    assert "Cổng DVC Quốc gia" not in client.get("/tai-khoan/dang-nhap/").content.decode()
    assert client.get("/tai-khoan/cong-quoc-gia/").status_code == 404


def test_who_is_logged_in_is_not_sent_there(client: Client, national: National) -> None:
    client.force_login(cast.an())
    assert client.get("/tai-khoan/cong-quoc-gia/").headers["Location"] == "/ho-so/"


@pytest.mark.parametrize("agency", ["H98.21", "phuong-hoa-sen"])
def test_the_portal_hands_over_with_procedure_and_agency(client: Client, national: National, agency: str) -> None:
    offering = an_offering()
    slug, code = offering.offering.agency.slug, offering.offering.procedure.code
    agency = offering.offering.agency.code if agency.startswith("H") else slug
    cast.an()
    answer = logs_in(client, national, a_person(), path=f"/cong-quoc-gia/nop/?thu-tuc={code}&co-quan={agency}")
    assert answer.headers["Location"] == f"/thu-tuc/{code}/nop/?co-quan={slug}"
    again = client.get("/cong-quoc-gia/nop/", {"thu-tuc": code, "co-quan": agency})
    assert again.headers["Location"] == f"/thu-tuc/{code}/nop/?co-quan={slug}"


def test_without_a_national_portal_a_hand_over_still_leads_to_the_procedure(client: Client) -> None:
    offering = an_offering()
    code, slug = offering.offering.procedure.code, offering.offering.agency.slug
    answer = client.get("/cong-quoc-gia/nop/", {"thu-tuc": code, "co-quan": slug})
    assert answer.headers["Location"] == f"/thu-tuc/{code}/nop/?co-quan={slug}"


def test_an_agency_that_nobody_knows_is_told_on_the_next_page(client: Client, national: National) -> None:
    code = an_offering().offering.procedure.code
    client.force_login(cast.an())
    answer = client.get("/cong-quoc-gia/nop/", {"thu-tuc": code, "co-quan": "H99.99"}, follow=True)
    assert answer.status_code == 200
    assert answer.request["QUERY_STRING"] == "co-quan=H99.99"


@pytest.mark.parametrize("code", ["9.999999", "", "ă", "1.001193' OR 1=1"])
def test_a_procedure_that_nobody_knows_is_said_with_a_way_on(client: Client, national: National, code: str) -> None:
    answer = client.get("/cong-quoc-gia/nop/", {"thu-tuc": code, "co-quan": "H98.21"})
    assert answer.status_code == 404
    assert "/thu-tuc/" in answer.content.decode()


def _with_subject(person: Any, subject: str) -> Any:
    """The same subject with other claims: what only a portal's mistake can bring about."""
    kept = type("Same", (type(person),), {"subject": property(lambda _: subject)})
    return kept(**vars(replace(person)))
