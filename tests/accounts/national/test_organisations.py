"""Somebody comes in for an organisation: its dossiers say so, as long as the session lasts."""

import re
from dataclasses import asdict, replace
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts.flows.national import ORGANISATION_KEY, stands_for
from motcua.accounts.models import User
from motcua.accounts.national.claims import NationalOrganisation
from motcua.audit.models import Event
from motcua.config.peers.national.people import Person
from motcua.core.errors import BusinessError
from motcua.dossiers.models import Dossier, State
from motcua.dossiers.queries import people
from motcua.dossiers.rules import person as rules
from motcua.dossiers.rules.refusing import Why
from motcua.dossiers.services.again import begin_again
from motcua.dossiers.services.reception import decline
from motcua.dossiers.services.standing import take_over
from motcua.dossiers.services.submission import submit
from motcua.notifications.models import Message
from motcua.web.components import human
from tests.accounts.national.peers import National, a_person, logs_in, stranger
from tests.cast import an, binh, chi
from tests.factories import a_filled_draft, an_offering

pytestmark = pytest.mark.django_db

KILN = NationalOrganisation("Công ty TNHH Gốm Hoa Sen", "0198000412", "Giám đốc")


@pytest.fixture
def director(national: National) -> Person:
    """Nam, who directs a company; and has an account of his own besides."""
    nam = stranger(organisation=KILN.name, tax_code=KILN.code, position=KILN.position)
    national.portal.people[:] = [nam]
    return nam


def begins(client: Client) -> Dossier:
    version = an_offering()
    where = f"/thu-tuc/{version.offering.procedure.code}/nop/"
    page = client.get(where).content.decode()
    came_for = stands_for(client.session)
    assert (KILN.name in page) == (came_for is not None)
    answer = client.post(where, {"co-quan": version.offering.agency.slug})
    return Dossier.objects.get(ref=answer.headers["Location"].split("/")[2])


def test_a_dossier_is_the_organisation_s_by_its_representative(
    client: Client, national: National, director: Person
) -> None:
    logs_in(client, national, director, kind="to-chuc")
    assert stands_for(client.session) == KILN
    draft = begins(client)
    assert draft.user == User.objects.get(personal_number=director.personal_number)
    assert draft.applicant["full_name"] == "Hoàng Văn Nam"
    assert rules.whose(draft.applicant) == "Công ty TNHH Gốm Hoa Sen, mã số 0198000412, giám đốc: Hoàng Văn Nam"
    page = client.get("/tai-khoan/").content.decode()
    assert "Đang đại diện" in page
    assert KILN.code in page


def test_the_same_person_may_come_for_themselves(client: Client, national: National, director: Person) -> None:
    logs_in(client, national, director, kind="to-chuc")
    for_company = begins(client)
    other = Client()
    logs_in(other, national, director)
    assert stands_for(other.session) is None
    own = begins(other)
    assert own.pk != for_company.pk  # an untouched draft of the other standing isn't given out again
    assert rules.whose(own.applicant) == "Hoàng Văn Nam"
    assert begins(other).pk == own.pk


def test_standing_ends_with_the_session(client: Client, national: National, director: Person) -> None:
    logs_in(client, national, director, kind="to-chuc")
    client.post("/tai-khoan/dang-xuat/")
    assert stands_for(client.session) is None


def of_the_company() -> Dossier:
    """An's draft, begun for the company."""
    draft = a_filled_draft()
    draft.applicant |= {f"organisation_{key}": value for key, value in asdict(KILN).items()}
    draft.save(update_fields=["applicant"])
    return draft


def test_what_was_begun_for_an_organisation_is_handed_in_only_by_who_stands_for_it_now() -> None:
    """Whoever was its director when the draft was begun may have left it since."""
    draft = of_the_company()
    for standing in (None, replace(KILN, code="0198000413")):
        with pytest.raises(BusinessError, match="Công ty TNHH Gốm Hoa Sen"):
            submit(draft, by=an(), organisation=standing)
    assert submit(draft, by=an(), organisation=KILN).state == State.SUBMITTED


def test_nor_is_it_begun_again_by_anybody_else() -> None:
    old = submit(of_the_company(), by=an(), organisation=KILN)
    old = decline(old, Why("Thiếu giấy tờ."), by=chi())
    with pytest.raises(BusinessError, match="tư cách người đại diện"):
        begin_again(old, by=an())
    assert begin_again(old, by=an(), organisation=KILN).applicant["organisation_code"] == KILN.code


def test_one_s_own_dossier_is_not_the_organisation_s_because_one_has_come_for_it() -> None:
    old = decline(submit(a_filled_draft(), by=an(), organisation=KILN), Why("Thiếu giấy tờ."), by=chi())
    again = begin_again(old, by=an(), organisation=KILN)
    assert "organisation_code" not in again.applicant
    assert begin_again(old, by=an()).pk == again.pk


def comes_for(client: Client, user: User, organisation: NationalOrganisation | None) -> Client:
    """This person's browser, in a session in which they stand for an organisation, or for nobody."""
    client.force_login(user)
    session = client.session
    session.pop(ORGANISATION_KEY, None)
    if organisation:
        session[ORGANISATION_KEY] = asdict(organisation)
    session.save()
    return client


def test_whoever_has_left_the_organisation_sees_nothing_of_it_any_more(client: Client) -> None:
    dossier = submit(of_the_company(), by=an(), organisation=KILN)
    pages = [f"/ho-so/{dossier.ref}/", f"/ho-so/{dossier.ref}/da-khai/", f"/nop/{dossier.ref}/da-nop/"]
    for standing in (None, replace(KILN, code="0198000413")):
        comes_for(client, an(), standing)
        assert [client.get(page).status_code for page in pages] == [404] * 3
        assert client.post(f"/ho-so/{dossier.ref}/rut/", {"ly_do": "Không cần nữa."}).status_code == 404
        mine = client.get("/ho-so/").text
        assert dossier.ref not in mine
        assert "Hồ sơ của Công ty TNHH Gốm Hoa Sen chỉ hiện khi" in mine
    assert not people.stages_of(an())  # nor by a code to their phone
    comes_for(client, an(), KILN)
    assert [client.get(page).status_code for page in pages] == [200] * 3
    assert dossier.ref in client.get("/ho-so/").text


def test_who_stands_for_it_now_takes_its_dossiers_over(client: Client) -> None:
    dossier = submit(of_the_company(), by=an(), organisation=KILN)
    take = f"/ho-so/{dossier.ref}/nhan-theo-doi/"
    for standing in (None, replace(KILN, code="0198000413")):
        comes_for(client, binh(), standing)
        assert dossier.ref not in client.get("/ho-so/").text
        assert client.post(take).status_code == 404
    comes_for(client, binh(), KILN)
    mine = client.get("/ho-so/").text
    assert dossier.ref in mine
    assert "Người nộp: Nguyễn Thị An" in mine
    assert client.get(f"/ho-so/{dossier.ref}/").status_code == 404  # before it is theirs
    assert client.post(take)["Location"] == f"/ho-so/{dossier.ref}/"
    page = client.get(f"/ho-so/{dossier.ref}/").text
    assert "Người đại diện hiện nay của tổ chức nhận theo dõi: Lê Văn Bình" in page
    dossier.refresh_from_db()
    assert dossier.user == binh()
    assert dossier.applicant["full_name"] == "Nguyễn Thị An"  # who handed it in stays written in it
    kept = Event.objects.get(act="dossier.taken_over")
    assert (kept.actor_id, kept.data["before"]) == (binh().pk, an().pk)
    assert client.post(take)["Location"] == f"/ho-so/{dossier.ref}/"  # a second click finds what the first one did
    assert Event.objects.filter(act="dossier.taken_over").count() == 1
    comes_for(client, an(), None)
    assert client.get(f"/ho-so/{dossier.ref}/").status_code == 404


def test_the_act_itself_asks_whom_one_stands_for() -> None:
    dossier = submit(of_the_company(), by=an(), organisation=KILN)
    for standing in (None, replace(KILN, code="0198000413")):
        taker = binh()
        taker.came_for = standing
        with pytest.raises(Http404):
            take_over(dossier, by=taker)


def test_a_draft_is_taken_over_by_nobody(client: Client) -> None:
    draft = of_the_company()
    comes_for(client, binh(), KILN)
    assert draft.ref not in client.get("/ho-so/").text
    assert client.post(f"/ho-so/{draft.ref}/nhan-theo-doi/").status_code == 404


def test_the_list_takes_as_many_queries_for_30(client: Client, django_assert_num_queries: Any) -> None:
    first = submit(of_the_company(), by=an(), organisation=KILN)
    comes_for(client, binh(), KILN)
    client.get("/ho-so/")
    with CaptureQueriesContext(connection) as for_one:
        client.get("/ho-so/")
    for number in range(29):
        first.pk, first.ref = None, f"NH-AAAA-{number:04d}"
        first.save(force_insert=True)
    with django_assert_num_queries(len(for_one)):
        client.get("/ho-so/")


def test_the_page_hands_in_for_whom_the_session_stands(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(human, "check", lambda *_: None)
    draft = of_the_company()
    client.force_login(an())
    review = f"/nop/{draft.ref}/xem-lai/"
    refused = client.post(review, {"statement": "on"})
    assert refused.status_code == 422
    assert "tư cách người đại diện của Công ty TNHH Gốm Hoa Sen" in refused.text
    session = client.session
    session[ORGANISATION_KEY] = asdict(KILN)
    session.save()
    assert client.post(review, {"statement": "on"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == State.SUBMITTED


def test_standing_ends_with_another_login_of_the_same_person(
    client: Client, national: National, director: Person
) -> None:
    """Who came for a company, and logs in anew with a password, is here for themselves."""
    logs_in(client, national, director, kind="to-chuc")
    user = User.objects.get(personal_number=director.personal_number)
    user.set_password("MotCua#2026")
    user.save(update_fields=["password"])
    client.force_login(user)  # the change ended the session: as the page of one's own password does, it goes on
    session = client.session
    session[ORGANISATION_KEY] = asdict(KILN)
    session.save()
    assert stands_for(client.session) == KILN
    client.post("/tai-khoan/dang-nhap/", {"number": director.personal_number, "password": "MotCua#2026"})
    digits = re.search(r"\d{6}", Message.objects.filter(template="account_code").latest("pk").body)
    assert digits
    assert client.post("/tai-khoan/dang-nhap/ma/", {"code": digits[0]}).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert stands_for(client.session) is None


def test_who_has_no_organisation_gets_in_for_none(client: Client, national: National) -> None:
    answer = national.portal.find(a_person().personal_number, a_person().password)
    assert answer is not None
    logs_in(client, national, a_person())
    assert stands_for(client.session) is None


@pytest.mark.parametrize(
    "organisation",
    [
        {"organisation_name": "Công ty không có mã số"},
        {"organisation_tax_code": "0198000412"},
        {"organisation_name": "Công ty", "organisation_tax_code": "12345"},
    ],
    ids=["no code", "no name", "no tax code at all"],
)
def test_half_an_organisation_lets_nobody_in(
    client: Client, national: National, director: Person, organisation: dict[str, Any]
) -> None:
    empty = {"organisation_name": None, "organisation_tax_code": None, "organisation_position": None}
    plain = stranger()
    national.portal.people[:] = [plain]
    national.fails("id_token", claims={**empty, **organisation})
    answer = logs_in(client, national, plain)
    assert answer.status_code == 422
    assert "_auth_user_id" not in client.session
    assert not Event.objects.filter(act="account.logged_in").exists()
