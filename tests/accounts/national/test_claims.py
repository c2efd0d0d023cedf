"""Claims as they may come: which means what is configured."""

from datetime import date
from typing import Any

import pytest

from motcua.accounts.national.claims import person
from motcua.accounts.national.errors import Incomplete

NAMES = {
    "personal_number": "soDinhDanh", "full_name": "hoTen", "birth_date": "ngaySinh", "sex": "gioiTinh",
    "phone": "dienThoai", "phone_verified": "dienThoaiXacThuc", "email": "thu", "number_verified": "daXacMinh",
}  # fmt: skip
LEVELS = {"LoA1": "trung-binh", "LoA2": "cao"}
SAID = {
    "iss": "https://national.example", "sub": "abc", "soDinhDanh": "098196004217", "hoTen": "Nguyễn Thị An",
    "ngaySinh": "1996-03-05", "gioiTinh": "Nữ", "dienThoai": "0900000217", "dienThoaiXacThuc": True, "daXacMinh": True,
}  # fmt: skip


def read(names: dict[str, str] = NAMES, **said: Any) -> Any:
    return person(SAID | said, names, LEVELS)


def test_another_portals_names_are_read_by_configuration() -> None:
    found = read(acr="LoA2")
    assert (found.personal_number, found.full_name, found.birth_date) == (
        "098196004217", "Nguyễn Thị An", date(1996, 3, 5),
    )  # fmt: skip
    assert (found.sex, found.phone, found.verified, found.assurance) == ("nu", "+84900000217", True, "cao")


@pytest.mark.parametrize("said", ["1996-03-05", "05/03/1996", "19960305", "05-03-1996"])
def test_birth_dates_come_in_several_forms(said: str) -> None:
    assert read(ngaySinh=said).birth_date == date(1996, 3, 5)


@pytest.mark.parametrize("said", ["Nữ", "nu", "female", "F", "", None])
def test_the_sex_comes_in_several_forms_or_from_the_number(said: str | None) -> None:
    assert read(gioiTinh=said).sex == "nu"


@pytest.mark.parametrize(
    ("acr", "level"), [("LoA1", "trung-binh"), ("LoA2", "cao"), ("LoA9", "co-ban"), (None, "co-ban")]
)
def test_levels_by_configuration_and_unknown_ones_count_as_the_lowest(acr: str | None, level: str) -> None:
    assert read(acr=acr).assurance == level


@pytest.mark.parametrize(
    ("said", "verified"), [(True, True), ("true", True), ("1", True), (False, False), (None, False), ("no", False)]
)
def test_a_number_is_verified_only_when_the_portal_says_so(said: Any, verified: bool) -> None:
    assert read(daXacMinh=said, acr="LoA2").verified is verified


def test_where_no_claim_says_so_the_level_must() -> None:
    names = {ours: theirs for ours, theirs in NAMES.items() if ours != "number_verified"}
    assert read(names, acr="LoA1").verified
    assert not read(names, acr="LoA9").verified
    assert not read(names).verified


def test_an_unverified_phone_or_a_broken_address_is_left_out() -> None:
    assert read(dienThoaiXacThuc=False).phone == ""
    assert read(dienThoai="12").phone == ""
    assert read(thu="not an address").email == ""
    assert read(thu="an@example.org").email == "an@example.org"


@pytest.mark.parametrize(
    "wrong",
    [
        {"soDinhDanh": None}, {"soDinhDanh": "098196"}, {"soDinhDanh": "09819600421x"}, {"soDinhDanh": ["098196"]},
        {"hoTen": ""}, {"hoTen": "<b>An</b>"}, {"hoTen": "A" * 300},
        {"ngaySinh": None}, {"ngaySinh": "1996"}, {"ngaySinh": "1990-01-01"}, {"gioiTinh": "nam"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Incomplete):
        read(**wrong)
