"""Letters that lie: names that read backwards, words that nobody sees, lines that forge a header."""

from typing import Any

import pytest
from django.core import mail

from motcua.core.text import clean, clean_lines
from motcua.documents.pdf import make_pdf
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.refusing import Why
from motcua.dossiers.services import reception
from motcua.notifications.services import Recipient, deliver, notify
from tests.cast import an, chi
from tests.security.conftest import Things, browser

UNSEEN = "\u202e\u202d\u2066\u2069\u200b\u200c\u200e\u200f\u00ad\ufeff\u2060\x00\x07\x1b\x7f\u061c\U000e0041\ud800"


@pytest.mark.parametrize("cleaned", [clean, clean_lines])
def test_what_nobody_sees_is_not_kept(cleaned: Any) -> None:
    assert cleaned(f"Ng{UNSEEN}uyễn An") == "Nguyễn An"
    assert cleaned("A\u200dn") == "An"  # a joiner between letters


def test_a_line_break_never_gets_into_a_line() -> None:
    assert clean("An\r\nBcc: x@example.org\u2028y") == "An Bcc: x@example.org y"


@pytest.mark.django_db
def test_no_unseen_letter_reaches_the_desk(draft: Things) -> None:
    url = f"/nop/{draft.dossier.ref}/to-khai/tre-em/"
    browser(an()).post(url, {"child_name": f"Lê{UNSEEN[:-1]} Khuê", "mother_name": "\u202eàH"})
    answers = Dossier.objects.get(pk=draft.dossier.pk).answers
    assert (answers["child_name"], answers["mother_name"]) == ("Lê Khuê", "àH")


@pytest.mark.django_db
def test_no_form_writes_into_the_head_of_a_letter(handed_in: Things, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    reason = "Thiếu giấy\r\nBcc: x@example.org\r\n\r\n<script>alert(1)</script>{{ portal }}{% now 'Y' %}"
    reception.decline(handed_in.dossier, Why(reason), by=chi())
    message = notify("password_changed", Recipient(email="an@example.org"), key="x\r\nBcc: y@example.org", at=None)[0]
    message.subject = "Đổi\r\nBcc: x@example.org"
    message.save(update_fields=["subject"])
    deliver(message.pk)
    letter = mail.outbox[-1].message()
    assert "Bcc" not in letter
    assert letter["To"] == "an@example.org"
    told = browser(an()).get(f"/ho-so/{handed_in.dossier.ref}/").content.decode()
    assert "<script>alert(1)" not in told
    assert "{{ portal }}" in told or "{{ portal" in told  # said as it was typed, never run


def test_nothing_typed_becomes_part_of_the_program_that_sets_a_pdf() -> None:
    typed = '#panic("x") #read("/etc/passwd") $ \\ ] } ) " // /* `'
    values = {
        "draft": True, "child_name": typed, "child_birth_date": typed, "mother_name": typed, "agency": typed,
        "registered_on": "25/11/2026",
    }  # fmt: skip
    assert make_pdf("giay-khai-sinh", values, title=typed).startswith(b"%PDF")
