"""A dossier that owes its fee."""

from motcua.dossiers.models import Dossier
from motcua.dossiers.services.submission import submit
from tests.cast import an
from tests.factories import a_filled_draft, an_offering

FEE = 16_000
WAITS = {"clock_starts": "du-va-da-nop-phi", "pay_ways": ["truc-tuyen", "chuyen-khoan", "tai-quay-truoc"]}


def asked() -> Dossier:
    """An's dossier, handed in, whose clock waits for its fee."""
    draft = a_filled_draft(version=an_offering(**WAITS))
    draft.delivery |= {"pay": "truc-tuyen"}
    draft.save(update_fields=["delivery"])
    return submit(draft, by=an())
