"""Somebody opens an account with another person's number, and waits until that person comes in through the portal."""

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.accounts.models import User
from motcua.audit.models import Event
from motcua.notifications.models import Message
from tests import cast
from tests.accounts.helpers import last_code
from tests.accounts.national.peers import National, a_person, logs_in

pytestmark = pytest.mark.django_db
THIEF = {"phone": "+84900000666", "email": "thief@example.org"}


@pytest.fixture
def squatted() -> User:
    """An's number and birth date, with a phone, an email and a password of somebody else."""
    an = cast.an()
    User.objects.filter(pk=an.pk).update(full_name="Kẻ Mạo Danh", **THIEF)
    an.refresh_from_db()
    return an


def test_the_real_person_gets_in_and_the_thief_has_no_key_any_more(
    client: Client, national: National, squatted: User
) -> None:
    thief = Client()
    thief.force_login(squatted)
    assert thief.get("/ho-so/").status_code == 200
    assert logs_in(client, national, a_person()).status_code == 302
    assert client.get("/ho-so/").status_code == 200
    assert thief.get("/ho-so/").status_code == 302  # their session has ended
    squatted.refresh_from_db()
    assert (squatted.full_name, squatted.phone, squatted.email) == ("NGUYỄN THỊ AN", "+84900000217", "an@example.org")
    assert not squatted.has_usable_password()
    assert not squatted.check_password(cast.PASSWORD)
    assert Event.objects.filter(act="account.keys_renewed").count() == 1


def test_old_and_new_addresses_are_told(client: Client, national: National, squatted: User) -> None:
    logs_in(client, national, a_person())
    told = {(message.template, message.address) for message in Message.objects.all()}
    assert told == {
        ("account_linked", THIEF["phone"]), ("account_linked", THIEF["email"]),
        ("account_keys_renewed", "+84900000217"), ("account_keys_renewed", "an@example.org"),
    }  # fmt: skip


def test_a_recovery_under_way_sets_no_password(
    client: Client, national: National, squatted: User, run_jobs: Callable[..., int]
) -> None:
    thief = Client()
    thief.post("/tai-khoan/quen-mat-khau/", {"number": cast.AN_NUMBER})
    run_jobs()
    assert thief.post("/tai-khoan/quen-mat-khau/ma/", {"code": last_code(THIEF["phone"])}).status_code == 302
    form = {"password": "Cua-Toi#2027", "again": "Cua-Toi#2027"}
    assert "Mật khẩu mới" in thief.get("/tai-khoan/quen-mat-khau/mat-khau/").content.decode()
    logs_in(client, national, a_person())
    thief.post("/tai-khoan/quen-mat-khau/mat-khau/", form)
    squatted.refresh_from_db()
    assert not squatted.has_usable_password()


@pytest.mark.parametrize(
    "proven", [{"phone": "+84900000217"}, {"email": "AN@example.org"}, {"assurance": "trung-binh"}]
)
def test_who_has_proven_to_be_the_person_keeps_password_and_addresses(
    client: Client, national: National, squatted: User, proven: dict[str, str]
) -> None:
    User.objects.filter(pk=squatted.pk).update(**proven)
    logs_in(client, national, a_person())
    squatted.refresh_from_db()
    assert squatted.check_password(cast.PASSWORD)
    assert squatted.full_name == "Kẻ Mạo Danh"
    assert not Event.objects.filter(act="account.keys_renewed").exists()


def test_an_address_that_was_never_proven_here_proves_nothing(
    client: Client, national: National, squatted: User
) -> None:
    User.objects.filter(pk=squatted.pk).update(phone="+84900000217", phone_verified_at=None)
    logs_in(client, national, a_person())
    squatted.refresh_from_db()
    assert not squatted.has_usable_password()
    assert squatted.phone_verified_at
