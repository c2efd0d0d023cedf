"""Read what the National portal says of a person. Which claim means what is configured: its names were never published.

MOTCUA_NATIONAL_CLAIMS names a claim for each of ours, MOTCUA_NATIONAL_ACR a level of ours for each of its own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.accounts.models import User
from motcua.accounts.national.errors import Incomplete
from motcua.accounts.rules import check_full_name
from motcua.core.identity import FEMALE, MALE, check_personal_number, normalise_number, normalise_phone, year_and_sex
from motcua.core.text import clean

NEEDED = ("personal_number", "full_name", "birth_date")
OPTIONAL = (
    "sex", "phone", "phone_verified", "email", "email_verified", "number_verified",
    "organisation_name", "organisation_code", "organisation_position",
)  # fmt: skip
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%d-%m-%Y")
SEXES = {"nam": MALE, "male": MALE, "m": MALE, "1": MALE, "nữ": FEMALE, "nu": FEMALE, "female": FEMALE, "f": FEMALE}
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+")
TAX_CODE = re.compile(r"\d{10}(-?\d{3})?|\d{12}")  # of an enterprise, its branch; of a household business


@dataclass(frozen=True)
class NationalOrganisation:
    """An organisation that somebody has come for (tổ chức), by its electronic identity (NĐ 69/2024 Điều 7, 9)."""

    name: str
    code: str  # mã số thuế, which is the enterprise's number too
    position: str  # "Giám đốc"


@dataclass(frozen=True)
class NationalPerson:
    """Who has come, by the National portal's word.

    Attributes:
        subject: their lasting name there; says nothing of the person.
        verified: the portal answers for the personal number.
        phone: as +84…, empty if there is none or it isn't verified; `email` likewise.
        assurance: a value of `User.Assurance`.
        organisation: whom they stand for, if they used an organisation's account; None: themselves.
    """

    issuer: str
    subject: str
    personal_number: str
    verified: bool
    full_name: str
    birth_date: date
    sex: str
    phone: str
    email: str
    assurance: str
    organisation: NationalOrganisation | None = None


def person(claims: Mapping[str, Any], names: Mapping[str, str], levels: Mapping[str, str]) -> NationalPerson:
    """Who it is.

    Args:
        claims: of the ID token and the user-info answer, whose subjects agree.
        names: our name → the claim's.
        levels: `acr` → a value of `User.Assurance`.

    Raises:
        Incomplete: number, name or birth date is missing or makes no sense.
    """
    said = {ours: claims.get(theirs) for ours, theirs in names.items()}
    number = normalise_number(str(said.get("personal_number") or ""))
    name, born = clean(str(said.get("full_name") or "")), _day(said.get("birth_date"))
    if born is None or check_full_name(name) or check_personal_number(number, birth_date=born):
        raise Incomplete
    assurance = levels.get(str(claims.get("acr") or ""), User.Assurance.BASIC.value)
    sex = SEXES.get(str(said.get("sex") or "").strip().lower()) or year_and_sex(number)[1]
    if check_personal_number(number, sex=sex):
        raise Incomplete
    return NationalPerson(
        issuer=str(claims["iss"]),
        subject=str(claims["sub"]),
        personal_number=number,
        verified=_true(said["number_verified"])
        if "number_verified" in names
        else assurance != User.Assurance.BASIC.value,
        full_name=name,
        birth_date=born,
        sex=sex,
        phone=_phone(said) if "phone_verified" not in names or _true(said.get("phone_verified")) else "",
        email=_email(said) if "email_verified" not in names or _true(said.get("email_verified")) else "",
        assurance=assurance,
        organisation=_organisation(said),
    )


def _organisation(said: Mapping[str, Any]) -> NationalOrganisation | None:
    """
    Raises:
        Incomplete: an organisation is spoken of, but not which.
    """
    name = clean(str(said.get("organisation_name") or ""))[:200]
    code = clean(str(said.get("organisation_code") or ""))
    if not name and not code:
        return None
    if not name or not TAX_CODE.fullmatch(code):
        raise Incomplete
    return NationalOrganisation(name, code, clean(str(said.get("organisation_position") or ""))[:100])


def _day(said: Any) -> date | None:
    for form in DAYS:
        try:
            return datetime.strptime(str(said), form).date()  # noqa: DTZ007 (a day, no moment)
        except ValueError:
            continue
    return None


def _true(said: Any) -> bool:
    return said is True or str(said).lower() in {"true", "1"}


def _phone(said: Mapping[str, Any]) -> str:
    try:
        return normalise_phone(str(said.get("phone") or ""))
    except ValueError:
        return ""


def _email(said: Mapping[str, Any]) -> str:
    found = str(said.get("email") or "").strip()
    return found if EMAIL.fullmatch(found) and len(found) <= 254 else ""
