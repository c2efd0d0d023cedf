"""Chosen ways and the link with Zalo: acts."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from motcua.accounts import services
from motcua.accounts.models import User, ZaloCode
from motcua.accounts.queries import recipient_of, ways_of
from motcua.accounts.services.notices import LINKED, UNKNOWN, forget_ways
from motcua.audit.models import Event
from motcua.core.errors import BusinessError
from motcua.notifications.models import Message
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def an() -> User:
    return cast.an()


def test_until_somebody_chooses_it_is_sms_and_email(an: User) -> None:
    assert ways_of(an) == ["sms", "email"]
    assert recipient_of(an).ways == ()
    assert recipient_of(an).zalo == ""


def test_what_is_chosen_counts_and_is_recorded(an: User) -> None:
    an = services.choose_ways(an, ["email", "zalo"], by=an)
    to = recipient_of(an)
    assert (to.ways, to.zalo, to.phone, to.email) == (("zalo", "email"), an.phone, an.phone, an.email)
    assert Event.objects.get(act="account.notices_chosen").data == {"ways": ["zalo", "email"]}
    services.choose_ways(an, ["zalo", "email"], by=an)
    assert Event.objects.filter(act="account.notices_chosen").count() == 1


@pytest.mark.parametrize(
    ("ways", "change"),
    [
        ([], {}), (["pigeon"], {}), (["email"], {"email_verified_at": None}), (["sms"], {"phone_verified_at": None}),
        (["zalo"], {"phone_verified_at": None}),
    ],
)  # fmt: skip
def test_ways_that_lead_nowhere_are_refused(an: User, ways: list[str], change: dict[str, object]) -> None:
    User.objects.filter(pk=an.pk).update(**change)
    with pytest.raises(BusinessError):
        services.choose_ways(an, ways, by=an)


def test_a_code_links_whoever_writes_it_once(an: User) -> None:
    code = services.begin_zalo_link(an)
    assert services.take_zalo_code("4001", f" {code[:3].lower()} {code[3:]}") == LINKED
    an.refresh_from_db()
    assert (an.zalo_user, an.zalo_linked_at is not None) == ("4001", True)
    assert services.take_zalo_code("4002", code) == UNKNOWN
    told = set(Message.objects.filter(template="account_zalo_linked").values_list("channel", flat=True))
    assert told == {"sms", "email"}
    assert code not in "".join(ZaloCode.objects.values_list("digest", flat=True))


def test_two_accounts_of_a_family_may_share_a_zalo(an: User) -> None:
    other = cast.binh()
    for person in (an, other):
        assert services.take_zalo_code("4001", services.begin_zalo_link(person)) == LINKED
    assert User.objects.filter(zalo_user="4001").count() == 2


def test_an_old_code_and_one_before_the_last_link_nobody(an: User) -> None:
    first = services.begin_zalo_link(an)
    second = services.begin_zalo_link(an)
    assert services.take_zalo_code("4001", first) == UNKNOWN
    ZaloCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert services.take_zalo_code("4001", second) == UNKNOWN
    assert services.clear_zalo_codes() == 1


@pytest.mark.parametrize("text", ["", "xin chào", "NH-7K3F-92XA", "23456", "2345678", "ABCD0O", "mã của tôi"])
def test_other_words_are_not_for_us(text: str) -> None:
    assert services.take_zalo_code("4001", text) == ""


def test_codes_have_an_end(an: User) -> None:
    for _ in range(10):
        services.begin_zalo_link(an)
    with pytest.raises(BusinessError, match="một giờ"):
        services.begin_zalo_link(an)


def test_the_link_ends_when_the_person_says_so(an: User) -> None:
    services.take_zalo_code("4001", services.begin_zalo_link(an))
    services.choose_ways(an, ["zalo"], by=an)
    an = services.unlink_zalo(an, by=an)
    assert (an.zalo_user, recipient_of(an).zalo_user) == ("", "")
    assert an.notice_ways == ["zalo"]  # by the phone
    services.unlink_zalo(an, by=an)
    assert Event.objects.filter(act="account.zalo_unlinked").count() == 1


def test_without_a_phone_zalo_is_no_way_any_more_after_that(an: User) -> None:
    services.take_zalo_code("4001", services.begin_zalo_link(an))
    User.objects.filter(pk=an.pk).update(phone_verified_at=None)
    services.choose_ways(an, ["zalo"], by=an)
    assert services.unlink_zalo(an, by=an).notice_ways == []


def test_an_account_that_changes_hands_forgets_zalo_and_choice(an: User) -> None:
    services.take_zalo_code("4001", services.begin_zalo_link(an))
    an = services.choose_ways(an, ["zalo"], by=an)
    services.begin_zalo_link(an)
    forget_ways(an)
    an.refresh_from_db()
    assert (an.zalo_user, an.notice_ways, ZaloCode.objects.count()) == ("", [], 0)


def test_a_recipient_costs_no_query(an: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        recipient_of(an)
