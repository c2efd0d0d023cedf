"""A supplement of a service that wants a signature: what was corrected is confirmed anew, just as the submission."""

from typing import Any

import pytest
from django.http import Http404
from django.utils import timezone

from motcua.accounts.models import User
from motcua.accounts.national.confirm import Confirmed
from motcua.audit.models import Event
from motcua.core.errors import BusinessError
from motcua.documents.queries import words_of
from motcua.dossiers import access
from motcua.dossiers.models import Confirmation, Dossier, State, SupplementFile
from motcua.dossiers.queries import confirmed
from motcua.dossiers.queries.content import content_of
from motcua.dossiers.queries.drafts import still_to_bring
from motcua.dossiers.queries.supplements import open_request
from motcua.dossiers.rules.signing import SignedWrongly
from motcua.dossiers.services import confirmations, reception, supplementing, supplements, work
from motcua.dossiers.services.confirmations import Incomplete, NotConfirmed
from motcua.dossiers.services.supplements import Ended
from tests.cast import AN_NUMBER, BINH_NUMBER, an, binh, chi, dung
from tests.documents.files import pdf, upload
from tests.documents.signatures.signed import signed_by
from tests.dossiers.confirming import NAME, a_confirmed_dossier, sign, signed
from tests.dossiers.stages import fresh
from tests.dossiers.supplements import MOTHER, asked, picture, renew, type_
from tests.moments import Moments

pytestmark = pytest.mark.django_db
NEW_NAME = "mother_name=Trần Thị Thu Hà"


def at_reception() -> Dossier:
    return a_confirmed_dossier()


def taken_up() -> Dossier:
    return work.take_up(reception.accept(a_confirmed_dossier(), by=chi()), by=dung())


@pytest.fixture(params=[at_reception, taken_up])
def dossier(request: pytest.FixtureRequest, clock: Moments) -> Dossier:
    """Sent back for the mother's name and the notice, at either stage, with the name corrected."""
    found = asked(request.param())
    type_(found, NEW_NAME)
    renew(found)
    return found


@pytest.fixture
def open_one(clock: Moments) -> Dossier:
    """The same at reception, only for the name, with nothing typed yet."""
    return asked(at_reception(), MOTHER)


class TestSend:
    def test_is_refused_without_one_and_loses_nothing(self, dossier: Dossier) -> None:
        with pytest.raises(NotConfirmed, match="Xác nhận bổ sung qua VNeID"):
            supplementing.send(dossier, by=an())
        found = fresh(dossier)
        request = open_request(found)
        assert request is not None
        assert request.answers["mother_name"] == "Trần Thị Thu Hà"
        assert "mother_name" not in found.answers
        assert SupplementFile.objects.get(which="new").document.name == "chung-sinh-moi.jpg"

    def test_passes_with_one_of_exactly_this(self, dossier: Dossier) -> None:
        row = sign(dossier)
        sent = supplementing.send(dossier, by=an())
        assert sent.state != State.SUPPLEMENT
        assert [one.covered for one in confirmed.standing(fresh(dossier))] == [
            "nội dung nộp lần đầu",
            "nội dung sau khi bổ sung",
        ]
        assert row.supplement == dossier.supplements.get()

    def test_the_digest_outlives_it_and_stands_in_the_sealed_trail(self, dossier: Dossier) -> None:
        """Whoever doubts the proof later works it out again from the dossier."""
        first = dossier.confirmations.get()
        row = sign(dossier)
        supplementing.send(dossier, by=an())
        assert row.digest != first.digest
        assert confirmed.present_digest(fresh(dossier)) == row.digest
        assert Event.objects.get(act="dossier.supplemented").data["digest"] == row.digest
        assert Event.objects.filter(act="dossier.confirmed").latest("pk").data["request"] == row.supplement_id

    def test_is_refused_when_something_was_changed_since(self, dossier: Dossier) -> None:
        sign(dossier)
        type_(dossier, "mother_name=Trần Thu Hà")
        assert confirmed.outdated(content_of(fresh(dossier)))
        with pytest.raises(NotConfirmed):
            supplementing.send(dossier, by=an())
        sign(dossier)
        supplementing.send(dossier, by=an())
        assert dossier.confirmations.count() == 2  # the outdated one went, the first one stays

    def test_another_file_needs_a_new_one(self, dossier: Dossier) -> None:
        sign(dossier)
        supplementing.detach(dossier, SupplementFile.objects.get(which="new").pk, by=an())
        supplementing.attach(dossier, "chung-sinh", upload(pdf(), "khac.pdf"), by=an())
        with pytest.raises(NotConfirmed):
            supplementing.send(dossier, by=an())

    def test_the_same_file_again_does_not(self, dossier: Dossier) -> None:
        sign(dossier)
        supplementing.detach(dossier, SupplementFile.objects.get(which="new").pk, by=an())
        supplementing.attach(dossier, "chung-sinh", picture(), by=an())
        supplementing.send(dossier, by=an())
        assert still_to_bring(fresh(dossier)) == []

    def test_what_stays_as_it_was_is_confirmed_already(self, open_one: Dossier) -> None:
        sent = supplementing.send(open_one, by=an(), remark="Giấy gốc ghi đúng như vậy")
        assert sent.state == State.SUBMITTED
        assert [one.covered for one in confirmed.standing(fresh(open_one))] == ["nội dung nộp lần đầu"]

    def test_a_service_without_it_asks_for_none(self, clock: Moments) -> None:
        plain = asked(None, MOTHER)
        type_(plain, NEW_NAME)
        supplementing.send(plain, by=an())
        assert Event.objects.get(act="dossier.supplemented").data["digest"] == confirmed.present_digest(fresh(plain))
        assert confirmed.standing(fresh(plain)) == []

    def test_one_for_a_request_that_was_ended_counts_when_the_same_is_sent_later(self, clock: Moments) -> None:
        dossier = asked(a_confirmed_dossier(supplements_allowed=2), MOTHER)
        type_(dossier, NEW_NAME)
        row = sign(dossier)
        clock.at("28/12/2026 08:00")
        supplements.end(dossier, by=chi())
        assert len(confirmed.standing(fresh(dossier))) == 1  # it was never handed in
        dossier = asked(fresh(dossier), MOTHER)
        type_(dossier, NEW_NAME)
        supplementing.send(dossier, by=an())
        assert row in confirmed.standing(fresh(dossier))


class TestSignedDeclaration:
    def test_says_what_will_be_and_what_is_new_in_it(self, dossier: Dossier) -> None:
        text = words_of(confirmations.declaration(dossier))
        for words in (
            "Bổ sung theo yêu cầu ngày 25/11/2026", "Trần Thị Thu Hà", "chung-sinh-moi.jpg",
            dossier.code or dossier.ref, confirmed.present_digest(dossier)[:8],
        ):  # fmt: skip
            assert words in text, words
        assert "giay-chung-sinh.jpg" not in text

    @pytest.mark.parametrize("other", ["first", "typed before"])
    def test_another_one_is_refused_and_everything_stays(self, clock: Moments, other: str) -> None:
        dossier = a_confirmed_dossier()
        content = signed(dossier)
        dossier = asked(dossier, MOTHER)
        type_(dossier, NEW_NAME)
        if other == "typed before":
            content = signed(dossier)
            type_(dossier, "mother_name=Trần Thị Hà")
        with pytest.raises(SignedWrongly) as refused:
            confirmations.take_signed_declaration(dossier, upload(content, "to-khai.pdf"), by=an())
        assert refused.value.reason == "other_declaration"
        assert dossier.confirmations.count() == 1

    def test_an_incomplete_one_is_not_signed(self, dossier: Dossier) -> None:
        supplementing.detach(dossier, SupplementFile.objects.get(which="new").pk, by=an())
        with pytest.raises(Incomplete):
            confirmations.declaration(dossier)

    def test_somebody_elses_or_one_that_is_sent(self, dossier: Dossier) -> None:
        both = signed_by("Lê Văn Bình", BINH_NUMBER, content=signed(dossier))
        with pytest.raises(Http404):
            confirmations.take_signed_declaration(dossier, upload(both, "to-khai.pdf"), by=binh())
        sign(dossier)
        supplementing.send(dossier, by=an())
        with pytest.raises(Ended):
            confirmations.take_signed_declaration(dossier, upload(both, "to-khai.pdf"), by=an())

    def test_the_desk_sees_it_once_it_is_sent(self, dossier: Dossier) -> None:
        document = sign(dossier).document
        assert document is not None
        with pytest.raises(Http404):
            access.document_for_officer(chi(), dossier.ref, document.pk)
        assert access.document_of_applicant(an(), dossier.ref, document.pk) == document
        supplementing.send(dossier, by=an())
        assert access.document_for_officer(chi(), dossier.ref, document.pk) == document


class TestNational:
    @pytest.fixture
    def portal(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
        """What the National portal is asked and says; its protocol has tests of its own."""
        asked_of: dict[str, Any] = {"assurance": User.Assurance.HIGH}

        def begin(session: Any, **facts: Any) -> str:
            asked_of.update(facts)
            return "https://national.example/xac-nhan"

        def finish(session: Any, *, user: User, returned: Any) -> Confirmed:
            return Confirmed(
                issuer="https://national.example", subject="s", personal_number=AN_NUMBER, full_name=NAME,
                assurance=asked_of["assurance"], digest=asked_of["digest"], what=asked_of["what"], at=timezone.now(),
                statement="a.b.c", key={"kty": "RSA"},
            )  # fmt: skip

        monkeypatch.setattr(confirmations, "begin_confirmation", begin)
        monkeypatch.setattr(confirmations, "finish_confirmation", finish)
        return asked_of

    def begin(self, dossier: Dossier) -> None:
        confirmations.begin_national(dossier, by=an(), session={}, return_path="/x/")  # type: ignore[arg-type]

    def finish(self, dossier: Dossier) -> Confirmation:
        return confirmations.finish_national(dossier, by=an(), session={}, returned={})  # type: ignore[arg-type]

    def test_confirms_what_will_be(self, dossier: Dossier, portal: dict[str, Any]) -> None:
        self.begin(dossier)
        assert portal["digest"] == content_of(dossier).digest
        assert portal["what"].startswith("Bổ sung hồ sơ ")
        assert (dossier.code or dossier.ref) in portal["what"]
        self.finish(dossier)
        supplementing.send(dossier, by=an())

    def test_a_change_in_between_has_to_be_confirmed_again(self, dossier: Dossier, portal: dict[str, Any]) -> None:
        self.begin(dossier)
        type_(dossier, "mother_name=Trần Thị Hà")
        with pytest.raises(BusinessError, match="đã được sửa trong lúc"):
            self.finish(dossier)
        assert dossier.confirmations.count() == 1

    def test_the_desk_ends_the_wait_meanwhile(self, dossier: Dossier, portal: dict[str, Any], clock: Moments) -> None:
        self.begin(dossier)
        clock.at("28/12/2026 08:00")
        supplements.end(dossier, by=chi() if dossier.held_by is None else dung())
        with pytest.raises(Ended):
            self.finish(dossier)

    @pytest.mark.parametrize(
        ("assurance", "left"), [(User.Assurance.HIGH, []), (User.Assurance.MEDIUM, ["chung-sinh"])]
    )
    def test_a_sure_identity_replaces_the_paper_that_came_with_it(
        self, dossier: Dossier, portal: dict[str, Any], clock: Moments, assurance: str, left: list[str]
    ) -> None:
        portal["assurance"] = assurance
        clock.at("26/11/2026 08:00")
        assert still_to_bring(dossier) == []  # the submission's signature covers the old one
        self.begin(dossier)
        self.finish(dossier)
        supplementing.send(dossier, by=an())
        assert [paper.key for paper in still_to_bring(fresh(dossier))] == left
