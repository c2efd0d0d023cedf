"""What is different at the counter: counts, ways, the form on one page, and what follows a change of person."""

import pytest

from motcua.dossiers.rules import counter as rules
from motcua.eforms.rules import Section, parse
from motcua.eforms.rules.world import NOWHERE
from motcua.offerings.models import OfferingVersion
from tests.factories import FORM


@pytest.mark.parametrize(
    ("typed", "counts"),
    [
        ({}, None),
        ({"ban-a-chinh": "1"}, (1, 0, 0)),
        ({"ban-a-chinh": "", "ban-a-sao": " 2 ", "ban-a-chup": "3"}, (0, 2, 3)),
        ({"ban-a-chinh": "-1"}, (0, 0, 0)),
        ({"ban-a-chinh": "một", "ban-a-sao": "1e3", "ban-a-chup": "²"}, (0, 0, 0)),
        ({"ban-a-chinh": "500"}, (99, 0, 0)),
        ({"ban-b-chinh": "1"}, None),
    ],
)
def test_counts_are_small_numbers(typed: dict[str, str], counts: tuple[int, int, int] | None) -> None:
    assert rules.counts_in(typed, "a") == counts


def test_counts_in_words() -> None:
    assert rules.counted(1, 0, 2) == "1 bản chính, 2 bản chụp"
    assert rules.counted(0, 0, 0) == ""


def test_the_result_can_always_be_fetched_at_the_desk() -> None:
    assert rules.receive_ways(["truc-tuyen"]) == ["tai-quay", "truc-tuyen"]
    assert rules.receive_ways(["buu-chinh", "tai-quay"]) == ["tai-quay", "buu-chinh"]


def test_a_fee_that_the_clock_waits_for_is_paid_now() -> None:
    waits = OfferingVersion(clock_starts=OfferingVersion.ClockStarts.COMPLETE_AND_PAID, pay_ways=["truc-tuyen"])
    runs = OfferingVersion(clock_starts=OfferingVersion.ClockStarts.COMPLETE, pay_ways=["truc-tuyen", "buu-chinh"])
    assert rules.pay_ways(waits) == ["tai-quay-truoc"]
    assert rules.pay_ways(runs) == ["tai-quay-truoc", "tai-quay", "buu-chinh"]


def test_one_page_has_every_question_once_in_order() -> None:
    form = parse(FORM)
    page = rules.on_one_page(form).page(rules.ONE_PAGE)
    asked = [item.id for section in page.items if isinstance(section, Section) for item in section.items]  # type: ignore[union-attr]
    assert asked == list(form.holders)


def test_the_number_says_year_and_sex() -> None:
    assert rules.from_number("098188001234") == {
        "sex": "nu",
        "birth_date": {"day": "", "month": "", "year": "1988"},
    }


def test_what_was_filled_in_from_a_person_follows_and_what_was_typed_stays() -> None:
    items = [
        {"field": "name", "kind": "name", "label": "Họ tên", "prefill": [{"field": "owner.full_name"}]},
        {"field": "mother", "kind": "name", "label": "Mẹ", "prefill": [{"field": "owner.full_name"}]},
    ]
    form = parse({**FORM, "subject": "name", "pages": [{"slug": "mot", "title": "Một", "items": items}]})
    before, now = {"owner": {"full_name": "An"}}, {"owner": {"full_name": "Bình"}}
    answers = rules.filled_anew(form, {"name": "An", "mother": "Hà"}, before, now, known=NOWHERE)
    assert answers == {"name": "Bình", "mother": "Hà"}
