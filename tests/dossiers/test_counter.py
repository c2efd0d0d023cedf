"""A dossier typed in at the counter: whose it is, what is kept, and taken in by one act with fee, code and clock."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import Http404, QueryDict

from motcua.accounts.models import User
from motcua.audit.models import Event
from motcua.core.errors import BusinessError, Conflict
from motcua.dossiers import access
from motcua.dossiers.models import CounterCase, Dossier, PaperTaken, PaymentState, State
from motcua.dossiers.queries import counter as reads
from motcua.dossiers.queries.drafts import still_to_bring
from motcua.dossiers.queries.people import my_dossiers
from motcua.dossiers.queries.receipts import receipt_values
from motcua.dossiers.rules.merging import Seen
from motcua.dossiers.services import counter, drafts
from motcua.dossiers.services.submission import NotReady, submit
from motcua.notifications.models import Message
from motcua.offerings.models import OfferingVersion
from motcua.payments.models import Booking
from tests.cast import an, at, chi, dung, hoa, mai
from tests.dossiers.at_counter import TYPED, begun, typed
from tests.dossiers.stages import fresh
from tests.factories import a_procedure_version, an_agency, an_offering
from tests.moments import Moments

RunJobs = Callable[..., list[str]]


@pytest.mark.django_db
class TestTyping:
    def test_the_person_is_the_transactor_and_the_officer_the_helper(self) -> None:
        draft = begun()
        assert (draft.user, draft.helped_by) == (an(), chi())
        assert draft.applicant == draft.owner
        assert draft.applicant["full_name"] == "Nguyễn Thị An"
        assert draft.delivery["hand_in"] == "tai-quay"

    def test_a_second_click_finds_the_case_of_the_first(self) -> None:
        assert begun() == begun()
        assert CounterCase.objects.count() == 1

    def test_it_is_the_counters_until_it_is_received(self) -> None:
        draft = typed()
        assert not my_dossiers(an())
        for door in (access.of_applicant, access.draft_of):
            with pytest.raises(Http404):
                door(an(), draft.ref)
        with pytest.raises(Http404):
            drafts.save_delivery(draft, QueryDict("pay=tai-quay"), by=an())
        with pytest.raises(Http404):
            submit(draft, by=an())

    def test_another_agency_and_other_roles_find_nothing(self) -> None:
        draft = typed()
        for stranger in (hoa(), dung()):
            with pytest.raises(Http404):
                access.counter_case(stranger, draft.ref)
            with pytest.raises(Http404):
                counter.save_case(draft, QueryDict(TYPED), by=stranger)
            with pytest.raises(Http404):
                counter.receive(draft, by=stranger)
            assert not reads.cases_at(stranger)

    def test_the_persons_own_drafts_stay_apart(self) -> None:
        begun()
        own = drafts.start_draft(an_offering(), by=an())
        assert own.helped_by is None
        assert [line.dossier for line in my_dossiers(an()).drafts] == [own]

    def test_everything_typed_is_kept_valid_or_not(self) -> None:
        draft = begun()
        counter.save_case(draft, QueryDict("birth_date__day=40&child_name=Lê"), by=chi(), at_field="birth-date--month")
        kept = fresh(draft)
        assert kept.answers["child_name"] == "Lê"
        assert kept.answers["birth_date"]["day"] == "40"
        assert kept.counter_case.at_field == "birth-date--month"
        assert [one.ref for one in reads.cases_at(chi())] == [draft.ref]

    def test_counts_are_kept_and_nonsense_is_nothing(self) -> None:
        draft = typed()
        row = draft.papers_taken.get(requirement_key="chung-sinh")
        assert (row.originals, row.certified, row.copies, row.by) == (1, 0, 0, chi())
        counter.save_case(draft, QueryDict("ban-chung-sinh-chinh=x&ban-chung-sinh-chup=200"), by=chi())
        row.refresh_from_db()
        assert (row.originals, row.copies) == (0, 99)
        counter.save_case(draft, QueryDict("ban-chung-sinh-chinh=&ban-chung-sinh-chup=0"), by=chi())
        assert not PaperTaken.objects.filter(requirement_key="chung-sinh").exists()

    def test_a_colleague_carries_it_on_and_is_told_what_was_overwritten(self) -> None:
        draft = begun()
        seen = Seen(revision=0, page="mot", turn=1)
        counter.save_case(draft, QueryDict("child_name=Lê Minh"), by=chi(), seen=seen)
        other = Seen(revision=0, page="hai", turn=1)
        saved = counter.save_case(draft, QueryDict("child_name=Lê Minh Khuê"), by=mai(), seen=other)
        assert [one.other for one in saved.overwritten] == ["Lê Minh"]
        assert fresh(draft).counter_case.saved_by == mai()

    def test_handing_in_for_another_person_keeps_who_stands_there(self) -> None:
        draft = typed()
        mother = "full_name=Trần Thu Hà&birth_date__day=1&birth_date__month=2&birth_date__year=1996&sex=nu"
        home = "&residence__province=98&residence__commune=98001"
        draft = counter.save_person(draft, "owner", QueryDict(mother + home), by=chi()).dossier
        assert (draft.owner["full_name"], draft.applicant["full_name"]) == ("Trần Thu Hà", "Nguyễn Thị An")
        assert counter.copy_applicant(draft, by=chi()).owner["full_name"] == "Nguyễn Thị An"

    def test_a_mended_contact_is_the_owners_too_while_they_are_one(self) -> None:
        draft = counter.save_person(begun(), "applicant", QueryDict("phone=0912345678"), by=chi()).dossier
        assert draft.owner["phone"] == draft.applicant["phone"]
        assert an().phone == "+84900000217"


@pytest.mark.django_db
class TestReceive:
    def test_gives_code_clock_receipt_and_takes_the_fee(self, clock: Moments, run_jobs: RunJobs) -> None:
        dossier = counter.receive(typed(), by=chi(), taken=16_000)
        dossier = fresh(dossier)
        assert (dossier.state, dossier.code) == (State.ACCEPTED, "H98.21-261125-0001")
        assert dossier.submitted_at == dossier.accepted_at == at("25/11/2026 08:35")
        assert dossier.due_at == at("25/11/2026 17:00")
        assert dossier.payment_state == PaymentState.PAID
        assert Booking.objects.get().by == chi()
        assert not CounterCase.objects.exists()
        assert "dossiers.make_receipt" in run_jobs()
        assert fresh(dossier).receipt is not None

    def test_helper_and_counts_are_on_record_and_the_person_reads_it(self, clock: Moments) -> None:
        dossier = counter.receive(typed(), by=chi(), taken=16_000)
        proof = Event.objects.get(act="dossier.received_at_counter")
        assert proof.actor_id == chi().pk
        assert proof.data["papers"] == {"to-khai": [1, 0, 0], "chung-sinh": [1, 0, 0]}
        event = dossier.events.get(kind="submit")
        assert event.title == "Nộp tại quầy, người tiếp nhận Trần Thị Chi"
        assert event.for_people
        assert [line.dossier for line in my_dossiers(an()).running] == [dossier]
        assert access.of_applicant(an(), dossier.ref) == dossier

    def test_the_receipt_lists_what_was_counted(self, clock: Moments) -> None:
        values = receipt_values(fresh(counter.receive(typed(), by=chi(), taken=16_000)))
        assert [(row["name"], row["originals"]) for row in values["papers"]] == [
            ("Tờ khai đăng ký khai sinh", 1),
            ("Giấy chứng sinh", 1),
        ]
        assert values["ref"] == ""  # nothing was handed in online
        assert values["officer"] == "Trần Thị Chi"

    def test_one_message_tells_the_person(self, clock: Moments, run_jobs: RunJobs) -> None:
        counter.receive(typed(), by=chi(), taken=16_000)
        assert set(Message.objects.values_list("template", flat=True)) == {"dossier_accepted"}

    def test_nothing_that_was_left_here_must_be_brought_again(self, clock: Moments) -> None:
        assert not still_to_bring(fresh(counter.receive(typed(), by=chi(), taken=16_000)))

    def test_the_fee_may_wait_for_the_result(self, clock: Moments) -> None:
        draft = counter.save_case(typed(), QueryDict("pay=tai-quay"), by=chi()).dossier
        assert counter.receive(draft, by=chi()).payment_state == PaymentState.OWED
        assert not Booking.objects.exists()

    def test_a_clock_that_waits_for_money_wants_it_now(self, clock: Moments) -> None:
        draft = typed(clock_starts=OfferingVersion.ClockStarts.COMPLETE_AND_PAID)
        assert reads.pay_ways(draft) == ["tai-quay-truoc"]
        assert fresh(counter.receive(draft, by=chi(), taken=16_000)).due_at is not None

    def test_another_fee_than_the_page_said_is_shown_first(self, clock: Moments) -> None:
        draft = typed()
        with pytest.raises(BusinessError, match=r"16\.000 đồng, không phải 8\.000 đồng"):
            counter.receive(draft, by=chi(), taken=8_000)
        assert fresh(draft).state == State.DRAFT

    def test_says_everything_that_lacks(self, clock: Moments) -> None:
        draft = begun()
        with pytest.raises(NotReady) as refusal:
            counter.receive(draft, by=chi())
        messages = [one.message for one in refusal.value.problems]
        assert "Ghi số bản đã nhận hoặc quét “Giấy chứng sinh”" in messages
        assert any("Họ, chữ đệm, tên" in message or "họ" in message.lower() for message in messages)

    def test_the_declaration_is_signed_on_paper(self, clock: Moments) -> None:
        draft = counter.save_case(typed(), QueryDict("ban-to-khai-chinh=0"), by=chi()).dossier
        with pytest.raises(NotReady) as refusal:
            counter.receive(draft, by=chi(), taken=16_000)
        assert [one.html_id for one in refusal.value.problems] == ["ban-to-khai-chinh"]

    def test_no_digital_signature_is_asked_of_who_signs_here(self, clock: Moments) -> None:
        draft = typed(signing=OfferingVersion.Signing.REQUIRED)
        assert counter.receive(draft, by=chi(), taken=16_000).state == State.ACCEPTED

    def test_a_service_without_a_form_is_taken_in_too(self, clock: Moments) -> None:
        draft = typed(
            "ban-to-khai-chinh=1&ban-chung-sinh-sao=1",
            form=None, old_level=2, copies_answer="", hand_in_ways=["tai-quay"],
        )  # fmt: skip
        dossier = counter.receive(draft, by=chi())
        assert dossier.state == State.ACCEPTED
        assert dossier.subject_name == "Nguyễn Thị An"

    def test_a_second_click_changes_nothing(self, clock: Moments) -> None:
        draft = typed()
        first = counter.receive(draft, by=chi(), taken=16_000)
        assert counter.receive(draft, by=chi(), taken=16_000) == first
        assert Booking.objects.count() == 1

    def test_a_colleague_who_comes_second_is_told(self, clock: Moments) -> None:
        draft = typed()
        counter.receive(draft, by=chi(), taken=16_000)
        with pytest.raises(Conflict, match="Trần Thị Chi tiếp nhận lúc 8:35"):
            counter.receive(draft, by=mai(), taken=16_000)

    def test_a_discarded_case_is_gone_for_everybody(self) -> None:
        draft = typed()
        drafts.discard(draft, by=mai())
        with pytest.raises(Conflict):
            counter.receive(draft, by=chi(), taken=16_000)
        assert not Dossier.objects.exists()

    def test_an_officer_of_another_ward_begins_nothing_here(self) -> None:
        a_procedure_version()
        an_agency()
        with pytest.raises(Http404):
            counter.start(an_offering(), an(), by=hoa())


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_receive_it_once() -> None:
    draft = typed()
    other = mai()
    said: list[str] = []

    def press(officer: User) -> None:
        try:
            counter.receive(Dossier.objects.get(pk=draft.pk), by=officer, taken=16_000)
            said.append("received")
        except Conflict:
            said.append("too late")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[officer]) for officer in (chi(), other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["received", "too late"]
    assert Booking.objects.count() == 1
