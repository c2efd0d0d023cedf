"""Accept a dossier: code, clock, receipt, message; the right officer only, and only once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import Http404

from motcua.audit.models import Event
from motcua.core.errors import BusinessError, Conflict
from motcua.documents.models import Document
from motcua.dossiers.models import Counter, Dossier, State
from motcua.dossiers.services import reception
from motcua.notifications.models import Message
from motcua.offerings.models import OfferingVersion
from tests.cast import at, chi, dung, hoa
from tests.dossiers.stages import accepted, fresh, submitted
from tests.factories import a_submitted_dossier, an_offering
from tests.moments import Moments

RunJobs = Callable[..., list[str]]


@pytest.mark.django_db
class TestAccept:
    def test_gives_code_clock_and_step(self, clock: Moments) -> None:
        dossier = fresh(accepted())
        assert dossier.state == State.ACCEPTED
        assert dossier.code == "H98.21-261125-0001"
        assert dossier.accepted_at == dossier.clock_started_at == at("25/11/2026 08:35")
        assert dossier.due_at == at("25/11/2026 17:00")
        assert dossier.answer_by is None
        assert dossier.step is not None
        assert dossier.step.key == "tham-tra"

    def test_after_three_it_is_due_the_next_working_day(self, clock: Moments) -> None:
        clock.at("27/11/2026 15:01")
        assert accepted().due_at == at("30/11/2026 17:00")

    def test_codes_count_by_day_and_agency(self, clock: Moments) -> None:
        assert [accepted().code, accepted().code] == ["H98.21-261125-0001", "H98.21-261125-0002"]
        clock.at("26/11/2026 07:31")
        assert accepted().code == "H98.21-261126-0001"

    def test_tells_people_and_keeps_the_proof(self, clock: Moments) -> None:
        dossier = accepted()
        event = dossier.events.get(kind="accept")
        assert (event.actor_name, event.actor_place) == ("Trần Thị Chi", "Bộ phận Một cửa, phường Hoa Sen")
        proof = Event.objects.get(act="dossier.accepted")
        assert (proof.actor_name, proof.subject_ref, proof.data["code"]) == ("Trần Thị Chi", dossier.ref, dossier.code)
        email = Message.objects.get(template="dossier_accepted", channel="email")
        for words in (dossier.code, "Trần Thị Chi", "17:00", "Giấy chứng sinh", f"/ho-so/{dossier.ref}/"):
            assert words in email.body
        sms = Message.objects.get(template="dossier_accepted", channel="sms")
        assert len(sms.body) <= 160
        assert sms.body.isascii()

    def test_receipt_is_made_right_after(self, clock: Moments, run_jobs: RunJobs) -> None:
        dossier = accepted()
        assert dossier.receipt is None
        assert "dossiers.make_receipt" in run_jobs(fail=True)
        receipt = fresh(dossier).receipt
        assert receipt is not None
        assert receipt.kind == Document.Kind.PDF
        assert receipt.owner == dossier.user
        assert [(one.signer, one.trouble) for one in receipt.signatures.all()] == [(dossier.agency.name, "")]

    def test_a_rerun_job_leaves_one_receipt(self, clock: Moments, run_jobs: RunJobs) -> None:
        dossier = accepted()
        run_jobs(fail=True)
        before = fresh(dossier).receipt_id
        reception.make_receipt(dossier.pk)
        assert fresh(dossier).receipt_id == before
        assert Event.objects.filter(act="dossier.receipt_made").count() == 1

    def test_a_worker_killed_before_the_receipt_loses_nothing(self, clock: Moments, run_jobs: RunJobs) -> None:
        """The job's row stands with the act: whoever finds it later makes the receipt."""
        dossier = accepted()
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'dossiers.make_receipt' RETURNING id"
            )
            assert cursor.fetchone()
            cursor.execute(  # what the sweeper does with the job of a dead worker
                "UPDATE procrastinate_jobs SET status = 'todo' WHERE task_name = 'dossiers.make_receipt'"
            )
        run_jobs(fail=True)
        assert fresh(dossier).receipt_id is not None

    def test_a_worker_killed_between_file_and_row_leaves_one_receipt(
        self, clock: Moments, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dossier = accepted()

        def killed(*args: object, **kwargs: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(reception, "prove", killed)
            with pytest.raises(KeyboardInterrupt):
                reception.make_receipt(dossier.pk)
        assert fresh(dossier).receipt_id is None
        reception.make_receipt(dossier.pk)
        assert fresh(dossier).receipt_id is not None
        assert Document.objects.filter(name__startswith="giay-tiep-nhan").count() == 1

    def test_twice_is_a_conflict_that_names_the_first(self, clock: Moments) -> None:
        dossier = submitted()
        reception.accept(dossier, by=chi())
        clock.at("25/11/2026 09:00")
        with pytest.raises(Conflict, match=r"H98.21-261125-0001 đã được Trần Thị Chi tiếp nhận lúc 8:35\."):
            reception.accept(dossier, by=chi())
        assert Counter.objects.get().last == 1

    def test_needs_the_reception_role(self, clock: Moments) -> None:
        with pytest.raises(BusinessError, match="Tiếp nhận và trả kết quả"):
            reception.accept(submitted(), by=dung())

    def test_is_hidden_from_other_agencies(self, clock: Moments) -> None:
        with pytest.raises(Http404):
            reception.accept(submitted(), by=hoa())

    def test_waits_for_the_fee_where_the_clock_does(self, clock: Moments) -> None:
        version = an_offering(clock_starts=OfferingVersion.ClockStarts.COMPLETE_AND_PAID)
        with pytest.raises(BusinessError, match=r"16\.000 đồng"):
            reception.accept(a_submitted_dossier(version=version), by=chi())

    def test_a_page_that_is_out_of_date_is_a_conflict(self, clock: Moments) -> None:
        with pytest.raises(Conflict):
            reception.accept(submitted(), by=chi(), seen="submitted.99999")


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_make_one_code(clock: Moments) -> None:
    dossier, officer = submitted(), chi()
    ready, said = threading.Barrier(2), []

    def accept() -> None:
        ready.wait()
        try:
            said.append(reception.accept(Dossier.objects.get(pk=dossier.pk), by=officer).code)
        except Conflict as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=accept) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(said) == [
        "H98.21-261125-0001",
        "Hồ sơ H98.21-261125-0001 đã được Trần Thị Chi tiếp nhận lúc 8:35.",
    ]
    assert Counter.objects.get().last == 1
    assert fresh(dossier).events.filter(kind="accept").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_dossiers_at_once_get_two_codes(clock: Moments) -> None:
    dossiers, officer = [submitted() for _ in range(4)], chi()
    codes = []

    def accept(pk: int) -> None:
        try:
            codes.append(reception.accept(Dossier.objects.get(pk=pk), by=officer).code)
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=[dossier.pk]) for dossier in dossiers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(filter(None, codes)) == [f"H98.21-261125-000{n}" for n in range(1, 5)]
