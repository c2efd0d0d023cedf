"""What a dossier says by Zalo: code and stage, to anybody who knows the number; nothing else."""

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.receivers import NOT_FOUND, tell_stage
from motcua.dossiers.rules.searching import number_in
from tests.dossiers import stages
from tests.moments import Moments

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(clock: Moments) -> Dossier:
    """A birth registration that An handed in."""
    return stages.submitted()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("NH-7K3F-92XA", "NH-7K3F-92XA"),
        ("cho hỏi nh 7k3f 92xa, cảm ơn", "NH-7K3F-92XA"),
        ("nh7k3f92xa", "NH-7K3F-92XA"),
        ("mã H98.21-261121-0001 tới đâu rồi", "H98.21-261121-0001"),
        ("G09.99.98.001-2611210000-99999", "G09.99.98.001-2611210000-99999"),
        ("xin chào", ""),
        ("098196004217", ""),
        ("nhà tôi ở phường Hoa Sen", ""),
        ("", ""),
        ("NH-" * 10_000, ""),
    ],
)
def test_the_number_in_what_somebody_wrote(text: str, number: str) -> None:
    assert number_in(text) == number


def test_the_stage_and_nothing_else(submitted: Dossier) -> None:
    said = tell_stage(None, zalo_user="4", text=f"Hồ sơ {submitted.ref} sao rồi")
    assert said.startswith(f"Hồ sơ {submitted.ref}: ")
    for word in (submitted.subject_name, "khai sinh", submitted.applicant["full_name"], "Phường"):
        assert word not in said


def test_what_is_not_there_and_what_is_a_draft_read_the_same(submitted: Dossier) -> None:
    Dossier.objects.filter(pk=submitted.pk).update(state="draft")
    assert tell_stage(None, zalo_user="4", text=submitted.ref) == NOT_FOUND
    assert tell_stage(None, zalo_user="4", text="NH-2222-2222") == NOT_FOUND
