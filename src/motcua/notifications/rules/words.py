"""The letters and names that an SMS may have, moments in words, and when a message is tried again."""

from datetime import datetime

from motcua.core.text import without_accents
from motcua.core.worktime import local

SMS_LENGTH = 160  # one segment of the GSM alphabet; a longer one is paid twice
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

# Seconds until the next try. A code is good for minutes: a late one only confuses.
PAUSES = (15, 60, 5 * 60, 15 * 60, 3600, 2 * 3600, 4 * 3600)
PAUSES_OF_A_CODE = (5, 10, 20, 40)
PAUSES_BEFORE_ANOTHER_WAY = (15, 60, 5 * 60)  # then the next way is quicker than waiting

# Customary short forms, so that what tells one agency from another stays readable in an SMS.
SHORT_FORMS = (
    ("Trung tâm Phục vụ hành chính công", "TTPVHCC"),
    ("Ủy ban nhân dân", "UBND"),
    ("Uỷ ban nhân dân", "UBND"),
)


def pause(attempts: int, *, secret: bool, another_way: bool = False) -> int | None:
    """Seconds until the next try after so many; None: give up.

    Args:
        another_way: the same news can go by another channel.
    """
    pauses = PAUSES_OF_A_CODE if secret else PAUSES_BEFORE_ANOTHER_WAY if another_way else PAUSES
    return pauses[attempts - 1] if attempts <= len(pauses) else None


def unaccented(text: str) -> str:
    """The letters of the GSM alphabet only: what most gateways take, at 160 characters a segment."""
    kept = without_accents(text)
    for fancy, simple in (("–", "-"), ("—", "-"), ("“", '"'), ("”", '"'), ("’", "'"), ("…", "..."), ("\xa0", " ")):
        kept = kept.replace(fancy, simple)
    return " ".join(kept.encode("ascii", "ignore").decode().split())


def shortened(name: str, room: int) -> str:
    """An agency's name in at most so many letters."""
    for long, short in SHORT_FORMS:
        name = name.replace(long, short)
    return name if len(name) <= room else name[: room - 3].rstrip() + "..."


def moment(value: datetime | None) -> str:
    """ "17:00 thứ Năm, 26/11/2026", in Vietnam's time."""
    if value is None:
        return ""
    here = local(value)
    return f"{here:%H:%M} {WEEKDAYS[here.weekday()]}, {here:%d/%m/%Y}"


def moment_in_short(value: datetime | None) -> str:
    """ "17:00 26/11/2026", for an SMS."""
    return f"{local(value):%H:%M %d/%m/%Y}" if value else ""
