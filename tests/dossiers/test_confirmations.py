"""Standing by a dossier with more than a tick: a signed declaration, or a confirmation through the National portal."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.http import Http404, QueryDict
from django.utils import timezone

from motcua.accounts.models import User
from motcua.accounts.national.confirm import Confirmed
from motcua.accounts.national.errors import Cancelled
from motcua.audit.models import Event
from motcua.core.errors import BusinessError, Conflict
from motcua.documents.models import Document
from motcua.documents.rules import UploadRefused
from motcua.dossiers.models import Attachment, Confirmation, Dossier, State
from motcua.dossiers.queries import confirmed
from motcua.dossiers.queries.content import content_of
from motcua.dossiers.queries.drafts import still_to_bring
from motcua.dossiers.rules.signing import SignedWrongly
from motcua.dossiers.services import confirmations, drafts, submission
from motcua.dossiers.services.confirmations import Incomplete, NotConfirmed
from tests.cast import AN_NUMBER, BINH_NUMBER, an, binh
from tests.documents.files import pdf, upload
from tests.documents.signatures.signed import a_stranger, signed_by
from tests.factories import a_filled_draft, a_picture, an_offering

pytestmark = pytest.mark.django_db
NAME = "Nguyễn Thị An"


@pytest.fixture
def draft() -> Dossier:
    """An's draft with nothing missing, for a service that wants a signature."""
    return a_filled_draft(version=an_offering(signing="ky-so"))


def signed(draft: Dossier, name: str = NAME, number: str = AN_NUMBER, **how: Any) -> bytes:
    return signed_by(name, number, content=confirmations.declaration(draft), **how)


def take(draft: Dossier, content: bytes, by: User | None = None) -> Confirmation:
    return confirmations.take_signed_declaration(draft, upload(content, "to-khai.pdf"), by=by or an())


def refusal(draft: Dossier, content: bytes) -> str:
    with pytest.raises(SignedWrongly) as refused:
        take(draft, content)
    assert not draft.confirmations.exists()
    assert not Document.objects.filter(kind=Document.Kind.PDF).exists()  # nothing of it is kept
    return refused.value.reason


def change(draft: Dossier) -> Dossier:
    data = QueryDict("child_name=Lê Minh Anh&birth_date__day=12&birth_date__month=11&birth_date__year=2026&copies=2")
    return drafts.save_answers(draft, "tre-em", data, by=an()).dossier


class TestSubmit:
    def test_is_refused_without_one_and_loses_nothing(self, draft: Dossier) -> None:
        with pytest.raises(NotConfirmed, match="Xác nhận tờ khai"):
            submission.submit(draft, by=an())
        draft.refresh_from_db()
        assert draft.state == State.DRAFT
        assert draft.answers["child_name"] == "Lê Minh Khuê"

    def test_passes_with_one_of_exactly_this(self, draft: Dossier) -> None:
        take(draft, signed(draft))
        assert submission.submit(draft, by=an()).state == State.SUBMITTED
        (row,) = confirmed.standing(Dossier.objects.get(pk=draft.pk))
        assert row.who == NAME

    def test_the_digest_outlives_it_and_stands_in_the_sealed_trail(self, draft: Dossier) -> None:
        """Whoever doubts the proof later works it out again from the dossier."""
        row = take(draft, signed(draft))
        handed_in = submission.submit(draft, by=an())
        assert confirmed.present_digest(Dossier.objects.get(pk=handed_in.pk)) == row.digest
        assert Event.objects.get(act="dossier.submitted").data["digest"] == row.digest
        assert Event.objects.get(act="dossier.confirmed").data["digest"] == row.digest

    def test_is_refused_when_something_was_changed_since(self, draft: Dossier) -> None:
        take(draft, signed(draft))
        draft = change(draft)
        assert confirmed.standing(draft) == []
        assert confirmed.outdated(content_of(draft))
        with pytest.raises(NotConfirmed):
            submission.submit(draft, by=an())

    def test_a_file_more_or_another_one_needs_a_new_one(self, draft: Dossier) -> None:
        take(draft, signed(draft))
        one = draft.attachments.get()
        one.document = a_picture("khac.jpg", an())
        Document.objects.filter(pk=one.document.pk).update(blob=_other_bytes())
        one.save()
        with pytest.raises(NotConfirmed):
            submission.submit(draft, by=an())

    def test_an_outdated_one_goes_when_the_dossier_is_handed_in(self, draft: Dossier) -> None:
        take(draft, signed(draft))
        draft = change(draft)
        take(draft, signed(draft))
        submission.submit(draft, by=an())
        assert draft.confirmations.count() == 1

    def test_looking_at_a_page_again_changes_nothing(self, draft: Dossier) -> None:
        take(draft, signed(draft))
        same = "child_name=Lê Minh Khuê&birth_date__day=12&birth_date__month=11&birth_date__year=2026&copies=2"
        draft = drafts.save_answers(draft, "tre-em", QueryDict(same + "&mother_name="), by=an()).dossier
        assert submission.submit(draft, by=an()).state == State.SUBMITTED

    def test_a_service_without_it_asks_for_none(self) -> None:
        draft = a_filled_draft()
        assert not confirmed.wants_confirmation(draft)
        assert submission.submit(draft, by=an()).state == State.SUBMITTED


def _other_bytes() -> Any:
    from motcua.documents.services import store_generated

    return store_generated(b"other", "x.jpg", kind=Document.Kind.JPEG).blob


class TestSignedDeclaration:
    def test_is_kept_with_who_and_when(self, draft: Dossier) -> None:
        before = timezone.now() - timedelta(seconds=2)
        row = take(draft, signed(draft))
        assert (row.kind, row.who, row.personal_number) == ("signed_file", NAME, AN_NUMBER)
        assert row.digest == confirmed.present_digest(draft)
        assert before <= row.at <= timezone.now()
        assert row.document
        assert row.document.signatures.get().is_good

    def test_may_carry_further_signatures(self, draft: Dossier) -> None:
        both = signed_by("Lê Văn Bình", BINH_NUMBER, content=signed(draft))
        assert take(draft, both).who == NAME

    def test_may_have_been_written_anew_before_signing(self, draft: Dossier) -> None:
        """Some programs save the file before they sign it: the words count, not the bytes."""
        with pikepdf.open(io.BytesIO(confirmations.declaration(draft))) as document:
            out = io.BytesIO()
            document.save(out)
        assert take(draft, signed_by(NAME, AN_NUMBER, content=out.getvalue())).who == NAME

    def test_an_unsigned_file(self, draft: Dossier) -> None:
        assert refusal(draft, confirmations.declaration(draft)) == "unsigned"

    def test_a_file_changed_by_one_byte(self, draft: Dossier) -> None:
        content = bytearray(signed(draft))
        place = content.index(b"/MediaBox") + 12
        content[place : place + 1] = b"1"
        assert refusal(draft, bytes(content)) == "changed"

    def test_a_strangers_authority(self, draft: Dossier, tmp_path: Path) -> None:
        assert refusal(draft, signed(draft, by=a_stranger(tmp_path))) == "untrusted"

    def test_an_expired_certificate(self, draft: Dossier) -> None:
        assert refusal(draft, signed(draft, until=datetime(2025, 1, 1, tzinfo=UTC))) == "expired"

    def test_another_persons_signature(self, draft: Dossier) -> None:
        assert refusal(draft, signed(draft, "Lê Văn Bình", BINH_NUMBER)) == "other_person"

    def test_a_certificate_without_a_number(self, draft: Dossier) -> None:
        assert refusal(draft, signed(draft, number="")) == "no_number"

    def test_another_file_signed_well(self, draft: Dossier) -> None:
        assert refusal(draft, signed_by(NAME, AN_NUMBER, content=pdf())) == "other_declaration"

    def test_the_declaration_of_before_a_change(self, draft: Dossier) -> None:
        content = signed(draft)
        assert refusal(change(draft), content) == "other_declaration"

    def test_the_declaration_of_another_dossier(self, draft: Dossier) -> None:
        other = a_filled_draft(version=draft.offering_version)
        assert other.pk != draft.pk
        assert refusal(draft, signed(other)) == "other_declaration"

    def test_a_picture(self, draft: Dossier) -> None:
        from tests.documents.files import picture

        assert refusal(draft, picture()) == "unsigned"

    def test_a_damaged_file(self, draft: Dossier) -> None:
        with pytest.raises(UploadRefused):
            take(draft, signed(draft)[:2000])

    def test_sent_twice_is_one(self, draft: Dossier) -> None:
        content = signed(draft)
        take(draft, content)
        with pytest.raises(BusinessError, match="đã được ký số"):
            take(draft, content)
        assert draft.confirmations.count() == 1

    def test_an_incomplete_draft_is_not_signed(self, draft: Dossier) -> None:
        content = signed(draft)
        draft.attachments.all().delete()
        with pytest.raises(Incomplete):
            confirmations.declaration(draft)
        with pytest.raises(Incomplete):
            take(draft, content)

    def test_somebody_elses_or_a_handed_in_one(self, draft: Dossier) -> None:
        content = signed(draft)
        with pytest.raises((Http404, SignedWrongly)):
            take(draft, content, by=binh())
        take(draft, content)
        submission.submit(draft, by=an())
        with pytest.raises(Conflict):
            take(draft, signed_by("Lê Văn Bình", BINH_NUMBER, content=content))


class TestNational:
    @pytest.fixture
    def portal(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
        """What the National portal is asked and says; its protocol has tests of its own."""
        asked: dict[str, Any] = {"assurance": User.Assurance.HIGH}

        def begin(session: Any, **facts: Any) -> str:
            asked.update(facts)
            return "https://national.example/xac-nhan"

        def finish(session: Any, *, user: User, returned: Any) -> Confirmed:
            if "error" in returned:
                raise Cancelled
            return Confirmed(
                issuer="https://national.example", subject="s", personal_number=AN_NUMBER, full_name=NAME,
                assurance=asked["assurance"], digest=asked["digest"], what=asked["what"], at=timezone.now(),
                statement="a.b.c", key={"kty": "RSA"},
            )  # fmt: skip

        monkeypatch.setattr(confirmations, "begin_confirmation", begin)
        monkeypatch.setattr(confirmations, "finish_confirmation", finish)
        return asked

    def begin(self, draft: Dossier) -> str:
        return confirmations.begin_national(draft, by=an(), session={}, return_path="/x/")  # type: ignore[arg-type]

    def finish(self, draft: Dossier, **returned: str) -> Confirmation:
        return confirmations.finish_national(draft, by=an(), session={}, returned=returned)  # type: ignore[arg-type]

    def test_confirms_the_present_content(self, draft: Dossier, portal: dict[str, Any]) -> None:
        assert self.begin(draft) == "https://national.example/xac-nhan"
        assert portal["digest"] == confirmed.present_digest(draft)
        assert draft.ref in portal["what"]
        row = self.finish(draft)
        assert (row.kind, row.who, row.proof, row.proof_key) == ("national", NAME, "a.b.c", {"kty": "RSA"})
        assert submission.submit(draft, by=an()).state == State.SUBMITTED

    def test_twice_is_one(self, draft: Dossier, portal: dict[str, Any]) -> None:
        self.begin(draft)
        assert self.finish(draft) == self.finish(draft)

    def test_a_change_in_between_has_to_be_confirmed_again(self, draft: Dossier, portal: dict[str, Any]) -> None:
        self.begin(draft)
        with pytest.raises(BusinessError, match="đã được sửa trong lúc"):
            self.finish(change(draft))
        assert not draft.confirmations.exists()

    def test_cancelled_changes_nothing(self, draft: Dossier, portal: dict[str, Any]) -> None:
        self.begin(draft)
        with pytest.raises(Cancelled):
            self.finish(draft, error="access_denied")
        assert not draft.confirmations.exists()

    def test_an_incomplete_draft_is_not_sent_there(self, draft: Dossier, portal: dict[str, Any]) -> None:
        draft.attachments.all().delete()
        with pytest.raises(Incomplete):
            self.begin(draft)

    def test_a_sure_identity_replaces_the_papers_a_less_sure_one_does_not(
        self, draft: Dossier, portal: dict[str, Any]
    ) -> None:
        assert [paper.key for paper in still_to_bring(draft)] == ["chung-sinh"]
        portal["assurance"] = User.Assurance.MEDIUM
        self.begin(draft)
        row = self.finish(draft)
        assert [paper.key for paper in still_to_bring(draft)] == ["chung-sinh"]
        row.delete()
        portal["assurance"] = User.Assurance.HIGH
        self.finish(draft)
        assert still_to_bring(draft) == []


class TestPapersToBring:
    def test_a_signed_declaration_covers_what_was_attached(self, draft: Dossier) -> None:
        take(draft, signed(draft))
        assert still_to_bring(draft) == []
        handed_in = submission.submit(draft, by=an())
        assert still_to_bring(handed_in) == []

    def test_what_came_later_is_not_covered(self, draft: Dossier) -> None:
        take(draft, signed(draft))
        handed_in = submission.submit(draft, by=an())
        handed_in.attachments.update(added_at=timezone.now() + timedelta(hours=1))  # a supplement's
        assert [paper.key for paper in still_to_bring(handed_in)] == ["chung-sinh"]

    def test_a_signed_paper_need_not_be_brought(self) -> None:
        draft = a_filled_draft()
        self.replace(draft, signed_by("Bệnh viện Hoa Sen"))
        assert still_to_bring(draft) == []

    def test_a_paper_with_one_unsigned_file_or_a_bad_signature_must(self, tmp_path: Path) -> None:
        draft = a_filled_draft()
        self.replace(draft, signed_by("Bệnh viện Hoa Sen", by=a_stranger(tmp_path)))
        assert [paper.key for paper in still_to_bring(draft)] == ["chung-sinh"]
        self.replace(draft, signed_by("Bệnh viện Hoa Sen"))
        Attachment.objects.create(
            dossier=draft, requirement_key="chung-sinh", document=a_picture(), position=9, added_at=timezone.now()
        )
        assert [paper.key for paper in still_to_bring(draft)] == ["chung-sinh"]

    def replace(self, draft: Dossier, content: bytes) -> None:
        draft.attachments.all().delete()
        drafts.attach(draft, "chung-sinh", upload(content, "giay.pdf"), by=an())
