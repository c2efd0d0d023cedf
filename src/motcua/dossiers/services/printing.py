"""What is printed while somebody waits: made on the spot, outside any lock."""

from motcua.accounts.models import User
from motcua.core.errors import BusinessError
from motcua.core.words import say
from motcua.documents.models import Document
from motcua.documents.services import make_pdf
from motcua.dossiers.models import Dossier, Refusal, State
from motcua.dossiers.queries.answers import last_answer
from motcua.dossiers.queries.content import content_of, declaration_values
from motcua.dossiers.queries.receipts import hand_over_values
from motcua.dossiers.services.reception import make_receipt
from motcua.dossiers.services.slips import make_refusal_slip, make_supplement_slip

GIVEN_OUT = frozenset({State.ISSUED, State.RETURNED})


def declaration(dossier: Dossier) -> bytes:
    """The declaration (tờ khai) as it stands now, to be signed by hand: no code of what a digital signature covers."""
    values = declaration_values(content_of(dossier)) | {"content_code": ""}
    return make_pdf("declaration", values, title=f"{values['heading']} {dossier.ref}")


def receipt(dossier: Dossier) -> Document:
    """The receipt (mẫu 01) of an accepted dossier; made now if its job hasn't come to it yet."""
    if dossier.receipt is None:
        make_receipt(dossier.pk)
        dossier.refresh_from_db(fields=["receipt"])
    assert dossier.receipt is not None
    return dossier.receipt


def answer_slip(dossier: Dossier) -> Document | None:
    """The slip of what reception answered (mẫu 02, 03), made now if its job hasn't come to it; None: nothing such."""
    answer = last_answer(dossier)
    if answer is None:
        return None
    if answer.slip is None:
        make = make_refusal_slip if isinstance(answer.row, Refusal) else make_supplement_slip
        make(answer.row.pk)
        answer = last_answer(dossier)
    return answer.slip if answer else None


def hand_over_slip(dossier: Dossier, *, officer: User) -> bytes:
    """The slip that whoever takes the result signs (phiếu giao nhận kết quả).

    Raises:
        BusinessError: there is no result yet.
    """
    if dossier.state not in GIVEN_OUT:
        raise BusinessError("Hồ sơ này chưa có kết quả để giao.")
    title = say("Phiếu giao nhận kết quả {code}", code=dossier)
    return make_pdf("hand-over", hand_over_values(dossier, officer), title=title)
