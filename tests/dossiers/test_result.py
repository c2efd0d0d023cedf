"""Number and file of the result; how it reaches the person."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import Http404

from motcua.core.errors import BusinessError, Conflict
from motcua.dossiers.models import DeliveryState, Dossier, HandOver, PaymentState, State
from motcua.dossiers.queries.clocks import clock_of
from motcua.dossiers.rules.clock import Standing
from motcua.dossiers.services import results
from motcua.notifications.models import Message
from tests.cast import an, at, binh, chi, dung, hoa, khanh
from tests.dossiers.stages import approved, fresh, issued, proposed
from tests.moments import Moments

NUMBER = "098094001552"


@pytest.mark.django_db
class TestIssue:
    def test_numbers_files_and_ends_the_clock(self, clock: Moments) -> None:
        dossier = approved()
        clock.at("25/11/2026 16:00")
        result = results.issue(dossier, by=khanh())
        assert (result.number, result.name, result.result_code) == ("1/2026", "Giấy khai sinh", "KQ.G15.000031")
        assert (result.signed_by.full_name, result.issued_by) == ("Võ Hoàng Giang", khanh())
        assert result.document.blob.size > 1000
        dossier = fresh(dossier)
        assert (dossier.state, dossier.delivery_state) == (State.ISSUED, DeliveryState.WAITING)
        assert dossier.finished_at == at("25/11/2026 16:00")
        whole = clock_of(dossier)
        assert whole is not None
        assert whole.standing(clock.moment) is Standing.ON_TIME

    def test_the_leader_signs_the_file_and_the_agency_seals_it(self, clock: Moments) -> None:
        dossier = approved()
        clock.at("25/11/2026 16:00")
        leader, seal = results.issue(dossier, by=khanh()).document.signatures.all()
        assert (leader.signer, leader.title) == ("Võ Hoàng Giang", "Chủ tịch")
        assert seal.signer == dossier.agency.name
        assert leader.signed_at == seal.signed_at == at("25/11/2026 16:00")
        assert leader.is_good
        assert seal.is_good

    def test_without_a_key_nothing_is_numbered(self, clock: Moments, settings: Any, tmp_path: Path) -> None:
        settings.SIGNING, settings.KEYS_DIR = "folder", tmp_path
        dossier = approved()
        with pytest.raises(BusinessError, match="Chưa có chứng thư số của Võ Hoàng Giang"):
            results.issue(dossier, by=khanh())
        assert fresh(dossier).state == State.APPROVED
        settings.SIGNING = "none"
        result = results.issue(dossier, by=khanh())
        assert (result.number, result.document.signatures.count()) == ("1/2026", 0)

    def test_numbers_go_on_and_begin_anew_each_year(self, clock: Moments) -> None:
        assert [issued().result.number, issued().result.number] == ["1/2026", "2/2026"]
        clock.at("04/01/2027 09:00")
        assert issued().result.number == "1/2027"

    def test_tells_how_to_take_it(self, clock: Moments) -> None:
        dossier = issued()
        email = Message.objects.get(template="dossier_result_ready", channel="email").body
        for words in ("Hồ sơ của tôi", dossier.agency.desk_name, "16.000 đồng", "Giấy chứng sinh"):
            assert words in email

    def test_role_state_and_agency(self, clock: Moments) -> None:
        dossier = approved()
        with pytest.raises(BusinessError, match="Văn thư"):
            results.issue(dossier, by=dung())
        with pytest.raises(Http404):
            results.issue(dossier, by=hoa())
        with pytest.raises(Conflict):
            results.issue(proposed(), by=khanh())
        results.issue(dossier, by=khanh())
        with pytest.raises(Conflict, match="Bùi Quốc Khánh vào sổ"):
            results.issue(dossier, by=khanh())


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_give_one_number(clock: Moments) -> None:
    dossier, clerk = approved(), khanh()
    said: list[str] = []

    def issue() -> None:
        try:
            said.append(results.issue(Dossier.objects.get(pk=dossier.pk), by=clerk).number)
        except Conflict:
            said.append("conflict")
        finally:
            connection.close()

    threads = [threading.Thread(target=issue) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(said) == ["1/2026", "conflict"]


@pytest.mark.django_db
class TestHandOver:
    def test_gives_the_result_and_takes_the_fee(self, clock: Moments) -> None:
        dossier = issued()
        given = results.hand_over(
            dossier, by=chi(), receiver_name="Lê Văn Bình", receiver_number="098 094 001 552", fee_collected=16000
        )
        assert (given.receiver_number, given.fee_collected) == (NUMBER, 16000)
        dossier = fresh(dossier)
        assert dossier.state == State.RETURNED
        assert dossier.delivery_state == DeliveryState.HANDED_OVER
        assert dossier.payment_state == PaymentState.PAID
        assert Message.objects.filter(template="dossier_returned").count() == 2

    @pytest.mark.parametrize("fee", [0, 8000, 32000])
    def test_the_fee_must_fit(self, clock: Moments, fee: int) -> None:
        with pytest.raises(BusinessError, match=r"16\.000 đồng"):
            results.hand_over(issued(), by=chi(), receiver_name="An", receiver_number=NUMBER, fee_collected=fee)

    @pytest.mark.parametrize(("name", "number"), [("", NUMBER), ("An", ""), ("An", "0980940015"), ("An", "không")])
    def test_the_receiver_must_be_named(self, clock: Moments, name: str, number: str) -> None:
        dossier = issued()
        with pytest.raises(BusinessError):
            results.hand_over(dossier, by=chi(), receiver_name=name, receiver_number=number, fee_collected=16000)
        assert not HandOver.objects.exists()

    def test_role_state_and_agency(self, clock: Moments) -> None:
        dossier = issued()
        facts = {"receiver_name": "An", "receiver_number": NUMBER, "fee_collected": 16000}
        with pytest.raises(BusinessError, match="vai trò"):
            results.hand_over(dossier, by=dung(), **facts)
        with pytest.raises(Http404):
            results.hand_over(dossier, by=hoa(), **facts)
        with pytest.raises(Conflict):
            results.hand_over(approved(), by=chi(), **facts)
        results.hand_over(dossier, by=chi(), **facts)
        with pytest.raises(Conflict, match="trả kết quả"):
            results.hand_over(dossier, by=chi(), **facts)


@pytest.mark.django_db
class TestTakeOnline:
    def test_the_first_download_ends_what_is_wanted_online_only(self, clock: Moments) -> None:
        dossier = issued(receive=["truc-tuyen"], payment_state=PaymentState.NOTHING, fee_total=0, fee_quote=[])
        document = results.take_online(dossier, by=an())
        assert document == dossier.result.document
        dossier = fresh(dossier)
        assert (dossier.state, dossier.delivery_state) == (State.RETURNED, DeliveryState.TAKEN_ONLINE)
        assert results.take_online(dossier, by=an()) == document
        assert dossier.events.filter(kind="take_online").count() == 1

    def test_paper_that_is_wanted_too_still_waits(self, clock: Moments) -> None:
        dossier = issued()
        results.take_online(dossier, by=an())
        dossier = fresh(dossier)
        assert (dossier.state, dossier.delivery_state) == (State.ISSUED, DeliveryState.TAKEN_ONLINE)
        results.hand_over(dossier, by=chi(), receiver_name="An", receiver_number=NUMBER, fee_collected=16000)
        assert fresh(dossier).delivery_state == DeliveryState.HANDED_OVER

    def test_is_hidden_from_others_and_waits_for_the_result(self, clock: Moments) -> None:
        dossier = issued()
        for stranger in (binh(), dung()):
            with pytest.raises(Http404):
                results.take_online(dossier, by=stranger)
        with pytest.raises(BusinessError, match="chưa có kết quả"):
            results.take_online(approved(), by=an())
