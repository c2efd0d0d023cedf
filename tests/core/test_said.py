"""Sentences that are Vietnamese wherever they are kept, and English where an English page shows them."""

import copy
import pickle
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.utils.formats import number_format
from django.utils.translation import gettext, override

from motcua.core.errors import BusinessError
from motcua.core.words import Bilingual, Said, grouped, listing, money, named, say, translated
from motcua.dossiers.queries.people import spoken_moment


def test_a_sentence_is_a_plain_vietnamese_text() -> None:
    said = say("{time} {day}", time="17:00", day="thứ Năm")
    assert said == "17:00 thứ Năm"
    assert f"{said}!" == "17:00 thứ Năm!"
    with override("en"):
        assert said == "17:00 thứ Năm"


def test_the_edge_translates_the_template_and_what_was_said_inside_it() -> None:
    said = say("{time} {day}", time="17:00", day=say("thứ Năm"))
    with override("en"):
        assert translated(said) == "17:00, Thursday"
    assert translated(said) == "17:00 thứ Năm"


def test_a_person_called_as_a_word_of_ours_keeps_the_name() -> None:
    with override("en"):
        assert translated(say("{time} {day}", time="", day="thứ Hai")) == ", thứ Hai"


def test_amounts_are_written_as_the_language_writes_them() -> None:
    assert (money(1250000), grouped(1250000)) == ("1.250.000 đồng", "1.250.000")
    with override("en"):
        assert (translated(money(1250000)), translated(grouped(1250000))) == ("1,250,000 đồng", "1,250,000")


def test_numbers_of_a_page_are_written_as_the_language_writes_them() -> None:
    assert number_format(1369.4, decimal_pos=1, force_grouping=True) == "1.369,4"
    with override("en"):
        assert number_format(1369.4, decimal_pos=1, force_grouping=True) == "1,369.4"


def test_a_moment_within_a_sentence_is_said_too() -> None:
    moment = spoken_moment(datetime(2026, 11, 25, 1, 0, tzinfo=UTC))
    assert moment == "08:00 thứ Tư, 25/11/2026"
    with override("en"):
        assert translated(moment) == "08:00, Wednesday 25/11/2026"


def test_a_label_of_ours_is_translated_within_a_sentence() -> None:
    said = say("Xin khai “{title}”", title=named("Họ, chữ đệm, tên"))
    assert said == "Xin khai “Họ, chữ đệm, tên”"
    with override("en"):
        assert translated(said) == "Please enter “Full name”"


def test_what_is_not_in_the_catalogue_stays_and_the_empty_text_is_empty() -> None:
    with override("en"):
        assert translated("Nguyễn Thị An") == "Nguyễn Thị An"
        assert translated("") == ""
        assert gettext("thứ Hai") == "Monday"


def test_a_refusal_carries_its_sentence_to_the_page() -> None:
    refusal = BusinessError(say("{weekday}, {date}", weekday=say("thứ Sáu"), date="27/11/2026"))
    assert isinstance(str(refusal), Said)
    with override("en"):
        assert translated(str(refusal)) == "Friday 27/11/2026"


def test_copies_remember_too() -> None:
    said = say("{amount} đồng", amount=grouped(16000))
    for other in (copy.deepcopy(said), pickle.loads(pickle.dumps(said))):
        assert other == said
        with override("en"):
            assert translated(other) == "16,000 đồng"


def test_things_in_one_breath_and_texts_that_bring_their_english() -> None:
    both = listing([say("ngày"), say("tháng"), say("năm")])
    own = Bilingual("Trẻ sinh ở đâu?", "Where was the child born?")
    assert (both, own.rstrip("?")) == ("ngày và tháng và năm", "Trẻ sinh ở đâu")
    with override("en"):
        assert translated(both) == "day, month and year"
        assert translated(say("Xin khai “{title}”", title=own.rstrip("?"))) == "Please enter “Where was the child born”"
        assert translated(copy.deepcopy(own)) == "Where was the child born?"


@pytest.mark.django_db
def test_the_database_takes_it_for_the_text_it_is() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text", [money(16000)])
        assert cursor.fetchone() == ("16.000 đồng",)
