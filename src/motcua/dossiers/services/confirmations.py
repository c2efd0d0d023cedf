"""Acts by which a person stands by what they are about to hand in: through the National portal, or by signing a PDF.

That is a draft, or a dossier with the corrections of its open supplement (`queries.content`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.accounts.national.confirm import begin_confirmation, finish_confirmation
from motcua.core.errors import BusinessError
from motcua.core.words import say
from motcua.documents.queries import words_of, words_of_document
from motcua.documents.services import Upload, discard, make_pdf, take_upload
from motcua.dossiers.models import Confirmation, Dossier, State, SupplementRequest
from motcua.dossiers.queries import confirmed
from motcua.dossiers.queries.content import Content, content_of, declaration_values
from motcua.dossiers.rules.signing import SignedWrongly, check_signatures
from motcua.dossiers.services.acting import prove
from motcua.dossiers.services.drafts import lock_draft
from motcua.dossiers.services.supplements import Ended, lock_work

WRONG_DECLARATION = (
    "Tệp này không phải tờ khai hiện nay của hồ sơ: ông/bà đã sửa hồ sơ sau khi tải tờ khai về, hoặc đây là tờ khai "
    "khác. Xin tải tờ khai ở bước 1, ký số rồi tải lên lại."
)
CHANGED_MEANWHILE = "Hồ sơ đã được sửa trong lúc ông/bà xác nhận, nên xác nhận không còn khớp. Xin xác nhận lại."


class NotConfirmed(BusinessError):
    """The service wants a signature or a confirmation, and the present content has none."""

    def __init__(self, content: Content) -> None:
        super().__init__(
            "Xác nhận bổ sung qua VNeID hoặc bằng tờ khai ký số, rồi mới gửi."
            if content.request
            else "Xác nhận tờ khai qua VNeID hoặc bằng tờ khai ký số, rồi mới nộp."
        )


class Incomplete(BusinessError):
    """It isn't ready: what is confirmed now would have to be confirmed again."""

    def __init__(self) -> None:
        super().__init__("Hồ sơ còn chỗ cần sửa. Xin sửa xong rồi xác nhận, để khỏi phải xác nhận hai lần.")


@dataclass(frozen=True)
class _Said:
    """Who stood by which content, when, and what proves it."""

    kind: Confirmation.Kind
    digest: str
    who: str
    personal_number: str
    at: datetime
    proof: dict[str, Any] = field(default_factory=dict)  # the other fields of the row


def declaration(dossier: Dossier) -> bytes:
    """The declaration as a PDF to be signed, with the code of its content on it.

    Raises:
        Incomplete: something is still missing or wrong.
    """
    return _declaration(_ready(dossier))


def _declaration(content: Content) -> bytes:
    values = declaration_values(content)
    return make_pdf("declaration", values, title=f"{values['heading']} {content.dossier.ref}")


def _ready(dossier: Dossier) -> Content:
    """
    Raises:
        Incomplete: something is still missing or wrong.
        Ended: the supplement was sent meanwhile, or isn't waited for any more.
    """
    content = content_of(dossier)
    if dossier.state == State.SUPPLEMENT and not content.work:
        raise Ended
    if content.problems:
        raise Incomplete
    return content


def begin_national(dossier: Dossier, *, by: User, session: SessionBase, return_path: str) -> str:
    """Ask the National portal to confirm the present content; the address to send the person to.

    Talks over the network: not inside a transaction.

    Raises:
        Incomplete: something is still missing or wrong.
        NationalTrouble: the National portal doesn't answer.
    """
    content = _ready(dossier)
    number = say("mã hồ sơ {code}", code=dossier.code) if dossier.code else say("mã nộp {ref}", ref=dossier.ref)
    what = f"{dossier.procedure_version.short_name}, {dossier.agency.short_name}, {number}"
    what = say("Bổ sung hồ sơ {what}", what=what) if content.request else what
    return begin_confirmation(session, user=by, digest=content.digest, what=what, return_path=return_path)


def finish_national(dossier: Dossier, *, by: User, session: SessionBase, returned: Mapping[str, str]) -> Confirmation:
    """Keep what the person came back with from the National portal (xác nhận qua VNeID).

    Talks over the network: not inside a transaction.

    Raises:
        NationalTrouble: cancelled, out of time, another person, not to be trusted.
        BusinessError: the content was changed meanwhile.
        Conflict: it was handed in or discarded meanwhile, or the supplement isn't waited for any more.
    """
    found = finish_confirmation(session, user=by, returned=returned)
    proof = {"proof": found.statement, "proof_key": found.key, "assurance": found.assurance}
    kind = Confirmation.Kind.NATIONAL
    return _keep(dossier, _Said(kind, found.digest, found.full_name, found.personal_number, found.at, proof), by=by)


def take_signed_declaration(dossier: Dossier, file: Upload, *, by: User) -> Confirmation:
    """Take the declaration that the person signed digitally (tờ khai ký số). Call it outside a transaction.

    Raises:
        UploadRefused: it can't be opened.
        SignedWrongly: no signature, a changed file, a stranger's or an expired certificate, another person's.
        BusinessError: it is another declaration, or the content isn't complete or was changed meanwhile.
        Conflict: it was handed in or discarded meanwhile, or the supplement isn't waited for any more.
    """
    content = _ready(dossier)
    document = take_upload(file, by=by)
    try:
        signature = check_signatures(document.all_signatures, by.personal_number or "", by.full_name)
        if words_of_document(document) != words_of(_declaration(content)):
            raise SignedWrongly("other_declaration", WRONG_DECLARATION)
        said = _Said(
            Confirmation.Kind.SIGNED_FILE, content.digest, signature.signer, signature.number,
            signature.signed_at or timezone.now(), {"document": document},
        )  # fmt: skip
        return _keep(dossier, said, by=by)
    except BusinessError:
        discard(document, by=by)
        raise


@transaction.atomic
def _keep(dossier: Dossier, said: _Said, *, by: User) -> Confirmation:
    """One row for each way and content: who confirms twice has confirmed once."""
    content = _hold(dossier, by)
    if content.digest != said.digest:
        raise BusinessError(CHANGED_MEANWHILE)
    facts = {"who": said.who, "personal_number": said.personal_number, "at": said.at, "received_at": timezone.now()}
    row, made = Confirmation.objects.get_or_create(
        dossier=content.dossier, kind=said.kind, digest=said.digest,
        defaults=facts | said.proof | {"supplement": content.request},
    )  # fmt: skip
    if made:
        answers = {"request": content.request.pk} if content.request else {}
        prove("dossier.confirmed", dossier, by, way=said.kind, digest=said.digest, confirmation=row.pk, **answers)
    elif row.document_id != getattr(said.proof.get("document"), "pk", None):
        raise BusinessError("Tờ khai này đã được ký số và nhận rồi.")
    return row


def _hold(dossier: Dossier, by: User) -> Content:
    """What is about to be handed in, the dossier's row held until the end of the transaction.

    Raises:
        Http404: it is somebody else's.
        Conflict: there is nothing to hand in any more.
    """
    if dossier.state == State.DRAFT:
        return content_of(lock_draft(dossier, by))
    return content_of(*lock_work(dossier, by))


def confirmations_for(content: Content) -> list[Confirmation]:
    """Those with which it may be handed in; the outdated ones go. Within the act that hands it in.

    Raises:
        NotConfirmed: the service wants one, and the present content has none.
    """
    dossier, request = content.dossier, content.request
    if not confirmed.wants_confirmation(dossier):
        return []
    found = confirmed.confirming(content)
    if not found:
        raise NotConfirmed(content)
    rows = dossier.confirmations.filter(pk__in=[row.pk for row in found])
    dossier.confirmations.filter(supplement=request).exclude(pk__in=rows.values("pk")).delete()
    if request:  # what was confirmed for a request that the desk ended goes out only now
        rows.filter(supplement__outcome=SupplementRequest.Outcome.ENDED).update(supplement=request)
    return found
