"""Who has an account at the demo National portal (sample/people.json, "national")."""

import hashlib
from dataclasses import dataclass, replace
from typing import Any

LEVELS = ("LoA1", "LoA2")


@dataclass(frozen=True)
class Person:
    """An account there.

    Attributes:
        level: the best that this person can prove: LoA1 by the portal's own account, LoA2 by VNeID.
        verified: the portal has checked the personal number.
        phone: as the gateways want it, "84…".
    """

    personal_number: str
    full_name: str
    birth_date: str
    sex: str
    phone: str
    email: str = ""
    level: str = "LoA2"
    verified: bool = True
    password: str = ""
    twin: str = ""  # another account with the same number gets another subject by it
    organisation: str = ""  # whose account they may use: name, tax code, position
    tax_code: str = ""
    position: str = ""
    told: str = ""  # what one can try with this person, on the list

    @property
    def subject(self) -> str:
        """The lasting name; says nothing of the person."""
        return hashlib.sha256(f"demo-national|{self.personal_number}|{self.twin}".encode()).hexdigest()[:32]

    def claims(self, *, for_organisation: bool = False) -> dict[str, Any]:
        """What a client with the right scopes learns."""
        return {
            **(self._organisation() if for_organisation else {}),
            "name": self.full_name,
            "personal_number": self.personal_number,
            "personal_number_verified": self.verified,
            "birthdate": self.birth_date,
            "gender": {"nam": "male", "nu": "female"}[self.sex],
            "phone_number": f"+{self.phone}",
            "phone_number_verified": True,
            "email": self.email,
            "email_verified": bool(self.email),
        }

    def _organisation(self) -> dict[str, Any]:
        return {
            "organisation_name": self.organisation,
            "organisation_tax_code": self.tax_code,
            "organisation_position": self.position,
        }


def person(said: dict[str, Any], password: str) -> Person:
    """One account as the file, or a test, describes it."""
    found = Person(**{"email": "", **said})
    digits = found.phone.lstrip("+")
    phone = "84" + digits[1:] if digits.startswith("0") else digits
    return replace(found, phone=phone, password=found.password or password)
