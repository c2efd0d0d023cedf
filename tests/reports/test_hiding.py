"""No count of one to four is shown, nor can be worked out from all that is."""

import pytest

from motcua.reports.rules.counts import Line, Month
from motcua.reports.rules.hiding import Key, Layer, Tables, safe
from tests.reports.worlds import Attacker, a_world, publish_year, with_sums


def early(*counts: int) -> Line:
    """Everything that comes is settled early, in the same month."""
    return Line([Month(online=count, early=count) for count in counts])


def shown(tables: Tables, *key: int, layer: Layer = Layer.TAKEN_IN, length: int = 1) -> list[bool]:
    last = len(tables.lines[()].months)
    return [tables.tells(key, layer, (end - length, end)) for end in range(length, last + 1, length)]


@pytest.mark.parametrize(
    ("counts", "may"), [((0, 0), True), ((5, 0), True), ((4,), False), ((9, 1), False), ((), True)]
)
def test_nothing_and_five_may_be_shown(counts: tuple[int, ...], may: bool) -> None:
    assert safe(counts) is may


@pytest.mark.parametrize("seed", range(90))
def test_whatever_is_published_no_small_count_can_be_worked_out(seed: int) -> None:
    lines = a_world(seed, months=(3, 6, 12)[seed % 3], agencies=1 + seed % 3, fields=1 + seed % 4, most=6 + seed % 30)
    assert Attacker(publish_year(lines)).found() == []


def test_the_attacker_finds_what_a_careless_table_gives_away() -> None:
    """Else the test above would prove nothing: hiding only the small counts themselves isn't enough."""
    lines = with_sums({(1, 1): early(12, 8), (1, 2): early(3, 9), (2, 1): early(20, 20)})
    tables = Tables(lines)
    for flow in ((0, 1), (1, 2)):
        for key, line in lines.items():
            if safe(line.taken_in(*flow)):
                tables.known[key] = tables.known[key].told(Layer.TAKEN_IN, *flow)
    assert ((1, 2), "taken in", (0, 1), 3) in Attacker(tables).found()


def test_a_small_count_takes_another_one_with_it() -> None:
    tables = publish_year(with_sums({(1, 1): early(12), (1, 2): early(3), (1, 3): early(40)}))
    assert shown(tables, 1) == [True]  # the agency's sum stays
    assert shown(tables, 1, 2) == [False]
    assert shown(tables, 1, 1) == [False]  # the least of the others hides it
    assert shown(tables, 1, 3) == [True]


def test_two_that_are_hidden_are_not_few_together() -> None:
    tables = publish_year(with_sums({(1, 1): early(2), (1, 2): early(1), (1, 3): early(40), (1, 4): early(60)}))
    assert shown(tables, 1) == [True]
    assert [shown(tables, 1, field) for field in (1, 2, 3, 4)] == [[False], [False], [False], [True]]


def test_a_quarter_does_not_give_away_its_month() -> None:
    tables = publish_year(with_sums({(1, 1): early(30, 2, 30)}))
    assert shown(tables, 1, 1, length=3) == [True]  # the quarter is what counts
    months = shown(tables, 1, 1)
    assert months[1] is False
    assert months != [True, False, True]


def test_quiet_months_leave_a_quarter_to_see() -> None:
    tables = publish_year(with_sums({(1, 1): early(2, 2, 3)}))
    assert shown(tables, 1, 1) == [False, False, False]
    assert shown(tables, 1, 1, length=3) == [True]


def test_a_year_is_worth_more_than_its_last_quarter() -> None:
    tables = publish_year(with_sums({(1, 1): early(*[10] * 6, 1, 0, 1, *[10] * 3)}))
    assert shown(tables, 1, 1, length=12) == [True]
    assert shown(tables, 1, 1, length=3) == [True, True, False, False]


def test_few_late_ones_hide_the_split_but_not_what_was_settled() -> None:
    line = Line([Month(online=40, early=20, on_time=18, late=2)])
    tables = publish_year(with_sums({(1, 1): line}))
    assert shown(tables, 1, 1, layer=Layer.BALANCE) == [True]
    assert shown(tables, 1, 1, layer=Layer.OUTCOME) == [False]


def test_few_in_work_hide_how_many_were_settled() -> None:
    """Else what came, less what was settled, would be what is in work."""
    line = Line([Month(online=40, early=38, within=2)])
    tables = publish_year(with_sums({(1, 1): line}))
    assert shown(tables, 1, 1) == [True]
    assert shown(tables, 1, 1, layer=Layer.BALANCE) == [False]
    assert shown(tables, 1, 1, layer=Layer.OUTCOME) == [False]


def test_one_single_person_is_nowhere() -> None:
    tables = publish_year(with_sums({(1, 1): early(1), (1, 2): early(400), (2, 1): early(300), (2, 2): early(200)}))
    assert shown(tables, 1, 1) == [False]
    assert Attacker(tables).found() == []


def test_large_figures_are_all_shown() -> None:
    line = Line([Month(90, 40, 60, 30, 10, 25, 5), Month(80, 50, 70, 40, 12, 28, 10)])
    tables = publish_year(with_sums({(agency, field): line for agency in (1, 2) for field in (1, 2)}))
    for key in tables.lines:
        for layer in Layer:
            assert shown(tables, *key, layer=layer) == [True, True], (key, layer)


def test_what_was_published_stays_published() -> None:
    lines = a_world(7, months=12)
    tables = Tables(lines)
    before: set[tuple[Key, Layer, int]] = set()
    for last in range(1, 13):
        for length in (12, 3, 1):
            if last % length == 0:
                tables.publish((last - length, last))
        now = {
            (key, layer, month)
            for key in lines
            for layer in Layer
            for month in range(1, last + 1)
            if tables.tells(key, layer, (month - 1, month))
        }
        assert before <= now
        before = now
