"""The registrar takes an accepted dossier up."""

import threading

import pytest
from django.db import connection
from django.http import Http404

from motcua.core.errors import BusinessError, Conflict
from motcua.dossiers.models import Dossier, State
from motcua.dossiers.queries import desk
from motcua.dossiers.services import work
from motcua.notifications.models import Message
from tests.cast import at, chi, dung, hoa, lan
from tests.dossiers.stages import accepted, fresh, submitted, taken_up
from tests.moments import Moments


@pytest.mark.django_db
class TestTakeUp:
    def test_says_who_holds_it(self, clock: Moments) -> None:
        dossier = fresh(taken_up())
        assert (dossier.state, dossier.held_by) == (State.PROCESSING, dung())
        assert dossier.due_at == at("25/11/2026 17:00")
        assert "Phạm Văn Dũng" in Message.objects.get(template="dossier_processing", channel="email").body

    def test_needs_the_registrars_role(self, clock: Moments) -> None:
        with pytest.raises(BusinessError, match="Thụ lý"):
            work.take_up(accepted(), by=chi())

    def test_is_the_affair_of_the_steps_unit(self, clock: Moments) -> None:
        dossier = accepted()
        assert dossier.step is not None
        with pytest.raises(BusinessError, match=f"là của {dossier.step.unit.name}"):
            work.take_up(dossier, by=lan())
        mine = desk.MINE
        assert [desk.counts(officer)[mine] for officer in (dung(), lan())] == [1, 0]
        colleague = dung()
        work.take_up(dossier, by=colleague)
        assert desk.counts(colleague)[mine] == 1

    def test_is_hidden_from_other_agencies(self, clock: Moments) -> None:
        with pytest.raises(Http404):
            work.take_up(accepted(), by=hoa())

    def test_not_before_acceptance_and_not_twice(self, clock: Moments) -> None:
        with pytest.raises(Conflict):
            work.take_up(submitted(), by=dung())
        dossier = taken_up()
        with pytest.raises(Conflict, match="Phạm Văn Dũng nhận thụ lý lúc 8:35"):
            work.take_up(dossier, by=dung())


@pytest.mark.django_db(transaction=True)
def test_two_at_once_one_takes_it(clock: Moments) -> None:
    dossier, officer = accepted(), dung()
    said: list[str] = []

    def take() -> None:
        try:
            work.take_up(Dossier.objects.get(pk=dossier.pk), by=officer)
            said.append("ok")
        except Conflict:
            said.append("conflict")
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(said) == ["conflict", "ok"]
