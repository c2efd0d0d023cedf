"""Open and change accounts."""

from datetime import date

import pytest

from motcua.accounts import services
from motcua.accounts.models import User
from motcua.accounts.queries import recipient_of
from motcua.accounts.services import AccountExists
from motcua.audit.models import Event
from motcua.core.errors import BusinessError
from motcua.notifications.models import Message
from tests import cast

pytestmark = pytest.mark.django_db
MAI = {
    "full_name": "Đỗ Thị Mai",
    "personal_number": "098196000111",
    "birth_date": date(1996, 3, 5),
    "sex": "nu",
    "phone": "0900 000 111",
    "email": "",
    "password": cast.PASSWORD,
}


def register(**facts: object) -> User:
    return services.register(**{**MAI, **facts})  # type: ignore[arg-type]


def test_registering_opens_a_verified_account_and_tells_so() -> None:
    mai = register()
    assert (mai.phone, mai.kind, mai.assurance) == ("+84900000111", "citizen", "co-ban")
    assert mai.phone_verified_at
    assert not mai.email_verified_at
    assert mai.check_password(cast.PASSWORD)
    assert Message.objects.get(template="account_opened").address == "+84900000111"
    event = Event.objects.get(act="account.registered")
    assert (event.subject_ref, event.actor_name) == (str(mai.pk), "Đỗ Thị Mai")


def test_registering_by_email_verifies_the_email_only() -> None:
    mai = register(email="mai@example.org", email_verified=True)
    assert recipient_of(mai).email == "mai@example.org"
    assert recipient_of(mai).phone == ""


def test_a_number_has_one_account() -> None:
    register()
    with pytest.raises(AccountExists):
        register(full_name="Người Khác")
    assert User.objects.count() == 1


def test_the_number_must_agree_with_birth_and_sex() -> None:
    with pytest.raises(BusinessError, match="năm sinh là 1996"):
        register(birth_date=date(1995, 3, 5))
    assert not User.objects.exists()


def test_the_sample_opens_citizens_without_messages() -> None:
    an = services.open_citizen(
        "Nguyễn Thị An", "098162004217", date(1962, 9, 2), "nu", "0900000217", "an@example.org", "x",
        residence_detail="Tổ 4", by=None,
    )  # fmt: skip
    assert recipient_of(an).phone == "+84900000217"
    assert not Message.objects.exists()
    assert Event.objects.get(act="account.opened").actor_name == "Hệ thống"


def test_two_officers_cannot_share_a_handle() -> None:
    services.open_officer("Chi.TT", "Trần Thị Chi", "x", by=None)
    with pytest.raises(BusinessError, match=r"chi\.tt"):
        services.open_officer("chi.tt", "Người Khác", "x", by=None)


def test_a_password_change_is_told() -> None:
    an = cast.an()
    services.change_password(an, "Một-Khẩu-9", by=an)
    an.refresh_from_db()
    assert an.check_password("Một-Khẩu-9")
    assert {message.channel for message in Message.objects.filter(template="password_changed")} == {"sms", "email"}
    assert Event.objects.filter(act="account.password_changed").exists()


def test_a_new_phone_is_told_to_the_old_one() -> None:
    binh = cast.binh()
    services.change_phone(binh, "0900000999", by=binh)
    binh.refresh_from_db()
    assert binh.phone == "+84900000999"
    assert Message.objects.get(template="contact_changed").address == "+84900000318"


def test_data_stay_true_to_the_number() -> None:
    an = cast.an()
    services.change_profile(an, {"full_name": "Nguyễn Thị Ân"}, by=an)
    with pytest.raises(BusinessError):
        services.change_profile(an, {"sex": "nam"}, by=an)
    an.refresh_from_db()
    assert (an.full_name, an.sex) == ("Nguyễn Thị Ân", "nu")
    assert Event.objects.get(act="account.changed").data == {"fields": ["full_name"]}
