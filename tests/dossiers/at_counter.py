"""Cases at the counter, as far as an officer has come with them."""

from typing import Any

from django.http import QueryDict

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import counter
from tests.cast import an, chi
from tests.factories import a_place, a_procedure_version, an_offering

TYPED = (
    "child_name=Lê Minh Khuê&birth_date__day=12&birth_date__month=11&birth_date__year=2026&copies=2"
    "&ban-to-khai-chinh=1&ban-chung-sinh-chinh=1&receive=tai-quay&receive-shown=1&pay=tai-quay-truoc"
)


def at_home(user: User) -> User:
    user.residence = a_place()
    user.save(update_fields=["residence"])
    return user


def begun(person: User | None = None, **settings: Any) -> Dossier:
    """A case that Chi has begun for An."""
    a_procedure_version()
    return counter.start(an_offering(**settings), at_home(person or an()), by=chi())


def typed(text: str = TYPED, **settings: Any) -> Dossier:
    """The same, with everything typed in."""
    return counter.save_case(begun(**settings), QueryDict(text), by=chi()).dossier
