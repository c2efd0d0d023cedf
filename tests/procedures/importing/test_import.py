"""The import: what becomes of each line, all or nothing, again and again; and the export back."""

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.test import TestCase, TransactionTestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.audit.models import Event
from motcua.procedures import services
from motcua.procedures.importing.files import Line
from motcua.procedures.importing.reporting import Outcome, Report
from motcua.procedures.models import (
    CatalogueStamp,
    Doubt,
    Field,
    ImportRun,
    LifeEvent,
    Procedure,
    ProcedureVersion,
    SourceRecord,
)
from motcua.procedures.queries import in_force
from motcua.procedures.queries.exporting import lines as exported
from motcua.procedures.services import importing
from motcua.procedures.services.importing import import_lines
from tests.procedures.catalogue import made_up, publish_all, publish_lists
from tests.procedures.importing.lines import as_lines, full, paper, short, way


def take(*data: Any, **how: Any) -> Report:
    return import_lines(as_lines(*data), by=None, **how)


def outcomes(report: Report) -> dict[str, int]:
    return {str(outcome): count for outcome, count in report.outcomes.items() if count}


def current(number: int = 1) -> ProcedureVersion:
    return in_force().get(procedure__code=f"9.{number:06d}")


class ImportTests(TestCase):
    def test_a_new_record_is_published_as_information(self) -> None:
        publish_lists()
        report = take(full())
        self.assertEqual(outcomes(report), {"moi": 1})
        version = current()
        self.assertEqual((version.origin, version.is_short, version.number), ("nhap", False, 1))
        self.assertEqual(version.effective_from, timezone.localdate())
        self.assertEqual(version.field, Field.objects.get(slug="thu-vien", name="Thư viện"))
        self.assertEqual([row.channel for row in version.methods.all()], ["truc-tiep"])
        self.assertEqual(version.requirements.get().form_files, ["Mau 01.docx"])
        self.assertEqual(version.forms, ["Huong dan.pdf"])
        self.assertEqual(version.agencies["competent"], ["Chủ tịch Ủy ban nhân dân cấp xã"])
        self.assertEqual([event.pk for event in version.procedure.life_events.all()], ["hoc-tap"])
        source = SourceRecord.objects.get(key="9.000001")
        self.assertEqual(
            (source.version, source.procedure, source.line["source"]), (version, version.procedure, "thu-vien")
        )

    def test_what_was_done_stands_in_the_log_and_moves_the_stamp(self) -> None:
        take(full(1), full(2))
        event = Event.objects.get(act="catalogue.imported")
        self.assertEqual(event.data["versions"], {"9.000001": 1, "9.000002": 1})
        before = CatalogueStamp.objects.get().token
        take(full(1), full(2))
        self.assertEqual(CatalogueStamp.objects.get().token, before)
        take(full(1, summary="Khác."))
        self.assertNotEqual(CatalogueStamp.objects.get().token, before)

    def test_the_same_line_again_changes_nothing_and_costs_little(self) -> None:
        take(*(full(number) for number in range(1, 31)))
        with CaptureQueriesContext(connection) as thirty:
            report = take(*(full(number) for number in range(1, 31)))
        self.assertEqual(outcomes(report), {"khong-doi": 30})
        with CaptureQueriesContext(connection) as one:
            take(full(1))
        self.assertEqual(len(one), len(thirty))
        self.assertEqual(ProcedureVersion.objects.count(), 30)

    def test_a_batch_is_written_with_the_same_number_of_statements_however_long_it_is(self) -> None:
        take(full(99))  # the field, the stamp
        with CaptureQueriesContext(connection) as one:
            take(full(1))
        with CaptureQueriesContext(connection) as thirty:
            take(*(full(number) for number in range(2, 32)))
        self.assertEqual(len(one), len(thirty))

    def test_a_changed_line_is_a_new_version_and_the_old_one_stays(self) -> None:
        take(full())
        report = take(full(methods=[way(duration_text="3 Ngày làm việc", duration_value=3)]))
        self.assertEqual(outcomes(report), {"ban-moi": 1})
        old, new = ProcedureVersion.objects.order_by("number")
        self.assertEqual((old.effective_to, new.effective_from), (timezone.localdate(), timezone.localdate()))
        self.assertEqual(new.methods.get().limit_value, 3)
        self.assertEqual(current(), new)

    def test_a_line_that_only_says_more_about_itself_is_no_new_version_but_is_kept(self) -> None:
        take(full())
        report = take(full(crawl_date="2026-11-22"))
        self.assertEqual(outcomes(report), {"khong-doi": 1})
        source = SourceRecord.objects.get()
        self.assertEqual((source.line["crawl_date"], source.version), ("2026-11-22", current()))

    def test_without_a_code_it_waits_unpublished_keyed_by_its_source(self) -> None:
        take(full(code=None), full(code=None, source="khac"), short(code="CCVC_01"))
        self.assertEqual(Procedure.objects.count(), 0)
        self.assertEqual(Doubt.objects.filter(kind=Doubt.Kind.NO_CODE).count(), 3)
        self.assertEqual(SourceRecord.objects.filter(key__startswith="nguon-", version=None).count(), 3)
        self.assertEqual(outcomes(take(full(code=None))), {"khong-doi": 1})
        self.assertEqual(SourceRecord.objects.count(), 3)

    def test_a_number_that_an_editor_gave_stays_when_the_source_changes(self) -> None:
        take(full(code=None))
        procedure = Procedure.objects.create(code="9.000009")
        SourceRecord.objects.update(procedure=procedure)
        take(full(code=None, summary="Nguồn đã sửa."))
        source = SourceRecord.objects.get()
        self.assertEqual(source.procedure, procedure)
        self.assertEqual([doubt.kind for doubt in source.doubts.all()], [Doubt.Kind.EDITED_HERE])

    def test_a_short_line_is_published_as_short_and_gives_way_to_a_full_one_only(self) -> None:
        take(short())
        self.assertTrue(current().is_short)
        self.assertEqual(outcomes(take(full())), {"ban-moi": 1})
        self.assertFalse(current().is_short)
        self.assertEqual(outcomes(take(short(name="Tên khác"))), {"da-co-day-du": 1})
        self.assertEqual(outcomes(take(full(), short(name="Tên khác"))), {"khong-doi": 1, "da-co-day-du": 1})
        self.assertFalse(SourceRecord.objects.get().is_short)

    def test_a_provinces_copy_gives_way_to_the_national_line(self) -> None:
        local = short(code="9.000001.000.00.00.H37", name="Bản của tỉnh")
        take(local)
        self.assertEqual(outcomes(take(short())), {"ban-moi": 1})
        self.assertEqual(outcomes(take(local)), {"da-co-day-du": 1})
        self.assertEqual(current().short_name, "Cấp thẻ thư viện 1")

    def test_the_first_of_two_lines_of_a_code_counts_unless_the_second_is_better(self) -> None:
        report = take(full(summary="Một."), full(summary="Hai."))
        self.assertEqual(outcomes(report), {"moi": 1, "trung-ma": 1})
        self.assertIn("thu.jsonl:1", report.problems[-1].text)
        self.assertEqual(current().summary, "Một.")
        self.assertEqual(outcomes(take(short(2), full(2))), {"moi": 1, "ban-moi": 1})

    def test_what_was_edited_here_is_never_replaced(self) -> None:
        services.set_fields([{"slug": "ho-tich", "name": "Hộ tịch"}], by=None)
        mine = services.publish_record(made_up(1), by=None)
        report = take(full())
        self.assertEqual(outcomes(report), {"cho-xem": 1})
        self.assertEqual(current(), mine)
        source = SourceRecord.objects.get()
        self.assertEqual((source.procedure, source.version), (mine.procedure, None))
        self.assertEqual(source.doubts.get().kind, Doubt.Kind.EDITED_HERE)
        self.assertEqual(outcomes(take(short())), {"da-co-day-du": 1})

    def test_a_difference_that_was_judged_is_asked_again_only_when_the_source_changes(self) -> None:
        services.set_fields([{"slug": "ho-tich", "name": "Hộ tịch"}], by=None)
        services.publish_record(made_up(1), by=None)
        take(full())
        Doubt.objects.update(settled_at=timezone.now(), settled_by="Hoa")
        take(full())
        self.assertIsNotNone(Doubt.objects.get().settled_at)
        take(full(summary="Khác."))
        self.assertIsNone(Doubt.objects.get().settled_at)

    def test_what_is_ended_here_is_left_alone(self) -> None:
        take(full())
        ProcedureVersion.objects.update(effective_to=timezone.localdate() + timedelta(days=3))
        self.assertEqual(outcomes(take(full(summary="Khác."))), {"cho-xem": 1})

    def test_what_a_person_has_settled_stays_settled_while_the_source_says_the_same(self) -> None:
        doubtful = full(methods=[way(fee_text=None, fees=None), way(duration_text="1", duration_unit=None)])
        take(doubtful)
        self.assertEqual(Doubt.objects.count(), 2)
        Doubt.objects.update(settled_at=timezone.now(), settled_by="Hoa")
        take(doubtful | {"summary": "Câu mới."})
        self.assertEqual(Doubt.objects.filter(settled_by="Hoa").count(), 2)
        changed = way(duration_text="2", duration_value=2, duration_unit=None)
        take(doubtful | {"methods": [way(fee_text=None, fees=None), changed]})
        self.assertEqual(Doubt.objects.get(settled_at=None).text, "2")

    def test_life_events_are_set_at_the_first_publication_only(self) -> None:
        publish_lists()
        take(full(life_events=["cu_tru_giay_to", "khong_co"]))
        procedure = Procedure.objects.get(code="9.000001")
        self.assertEqual([event.pk for event in procedure.life_events.all()], ["cu-tru-va-giay-to-tuy-than"])
        procedure.life_events.set(LifeEvent.objects.filter(pk="hoc-tap"))
        take(full(life_events=["cu_tru_giay_to"], summary="Khác."))
        self.assertEqual([event.pk for event in procedure.life_events.all()], ["hoc-tap"])

    def test_a_field_is_known_by_its_name(self) -> None:
        Field.objects.create(slug="sach", name="Thư Viện")
        take(full(), full(2, field=None))
        self.assertEqual(current(1).field_id, "sach")
        self.assertEqual(current(2).field.name, "Chưa công bố lĩnh vực")

    def test_bad_lines_are_told_with_their_number_and_the_others_go_in(self) -> None:
        report = take(full(1), b"{broken", b"[1]", full(2, name=None), b'{"name": NaN}', b"\xff", full(3))
        self.assertEqual(outcomes(report), {"moi": 2, "loi": 5})
        bad = [(problem.number, problem.text) for problem in report.problems if problem.outcome == Outcome.BAD]
        self.assertEqual([number for number, _ in bad], [2, 3, 4, 5, 6])
        self.assertIn("name", bad[2][1])
        self.assertEqual(ProcedureVersion.objects.count(), 2)

    def test_a_record_that_the_database_refuses_is_told_and_the_others_of_its_batch_go_in(self) -> None:
        report = take(full(1), full(2, extra=float("inf")).__class__(full(2)) | {"extra": 10**400}, full(3))
        self.assertEqual(outcomes(report), {"moi": 3})
        huge = b'{"code": "9.000004", "name": "x", "extra": 1e999}'  # infinity is no JSON
        report = take(full(5), huge, full(6))
        self.assertEqual(outcomes(report), {"moi": 2, "loi": 1})
        self.assertEqual(report.problems[-1].code, "9.000004")
        self.assertFalse(SourceRecord.objects.filter(key="9.000004").exists())
        self.assertFalse(Procedure.objects.filter(code="9.000004").exists())

    def test_a_dry_run_says_the_same_and_writes_nothing(self) -> None:
        lines = [short(1), full(1), full(1), full(2), b"{", full(code=None), full(3), short(3)]
        take(full(3))
        before = [ProcedureVersion.objects.count(), SourceRecord.objects.count(), ImportRun.objects.count()]
        fields = Field.objects.count()
        dry = take(*lines, dry_run=True)
        after = [ProcedureVersion.objects.count(), SourceRecord.objects.count(), ImportRun.objects.count()]
        self.assertEqual((after, Field.objects.count()), (before, fields))
        wet = take(*lines)
        self.assertEqual(outcomes(dry), outcomes(wet))
        self.assertEqual(dry.doubts, wet.doubts)

    def test_broken_off_in_the_middle_it_goes_on_where_it_was(self) -> None:
        def until_the_fourth(line: Line) -> None:
            if line.number == 4:
                raise KeyboardInterrupt

        lines = [full(number) for number in range(1, 7)]
        with patch.object(importing, "BATCH", 2), self.assertRaises(KeyboardInterrupt):
            take(*lines, watch=until_the_fourth)
        self.assertEqual(ProcedureVersion.objects.count(), 2)
        self.assertIsNone(ImportRun.objects.get().finished_at)
        report = take(*lines)
        self.assertEqual(outcomes(report), {"khong-doi": 2, "moi": 4})

    def test_the_run_is_kept_with_its_counts(self) -> None:
        take(full(), b"x", files=["thu.jsonl"])
        run = ImportRun.objects.get()
        self.assertEqual((run.files, run.counts), (["thu.jsonl"], {"moi": 1, "loi": 1}))
        self.assertIsNotNone(run.finished_at)

    def test_a_related_procedure_is_made_known(self) -> None:
        take(full(motcua={"related": ["9.000077"]}))
        self.assertEqual([one.code for one in current().related.all()], ["9.000077"])

    def test_an_export_of_another_portal_keeps_its_day(self) -> None:
        take(full(motcua={"effective_from": "2026-01-01", "change_note": "Theo quyết định mới."}))
        self.assertEqual(current().effective_from, date(2026, 1, 1))
        self.assertEqual(current().change_note, "Theo quyết định mới.")

    def test_a_day_that_is_over_does_not_change_what_was_in_force(self) -> None:
        take(full(motcua={"effective_from": "2026-03-01"}))
        for day in ("2026-06-01", "2026-02-01"):
            report = take(full(summary=f"Theo {day}", motcua={"effective_from": day}))
            self.assertEqual(outcomes(report), {"ban-moi": 1})
            self.assertEqual(current().effective_from, timezone.localdate())
            doubt = Doubt.objects.get(kind=Doubt.Kind.DAY_OVER)
            self.assertEqual(doubt.text, f"{date.fromisoformat(day):%d/%m/%Y}")

    def test_a_correction_of_the_same_day_and_a_day_to_come_are_not_doubted(self) -> None:
        take(full(motcua={"effective_from": "2026-03-01"}))
        take(full(summary="Sửa", motcua={"effective_from": "2026-03-01"}))
        take(full(summary="Sắp tới", motcua={"effective_from": "2999-01-01"}))
        self.assertFalse(Doubt.objects.filter(kind=Doubt.Kind.DAY_OVER).exists())

    def test_who_imports_may_say_in_words_for_people_who_published_the_files(self) -> None:
        take(full(source="crawl@1:a.csv"), source_name="Cổng Dịch vụ công quốc gia, bản chụp 17/7/2026")
        self.assertEqual(current().source_name, "Cổng Dịch vụ công quốc gia, bản chụp 17/7/2026")
        self.assertEqual(SourceRecord.objects.get().origin, "crawl")

    def test_a_version_keeps_who_published_the_file_that_it_came_with(self) -> None:
        take(full(source="Cổng tỉnh@1:a.csv"))
        take(full(source="Cổng quốc gia@2:b.csv", summary="Mới"))
        said = ProcedureVersion.objects.order_by("number").values_list("source_name", flat=True)
        self.assertEqual(list(said), ["Cổng tỉnh", "Cổng quốc gia"])
        self.assertEqual(SourceRecord.objects.get().origin, "Cổng quốc gia")


class OrderOfLocksTests(TestCase):
    def test_procedures_are_locked_before_the_stamp_as_editors_do(self) -> None:
        publish_lists()
        take(full())
        with CaptureQueriesContext(connection) as asked:
            take(full(summary="Mới", field="Lĩnh vực chưa ai biết"))
        said = [query["sql"] for query in asked]
        locks = next(place for place, sql in enumerate(said) if '"procedures_procedure"' in sql and "FOR UPDATE" in sql)
        stamp = next(place for place, sql in enumerate(said) if "procedures_cataloguestamp" in sql)
        self.assertLess(locks, stamp)


class ExportTests(TestCase):
    def test_sample_and_imported_records_come_back_whole_in_an_empty_portal(self) -> None:
        mess = full(
            7,
            methods=[way(fee_text=None, fees=None), way(channel="online", duration_text="1", duration_unit=None)],
            components=[paper("Lưu ý: mang bản chính", originals=0), paper("Đơn"), paper("Đơn")],
            extra={"kept": ["as", "it", "came"]},
        )
        with _Undone():
            publish_all()
            take(mess, short(8), full(code=None))
            first = list(exported(everything=True))
        self.assertEqual(Procedure.objects.count(), 0)
        publish_lists()
        report = take(*first)
        self.assertEqual(report.outcomes[Outcome.BAD], 0)
        self.assertEqual(list(exported(everything=True)), first)
        self.assertEqual(first[-2]["extra"] if "extra" in first[-2] else mess["extra"], {"kept": ["as", "it", "came"]})

    def test_an_export_taken_in_again_changes_nothing(self) -> None:
        publish_all()
        take(full(7), short(8), full(code=None))
        before = ProcedureVersion.objects.count()
        report = take(*exported(everything=True))
        self.assertEqual(set(report.outcomes), {Outcome.UNCHANGED})
        self.assertEqual(ProcedureVersion.objects.count(), before)

    def test_what_waits_is_left_out_unless_asked_for(self) -> None:
        take(full(7), full(code=None))
        self.assertEqual([line["code"] for line in exported(everything=False)], ["9.000007"])
        self.assertEqual(len(list(exported(everything=True))), 2)

    def test_an_export_costs_the_same_queries_for_one_and_for_thirty(self) -> None:
        take(full(1))
        with CaptureQueriesContext(connection) as one:
            list(exported(everything=True))
        take(*(full(number) for number in range(2, 31)))
        with CaptureQueriesContext(connection) as thirty:
            list(exported(everything=True))
        self.assertEqual(len(one), len(thirty))


class LockTests(TransactionTestCase):
    def test_a_second_import_is_told_that_one_is_at_work(self) -> None:
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [importing.IMPORT_LOCK])
            with (
                patch.object(importing, "PATIENCE", 0),
                pytest.raises(importing.Busy),
                importing.only_import(wait=False),
            ):
                pass
            with other.cursor() as cursor:  # the pool would keep the connection, and the lock with it
                cursor.execute("SELECT pg_advisory_unlock(%s)", [importing.IMPORT_LOCK])
        finally:
            other.close()
        with importing.only_import(wait=False):
            pass


class _Undone:
    """Whatever happens inside never did."""

    def __enter__(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()

    def __exit__(self, *trouble: Any) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
