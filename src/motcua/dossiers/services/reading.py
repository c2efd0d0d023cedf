"""Who has looked at a dossier: officers read much personal data, and whoever it belongs to may ask who did."""

from motcua.accounts.models import User
from motcua.core.ratelimit import DAY, hit
from motcua.dossiers.models import Dossier, State
from motcua.dossiers.services.acting import prove


def note_reading(dossier: Dossier, *, by: User) -> None:
    """Keep that an officer opened a dossier: once a day for each officer, not at every turn of a page.

    Whoever holds it, or has begun to type it in at the counter, has it on record that they do.
    """
    typing = dossier.state == State.DRAFT and dossier.helped_by_id == by.pk
    if typing or dossier.held_by_id == by.pk:
        return
    if hit("dossier.viewed", f"{dossier.pk}/{by.pk}", limit=1, seconds=DAY):
        prove("dossier.viewed", dossier, by)
