"""A month is counted once, from the dossiers; what is published balances and stays."""

from datetime import date

import pytest
from django.test import TestCase

from motcua.audit.models import Event
from motcua.core.errors import BusinessError
from motcua.dossiers.models import Dossier, Pause
from motcua.dossiers.queries.clocks import clock_of
from motcua.dossiers.rules.clock import Standing
from motcua.reports.models import Closing, Figure, MonthCount
from motcua.reports.queries.counting import counted
from motcua.reports.rules.counts import Month
from motcua.reports.services import closing
from motcua.reports.tasks import close_months
from tests import factories
from tests.cast import at
from tests.moments import stopped_clock
from tests.reports.acting import a_past_dossier, figure, take_over

OCTOBER, SEPTEMBER = date(2026, 10, 1), date(2026, 9, 1)


class CountingTests(TestCase):
    def october(self) -> Month:
        (found,) = counted(OCTOBER).values()
        return found

    def test_what_came_is_told_apart_by_its_way(self) -> None:
        a_past_dossier("05/10/2026 08:00", "06/10/2026 17:00")
        for way in ("tai-quay", "buu-chinh"):
            a_past_dossier("05/10/2026 08:00", "06/10/2026 17:00", delivery={"hand_in": way})
        self.assertEqual((self.october().online, self.october().other), (1, 2))

    def test_early_on_time_and_late_are_what_the_clock_says(self) -> None:
        for finished in ("05/10/2026 16:00", "06/10/2026 09:00", "06/10/2026 17:00", "06/10/2026 17:01"):
            a_past_dossier("05/10/2026 08:00", "06/10/2026 17:00", finished)
        standings = [
            clock.standing(at("31/10/2026 00:00")) for dossier in Dossier.objects.all() if (clock := clock_of(dossier))
        ]
        self.assertEqual(standings, [Standing.EARLY, Standing.ON_TIME, Standing.ON_TIME, Standing.LATE])
        month = self.october()
        self.assertEqual((month.early, month.on_time, month.late), (1, 2, 1))

    def test_what_ends_without_a_result_is_never_early(self) -> None:
        for state in ("withdrawn", "refused", "stopped"):
            a_past_dossier("05/10/2026 08:00", "09/10/2026 17:00", "06/10/2026 09:00", state=state)
        a_past_dossier("05/10/2026 08:00", "06/10/2026 17:00", "08/10/2026 09:00", state="withdrawn")
        month = self.october()
        self.assertEqual((month.early, month.on_time, month.late), (0, 3, 1))

    def test_what_was_never_accepted_is_not_in_it(self) -> None:
        dossier = factories.a_submitted_dossier(with_papers=False, submitted_at=at("05/10/2026 08:00"))
        Dossier.objects.filter(pk=dossier.pk).update(state="withdrawn", finished_at=at("06/10/2026 08:00"))
        self.assertEqual(counted(OCTOBER), {})

    def test_a_month_ends_at_midnight_in_viet_nam(self) -> None:
        a_past_dossier("30/09/2026 23:59", "05/10/2026 17:00")
        a_past_dossier("01/10/2026 00:00", "05/10/2026 17:00")
        a_past_dossier("31/10/2026 23:59", "05/11/2026 17:00")
        a_past_dossier("01/11/2026 00:00", "05/11/2026 17:00")
        self.assertEqual(self.october().taken_in, 2)

    def test_in_work_is_late_as_the_promise_stood_then(self) -> None:
        a_past_dossier("05/10/2026 08:00", "30/10/2026 17:00")  # missed
        a_past_dossier("05/10/2026 08:00", "30/10/2026 17:00", "03/11/2026 09:00")  # missed, ended since
        a_past_dossier("05/10/2026 08:00", "02/11/2026 17:00")  # still to come then
        waiting = a_past_dossier("05/10/2026 08:00", None, state="supplement")  # the clock stands still
        Pause.objects.create(
            dossier=waiting, kind="supplement", reason="…", started_at=at("20/10/2026 08:00"),
            due_before=at("22/10/2026 17:00"),
        )  # fmt: skip
        since = a_past_dossier("05/10/2026 08:00", "20/11/2026 17:00")  # late then; what stopped it later moved it on
        Pause.objects.create(
            dossier=since, kind="supplement", reason="…", started_at=at("05/11/2026 08:00"),
            ended_at=at("10/11/2026 08:00"), due_before=at("29/10/2026 17:00"), due_after=at("20/11/2026 17:00"),
        )  # fmt: skip
        month = self.october()
        self.assertEqual((month.within, month.overdue), (2, 3))


class ClosingTests(TestCase):
    def test_a_job_closes_what_is_over_and_nothing_else(self) -> None:
        a_past_dossier("05/09/2026 08:00", "06/09/2026 17:00", "05/09/2026 16:00")
        with stopped_clock("01/11/2026 00:30"):
            close_months(timestamp=0)
        self.assertEqual(sorted(Closing.objects.values_list("month", flat=True)), [SEPTEMBER, OCTOBER])

    def test_it_may_run_twice_and_changes_nothing(self) -> None:
        for _ in range(6):
            a_past_dossier("05/10/2026 08:00", "06/10/2026 17:00", "05/10/2026 16:00")
        with stopped_clock("01/11/2026 01:07"):
            self.assertEqual(closing.close_months(), [OCTOBER])
            before = list(Figure.objects.order_by("pk").values())
            a_past_dossier("06/10/2026 08:00", "07/10/2026 17:00")  # whatever comes to light later
            self.assertEqual(closing.close_months(), [])
        self.assertEqual(list(Figure.objects.order_by("pk").values()), before)
        self.assertEqual(figure("thang", OCTOBER).taken_in, 6)
        self.assertEqual(Event.objects.filter(act="figures.closed").count(), 1)

    def test_after_a_long_silence_it_catches_up_month_by_month(self) -> None:
        for month in ("06", "08"):
            for _ in range(5):
                a_past_dossier(f"05/{month}/2026 08:00", f"06/{month}/2026 17:00", f"05/{month}/2026 16:00")
        with stopped_clock("22/11/2026 03:00"):
            self.assertEqual(len(closing.close_months()), 5)
        self.assertEqual(figure("thang", date(2026, 7, 1)).taken_in, 0)
        self.assertEqual(figure("quy", date(2026, 7, 1)).taken_in, 5)
        self.assertEqual(figure("nam", date(2026, 1, 1)).taken_in, 10)

    def test_every_line_balances_and_carries_on(self) -> None:
        take_over(date(2026, 8, 1), Month(40, 20, 20, 15, 5, 13, 7))
        take_over(SEPTEMBER, Month(30, 10, 25, 20, 5, 5, 5))
        take_over(OCTOBER, Month(30, 10, 20, 13, 7, 5, 5))
        for row in Figure.objects.all():
            self.assertEqual(row.total, (row.taken_in or 0) + (row.carried or 0))
            self.assertEqual(row.total, (row.resolved or 0) + (row.in_work or 0))
            self.assertEqual(row.resolved, (row.early or 0) + (row.on_time or 0) + (row.late or 0))
        self.assertEqual(figure("thang", OCTOBER).carried, figure("thang", SEPTEMBER).in_work)
        self.assertEqual(figure("nam", date(2026, 1, 1)).carried, 0)

    def test_what_is_in_work_goes_on_from_what_was_taken_over(self) -> None:
        take_over(SEPTEMBER, Month(online=30, early=20, within=10))
        for _ in range(6):
            a_past_dossier("05/10/2026 08:00", "06/10/2026 17:00", "05/10/2026 16:00")
        with stopped_clock("01/11/2026 01:07"):
            closing.close_months()
        row = figure("thang", OCTOBER)
        self.assertEqual((row.carried, row.taken_in, row.resolved, row.in_work), (10, 6, 6, 10))

    def test_one_single_person_is_on_no_page(self) -> None:
        a_past_dossier("05/10/2026 08:00", "06/10/2026 17:00", "05/10/2026 16:00")
        with stopped_clock("01/11/2026 01:07"):
            closing.close_months()
        columns = [
            field.attname for field in Figure._meta.fields if field.get_internal_type() == "PositiveIntegerField"
        ]
        for row in Figure.objects.all():
            self.assertNotIn(1, [getattr(row, column) for column in columns])
        self.assertIsNone(figure("thang", OCTOBER).taken_in)
        self.assertEqual(MonthCount.objects.get().online, 1)  # the portal itself knows

    def test_what_december_hid_stays_hidden_in_january(self) -> None:
        take_over(date(2025, 12, 1), Month(online=30, early=28, within=2))
        take_over(date(2026, 1, 1), Month(online=30, early=22, within=10))
        self.assertIsNone(figure("thang", date(2025, 12, 1)).in_work)
        january = figure("thang", date(2026, 1, 1))
        self.assertEqual((january.taken_in, january.carried, january.resolved), (30, None, None))

    def test_months_are_taken_over_in_their_order(self) -> None:
        take_over(SEPTEMBER, Month(online=9, early=9))
        for wrong in (SEPTEMBER, date(2026, 8, 1), date(2026, 10, 2), date(2027, 1, 1)):
            with pytest.raises(BusinessError):
                take_over(wrong, Month(online=9, early=9))

    def test_what_does_not_balance_is_not_taken_over(self) -> None:
        with pytest.raises(BusinessError, match="không cân"):
            take_over(SEPTEMBER, Month(online=30, early=20, within=9))
        take_over(SEPTEMBER, Month(online=30, early=20, within=10))
        with pytest.raises(BusinessError, match="không cân"):
            closing.take_over(OCTOBER, {})  # where are the ten?

    def test_a_month_of_ours_is_not_passed_over(self) -> None:
        a_past_dossier("05/08/2026 08:00", "06/08/2026 17:00")
        with pytest.raises(BusinessError):
            take_over(SEPTEMBER, Month(online=9, early=9))

    def test_nothing_was_ever_accepted(self) -> None:
        factories.an_offering()
        self.assertEqual(closing.close_months(), [])
