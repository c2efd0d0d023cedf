"""At the demo National portal, in a browser: log in there, and have it do something wrong."""

import json
import urllib.request
from typing import Any

from playwright.sync_api import Page

from motcua.sample import people
from tests.e2e.portal import Portal

NATIONAL = people.national()
PASSWORD = NATIONAL["password"]
# Nobody else's: what other walks have done with the sample's people doesn't matter to them.
NEWCOMERS = [
    {
        "full_name": "Phan Thị Liễu", "personal_number": "098190077701", "birth_date": "1990-02-03", "sex": "nu",
        "phone": "0900000771", "level": "LoA2", "password": PASSWORD,
    },
    {
        "full_name": "Tô Văn Thạch", "personal_number": "098091077702", "birth_date": "1991-06-07", "sex": "nam",
        "phone": "0900000772", "level": "LoA2", "password": PASSWORD,
    },
]  # fmt: skip


def national_person(name: str) -> dict[str, Any]:
    """One of the demo National portal's people by the last word of the name."""
    return next(person for person in [*NATIONAL["people"], *NEWCOMERS] if person["full_name"].split()[-1] == name)


def at_the_national_portal(
    page: Page, portal: Portal, name: str, *, vneid: bool = False, organisation: bool = False
) -> None:
    """Account type, tab, number and password, the OTP, "Xác nhận"; as the guides tell it."""
    person = national_person(name)
    before = len(portal.national_otps(person["phone"]))
    if vneid:
        page.get_by_role("link", name="Tài khoản Định danh điện tử cấp bởi Bộ Công an").click()
        page.get_by_label("Số định danh cá nhân").fill(person["personal_number"])
    elif organisation:
        page.get_by_role("link", name="Tài khoản Định danh điện tử của tổ chức").click()
        page.get_by_label("Số định danh cá nhân của người đại diện").fill(person["personal_number"])
    else:
        page.get_by_role("link", name="Tài khoản cấp bởi Cổng DVC Quốc gia").click()
        page.get_by_role("link", name="CMT/CCCD").click()
        page.get_by_label("Số CMT/CCCD").fill(person["personal_number"])
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_label("Mã OTP").fill(portal.national_otp(person["phone"], after=before))
    page.get_by_role("button", name="Xác nhận").click()
    page.wait_for_url(lambda url: url.startswith(portal.url))


def fails(portal: Portal, **wishes: Any) -> None:
    """Have the demo National portal do something wrong, or know more `people`; nothing named is set right again."""
    issuer = portal.environment["MOTCUA_NATIONAL_ISSUER"]
    request = urllib.request.Request(f"{issuer}/control", json.dumps(wishes).encode())
    urllib.request.urlopen(request, timeout=10).close()
