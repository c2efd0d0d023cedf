"""Publishing a record: versions that never change, days on which they are in force, traces."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.audit.models import Event
from motcua.procedures import queries, services
from motcua.procedures.models import FeeLine, Field, Method, Procedure, ProcedureVersion, Requirement
from motcua.procedures.records import RecordError
from motcua.procedures.rules import starts_on
from tests.procedures.catalogue import made_up, publish_all, publish_lists, read


class PublishTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        publish_lists()

    def test_the_same_content_again_changes_nothing(self) -> None:
        first = services.publish_record(read("procedures/1.001193"), by=None)
        second = services.publish_record(read("procedures/1.001193"), by=None)
        self.assertEqual(first, second)
        self.assertEqual(Event.objects.filter(act="procedure.published", subject_ref="1.001193").count(), 1)

    def test_changed_content_ends_the_version_before_on_its_first_day(self) -> None:
        old = services.publish_record(made_up(1, effective_from="2026-01-01"), by=None)
        new = services.publish_record(made_up(1, effective_from="2999-03-01", summary="Khác"), by=None)
        old.refresh_from_db()
        self.assertEqual((new.number, old.effective_to), (2, date(2999, 3, 1)))
        self.assertEqual(queries.record("9.000001", on=date(2999, 2, 28)), old)
        self.assertEqual(queries.record("9.000001", on=date(2999, 3, 1)), new)
        self.assertIsNone(queries.record("9.000001", on=date(2025, 12, 31)))

    def test_what_people_could_read_until_today_stays_what_was_in_force(self) -> None:
        today = timezone.localdate()
        old = services.publish_record(made_up(1, effective_from="2026-01-01"), by=None)
        new = services.publish_record(made_up(1, effective_from="2026-03-01", summary="Khác"), by=None)
        self.assertEqual(new.effective_from, today)
        self.assertEqual(queries.record("9.000001", on=today - timedelta(days=1)), old)

    def test_a_version_for_a_later_day_leaves_the_one_in_force(self) -> None:
        old = services.publish_record(made_up(1), by=None)
        services.publish_record(made_up(1, effective_from="2999-01-01"), by=None)
        self.assertEqual(queries.record("9.000001"), old)

    def test_a_correction_on_the_same_day_replaces_what_never_was_in_force(self) -> None:
        services.publish_record(made_up(1, effective_from="2999-01-01"), by=None)
        new = services.publish_record(made_up(1, effective_from="2999-01-01", summary="Sửa"), by=None)
        self.assertEqual(queries.record("9.000001", on=date(2999, 1, 1)), new)
        self.assertEqual(queries.in_force(date(2999, 1, 1)).count(), 1)

    def test_a_record_that_breaks_the_schema_is_refused_and_says_where(self) -> None:
        with self.assertRaisesMessage(RecordError, "methods/0/channel"):
            services.publish_record(made_up(1, methods=[{"channel": "fax", "limit_text": "", "fee_text": ""}]), by=None)
        self.assertFalse(Procedure.objects.filter(code="9.000001").exists())

    def test_a_record_of_an_unknown_field_or_life_event_is_refused(self) -> None:
        with self.assertRaises(RecordError):
            services.publish_record(made_up(1, field="khong-co"), by=None)
        with self.assertRaises(RecordError):
            services.publish_record(made_up(1, life_events=["khong-co"]), by=None)

    def test_a_record_is_read_with_the_same_few_queries_however_long_it_is(self) -> None:
        services.publish_record(made_up(1), by=None)
        services.publish_record(read("procedures/1.001193"), by=None)
        counts = []
        for code in ("9.000001", "1.001193"):
            with CaptureQueriesContext(connection) as context:
                version = queries.record(code)
                assert version is not None
                _read = (list(version.methods.all()), list(version.requirements.all()), list(version.fee_lines.all()))
                queries.requirements_for(version, {})
            counts.append(len(context))
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[0], 5)

    def test_lists_set_again_leave_no_trace(self) -> None:
        self.assertEqual(services.set_fields(read("fields"), by=None), 0)
        self.assertEqual(services.set_life_events(read("life_events"), by=None), 0)
        self.assertEqual(len(queries.life_events("cong-dan")), 11)
        self.assertEqual(len(queries.life_events("doanh-nghiep")), 11)
        self.assertEqual(queries.life_events("cong-dan")[0].name, "Có con nhỏ")


class PublishedVersionsStayTests(TestCase):
    version: ProcedureVersion

    @classmethod
    def setUpTestData(cls) -> None:
        publish_all()
        found = queries.record("1.001193")
        assert found is not None
        cls.version = found

    def refused(self, act: object) -> None:
        assert callable(act)
        with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
            act()

    def test_the_version_itself(self) -> None:
        versions = ProcedureVersion.objects.filter(pk=self.version.pk)
        self.refused(lambda: versions.update(name="Khác"))
        self.refused(lambda: versions.update(published_at=None))
        self.refused(versions.delete)

    def test_its_end_moves_only_while_it_lies_ahead(self) -> None:
        versions = ProcedureVersion.objects.filter(pk=self.version.pk)
        versions.update(effective_to=date(2999, 1, 1))
        self.refused(lambda: versions.update(effective_to=timezone.localdate() - timedelta(days=2)))
        versions.update(effective_to=timezone.localdate())
        self.refused(lambda: versions.update(effective_to=date(2999, 2, 1)))
        self.refused(lambda: versions.update(effective_to=None))

    def test_its_first_end_is_no_day_that_is_over(self) -> None:
        versions = ProcedureVersion.objects.filter(pk=self.version.pk)
        self.refused(lambda: versions.update(effective_to=date(2026, 7, 2)))

    def test_its_papers_ways_and_fees(self) -> None:
        for model in (Requirement, Method, FeeLine):
            rows = model._default_manager.filter(version=self.version)
            self.refused(lambda rows=rows: rows.update(position=99))  # type: ignore[misc]
            self.refused(lambda rows=rows: rows.delete())  # type: ignore[misc]
        self.refused(
            lambda: Requirement.objects.create(
                version=self.version, key="moi", position=99, name="Mới", form="ban-chinh"
            )
        )

    def test_what_it_is_linked_to(self) -> None:
        self.refused(lambda: self.version.related.clear())

    def test_a_version_still_being_written_may_change(self) -> None:
        draft = ProcedureVersion.objects.create(
            procedure=self.version.procedure,
            number=99,
            effective_from=date(2026, 1, 1),
            name="Nháp",
            short_name="Nháp",
            field=Field.objects.get(pk="ho-tich"),
            levels=["xa"],
            audience=[],
        )
        draft.name = "Nháp khác"
        draft.save(update_fields=["name"])
        Method.objects.create(version=draft, position=1, channel="truc-tiep")
        draft.delete()


def test_a_record_keeps_the_day_its_decision_names() -> None:
    today = date(2026, 11, 21)
    assert starts_on(date(2026, 7, 1), today=today, previous=None) == date(2026, 7, 1)
    assert starts_on(date(2026, 12, 1), today=today, previous=date(2026, 2, 1)) == date(2026, 12, 1)


def test_what_follows_on_a_record_starts_today_at_the_earliest() -> None:
    today = date(2026, 11, 21)
    assert starts_on(date(2026, 7, 1), today=today, previous=date(2026, 2, 1)) == today
    assert starts_on(date(2026, 1, 1), today=today, previous=date(2026, 2, 1)) == today
    assert starts_on(date(2026, 12, 1), today=today, previous=date(2027, 1, 1)) == date(2027, 1, 1)


def test_a_correction_starts_today_or_with_what_it_corrects() -> None:
    today = date(2026, 11, 21)
    assert starts_on(date(2026, 7, 1), today=today, previous=date(2026, 7, 1)) == today
    assert starts_on(date(2027, 1, 1), today=today, previous=date(2027, 1, 1)) == date(2027, 1, 1)
