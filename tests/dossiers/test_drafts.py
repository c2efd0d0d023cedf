"""Starting, filling in and discarding a draft: nothing typed is lost."""

import pytest
from django.http import Http404, QueryDict

from motcua.core.errors import BusinessError, Conflict
from motcua.dossiers.models import Dossier, State
from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.rules.merging import Seen, mark_of
from motcua.dossiers.services import drafts
from motcua.dossiers.services.submission import submit
from tests.cast import an, binh, chi
from tests.factories import a_draft, a_filled_draft, a_place, an_offering

pytestmark = pytest.mark.django_db


def typed(text: str) -> QueryDict:
    return QueryDict(text)


# ---- Start ----


def test_a_draft_has_its_number_and_its_applicant_from_the_first_moment() -> None:
    dossier = a_draft()
    assert dossier.state == State.DRAFT
    assert dossier.ref.startswith("NH-")
    assert dossier.applicant["full_name"] == "Nguyễn Thị An"
    assert dossier.applicant["birth_date"] == "1996-03-05"
    assert dossier.delivery["hand_in"] == "truc-tuyen"  # the only way there is


def test_the_place_of_residence_is_kept_with_its_name() -> None:
    user = an()
    user.residence = a_place()
    user.save(update_fields=["residence"])
    dossier = a_draft(user)
    assert dossier.applicant["residence_province"] == "98"
    assert dossier.applicant["residence_name"] == "Phường Hoa Sen, tỉnh Minh Giang"


def test_a_second_click_finds_the_draft_of_the_first() -> None:
    assert a_draft().pk == a_draft().pk


def test_a_draft_with_something_in_it_is_not_given_out_again() -> None:
    first = a_draft()
    drafts.save_answers(first, "tre-em", typed("child_name=Khuê"), by=an())
    assert a_draft().pk != first.pk


def test_a_closed_service_starts_nothing() -> None:
    version = an_offering()
    version.offering.open = False
    version.offering.save(update_fields=["open"])
    with pytest.raises(BusinessError, match="ngừng nhận"):
        a_draft(version=version)


def test_an_officer_starts_nothing() -> None:
    with pytest.raises(BusinessError, match="Tài khoản cán bộ"):
        a_draft(chi())


def test_there_is_an_end_to_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 2)
    for name in ("Một", "Hai"):
        drafts.save_answers(a_draft(), "tre-em", typed(f"child_name={name}"), by=an())
    with pytest.raises(BusinessError, match="2 bản nháp"):
        a_draft()


# ---- Save ----


def test_what_is_wrong_is_kept_as_it_was_typed() -> None:
    dossier = a_draft()
    page = "child_name=Khuê&birth_date__day=30&birth_date__month=2&birth_date__year=2026&copies=nhiều"
    drafts.save_answers(dossier, "tre-em", typed(page), by=an())
    dossier.refresh_from_db()
    assert dossier.answers["birth_date"] == {"day": "30", "month": "2", "year": "2026"}
    assert dossier.answers["copies"] == "nhiều"


def test_fields_that_were_not_posted_stay() -> None:
    dossier = a_draft()
    drafts.save_answers(dossier, "tre-em", typed("child_name=Khuê&mother_name=Hà"), by=an())
    saved = drafts.save_answers(dossier, "tre-em", typed("child_name=Minh Khuê"), by=an()).dossier
    assert saved.answers["mother_name"] == "Hà"
    assert saved.answers["child_name"] == "Minh Khuê"


def test_decomposed_accents_and_emoji_are_kept_composed() -> None:
    dossier = a_draft()
    saved = drafts.save_answers(dossier, "tre-em", typed("child_name=Khue\u0302\u0301 🌸"), by=an()).dossier
    assert saved.answers["child_name"] == "Khuế 🌸"


def test_a_save_that_changes_nothing_keeps_the_revision() -> None:
    dossier = a_draft()
    first = drafts.save_answers(dossier, "tre-em", typed("child_name=Khuê"), by=an()).dossier.revision
    assert drafts.save_answers(dossier, "tre-em", typed("child_name=Khuê"), by=an()).dossier.revision == first


def test_the_owner_is_copied_from_the_applicant() -> None:
    dossier = a_filled_draft()
    assert dossier.owner["full_name"] == "Nguyễn Thị An"
    assert dossier.owner["residence_name"] == "Phường Hoa Sen, tỉnh Minh Giang"


def test_the_owner_may_be_somebody_without_a_number() -> None:
    a_place()
    dossier = a_draft()
    page = (
        "full_name=Trần Thu Hà&personal_number=&birth_date__day=1&birth_date__month=2&birth_date__year=1999&sex=nu"
        "&residence__province=98&residence__commune=98001"
    )
    saved = drafts.save_person(dossier, "owner", typed(page), by=an()).dossier
    assert reads.person_problems(saved, "owner") == []


def test_a_number_that_does_not_fit_the_birth_date_is_told() -> None:
    dossier = a_draft()
    page = (
        "full_name=Hà&personal_number=098196004217&birth_date__day=1&birth_date__month=2&birth_date__year=1999&sex=nu"
    )
    saved = drafts.save_person(dossier, "owner", typed(page), by=an()).dossier
    assert any("năm sinh" in problem.message for problem in reads.person_problems(saved, "owner"))


# ---- Two windows ----


def test_the_later_save_wins_and_says_what_the_other_window_had() -> None:
    dossier = a_draft()
    opened = dossier.revision
    drafts.save_answers(dossier, "tre-em", typed("child_name=Minh Khuê"), by=an(), seen=Seen(opened, "one", 1))
    saved = drafts.save_answers(dossier, "tre-em", typed("child_name=Mai Khuê"), by=an(), seen=Seen(opened, "two", 1))
    assert saved.dossier.answers["child_name"] == "Mai Khuê"
    assert [(change.label, change.other) for change in saved.overwritten] == [("Họ, chữ đệm, tên", "Minh Khuê")]


def test_other_fields_of_the_other_window_are_no_news() -> None:
    dossier = a_draft()
    drafts.save_answers(dossier, "tre-em", typed("mother_name=Hà"), by=an(), seen=Seen(0, "one", 1))
    saved = drafts.save_answers(dossier, "tre-em", typed("child_name=Khuê"), by=an(), seen=Seen(0, "two", 1))
    assert saved.overwritten == ()
    assert saved.dossier.answers == {"mother_name": "Hà", "child_name": "Khuê"}


def test_a_page_is_not_surprised_by_its_own_saves() -> None:
    dossier = a_draft()
    drafts.save_answers(dossier, "tre-em", typed("child_name=Kh"), by=an(), seen=Seen(0, "one", 1))
    saved = drafts.save_answers(dossier, "tre-em", typed("child_name=Khuê"), by=an(), seen=Seen(0, "one", 2))
    assert saved.overwritten == ()


def test_a_save_that_was_overtaken_on_the_way_undoes_nothing() -> None:
    dossier = a_draft()
    drafts.save_answers(dossier, "tre-em", typed("child_name=Khuê"), by=an(), seen=Seen(0, "one", 2))
    saved = drafts.save_answers(dossier, "tre-em", typed("child_name=Kh"), by=an(), seen=Seen(0, "one", 1))
    assert saved.dossier.answers["child_name"] == "Khuê"


def test_what_was_not_touched_here_does_not_undo_the_other_window() -> None:
    dossier = a_draft()
    drafts.save_answers(dossier, "tre-em", typed("mother_name=Hà"), by=an(), seen=Seen(0, "one", 1))
    shown = {"child_name": mark_of(None), "mother_name": mark_of("")}
    whole = typed("child_name=Khuê&mother_name=")
    saved = drafts.save_answers(dossier, "tre-em", whole, by=an(), seen=Seen(0, "two", 1, shown))
    assert saved.overwritten == ()
    assert saved.dossier.answers == {"mother_name": "Hà", "child_name": "Khuê"}


def test_what_was_emptied_here_is_empty() -> None:
    dossier = a_draft()
    drafts.save_answers(dossier, "tre-em", typed("mother_name=Hà"), by=an(), seen=Seen(0, "one", 1))
    shown = {"mother_name": mark_of("Hà")}
    saved = drafts.save_answers(dossier, "tre-em", typed("mother_name="), by=an(), seen=Seen(1, "two", 1, shown))
    assert saved.dossier.answers["mother_name"] == ""


def test_a_place_of_the_other_window_is_told_in_words() -> None:
    a_place()
    a_place("98002")
    dossier = a_draft()
    here, there = ("residence__province=98&residence__commune=" + code for code in ("98001", "98002"))
    drafts.save_person(dossier, "owner", typed(here), by=an(), seen=Seen(0, "one", 1))
    saved = drafts.save_person(dossier, "owner", typed(there), by=an(), seen=Seen(0, "two", 1))
    assert [(change.label, change.other) for change in saved.overwritten] == [
        ("Nơi cư trú", "Phường Hoa Sen, tỉnh Minh Giang")
    ]


# ---- Whose it is, and when it ends ----


def test_nobody_else_can_save_or_discard() -> None:
    dossier = a_draft()
    with pytest.raises(Http404):
        drafts.save_answers(dossier, "tre-em", typed("child_name=X"), by=binh())
    with pytest.raises(Http404):
        drafts.discard(dossier, by=binh())


def test_what_is_handed_in_cannot_be_changed() -> None:
    dossier = submit(a_filled_draft(), by=an())
    with pytest.raises(Conflict, match="đã được nộp"):
        drafts.save_answers(dossier, "tre-em", typed("child_name=X"), by=an())
    with pytest.raises(Conflict):
        drafts.discard(dossier, by=an())


def test_a_discarded_draft_is_gone_with_its_papers() -> None:
    dossier = a_filled_draft()
    drafts.discard(dossier, by=an())
    assert not Dossier.objects.filter(pk=dossier.pk).exists()
    with pytest.raises(Conflict, match="đã được xóa"):
        drafts.save_answers(dossier, "tre-em", typed("child_name=X"), by=an())
