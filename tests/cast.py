"""The fixed cast of all tests: the name alone tells what a person may do.

An and Bình are citizens; Chi takes in at the desk, Dũng processes, Giang signs, Khánh numbers and seals;
Quân administers; Hoa works elsewhere. Each function gives the same person however often a test calls it.
"""

from datetime import date, datetime
from functools import cache

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Post, Role
from motcua.core.worktime import VIETNAM

PASSWORD = "Hoa-Sen-2026!"  # of everybody
AN_NUMBER, BINH_NUMBER = "098196004217", "098094001552"


def at(text: str) -> datetime:
    """A moment of Việt Nam's clock: at("25/11/2026 08:35")."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)


def an() -> User:
    """Nguyễn Thị An, a citizen with a verified phone and email."""
    return _citizen("Nguyễn Thị An", AN_NUMBER, date(1996, 3, 5), User.Sex.FEMALE, "+84900000217", "an@example.org")


def binh() -> User:
    """Lê Văn Bình, another citizen, with a phone only."""
    return _citizen("Lê Văn Bình", BINH_NUMBER, date(1994, 7, 20), User.Sex.MALE, "+84900000318", "")


@cache
def _hashed() -> str:
    """The password's hash, made once: a hash is slow on purpose."""
    return make_password(PASSWORD)


def _citizen(name: str, number: str, born: date, sex: str, phone: str, email: str) -> User:
    found = User.objects.filter(personal_number=number).first()
    if found:
        return found
    user = User(
        full_name=name, personal_number=number, birth_date=born, sex=sex,
        phone=phone, phone_verified_at=timezone.now(),
        email=email, email_verified_at=timezone.now() if email else None,
        residence_detail="Tổ 4",
    )  # fmt: skip
    user.password = _hashed()
    user.save()
    return user


def chi(agency: Agency | None = None) -> User:
    """Trần Thị Chi, at the one-stop desk."""
    return _officer("chi.tt", "Trần Thị Chi", "Nhân viên Bộ phận Một cửa", "mot-cua", [Role.RECEPTION], agency)


def mai(agency: Agency | None = None) -> User:
    """Nguyễn Thị Mai, at the one-stop desk as well."""
    return _officer("mai.nt", "Nguyễn Thị Mai", "Nhân viên Bộ phận Một cửa", "mot-cua", [Role.RECEPTION], agency)


def dung(agency: Agency | None = None) -> User:
    """Phạm Văn Dũng, the registrar."""
    return _officer("dung.pv", "Phạm Văn Dũng", "Công chức tư pháp – hộ tịch", "tu-phap", [Role.REGISTRAR], agency)


def lan(agency: Agency | None = None) -> User:
    """Hoàng Thị Lan, a registrar of another unit, for other procedures."""
    return _officer("lan.ht", "Hoàng Thị Lan", "Công chức đăng ký kinh doanh", "van-thu", [Role.REGISTRAR], agency)


def giang(agency: Agency | None = None) -> User:
    """Võ Hoàng Giang, the chairman."""
    return _officer("giang.vh", "Võ Hoàng Giang", "Chủ tịch", "lanh-dao", [Role.LEADER], agency)


def khanh(agency: Agency | None = None) -> User:
    """Bùi Quốc Khánh, the clerk for numbers and seal."""
    return _officer("khanh.bq", "Bùi Quốc Khánh", "Văn thư", "van-thu", [Role.CLERK], agency)


def quan(agency: Agency | None = None) -> User:
    """Đỗ Minh Quân, the administrator."""
    return _officer("quan.dm", "Đỗ Minh Quân", "Quản trị hệ thống", "quan-tri", [Role.ADMINISTRATOR], agency)


def hoa() -> User:
    """Đặng Thị Hoa, who may do everything, but at another agency."""
    from tests.factories import an_agency

    elsewhere = an_agency(slug="ben-do", code="H98.22", short_name="phường Bến Đò", place="98002")
    everything = [Role.RECEPTION, Role.REGISTRAR, Role.LEADER, Role.CLERK]
    return _officer("hoa.dt", "Đặng Thị Hoa", "Công chức", "mot-cua", everything, elsewhere)


def _officer(handle: str, name: str, title: str, unit: str, roles: list[Role], agency: Agency | None) -> User:
    from tests.factories import an_agency

    user = User.objects.filter(handle=handle).first()
    if user is None:
        user = User(kind=User.Kind.OFFICER, handle=handle, full_name=name)
        user.password = _hashed()
        user.save()
    place = (agency or an_agency()).units.get(code=unit)
    Post.objects.get_or_create(
        user=user, unit=place, until=None, defaults={"title": title, "roles": roles, "since": date(2026, 1, 1)}
    )
    return user
