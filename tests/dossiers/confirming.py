"""A dossier that somebody stands by with a signature: what tests of both sides begin with."""

from typing import Any

from motcua.dossiers.models import Confirmation, Dossier
from motcua.dossiers.services import confirmations, submission
from tests.cast import AN_NUMBER, an
from tests.documents.files import upload
from tests.documents.signatures.signed import signed_by
from tests.factories import a_filled_draft, an_offering

NAME = "Nguyễn Thị An"


def signed(dossier: Dossier, name: str = NAME, number: str = AN_NUMBER, **how: Any) -> bytes:
    """The present declaration, signed by An."""
    return signed_by(name, number, content=confirmations.declaration(dossier), **how)


def sign(dossier: Dossier) -> Confirmation:
    """Sign the present declaration, and bring it."""
    return confirmations.take_signed_declaration(dossier, upload(signed(dossier), "to-khai.pdf"), by=an())


def a_confirmed_dossier(**service: Any) -> Dossier:
    """An's, handed in with a signature, waiting at the desk."""
    draft = a_filled_draft(version=an_offering(signing="ky-so", **service))
    sign(draft)
    return submission.submit(draft, by=an())
