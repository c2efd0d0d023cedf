"""Acts by which a person stands by a draft: a confirmation through the National portal, or a signed declaration."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.accounts.national.confirm import begin_confirmation, finish_confirmation
from motcua.core.errors import BusinessError
from motcua.documents.models import Document, Signature
from motcua.documents.queries import words_of, words_of_document
from motcua.documents.services import Upload, discard, make_pdf, take_upload
from motcua.dossiers.models import Confirmation, Dossier
from motcua.dossiers.queries import confirmed
from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.rules.signing import SignedWrongly, check_signatures
from motcua.dossiers.services.acting import prove
from motcua.dossiers.services.drafts import lock_draft

WRONG_DECLARATION = (
    "Tệp này không phải tờ khai hiện nay của hồ sơ: ông/bà đã sửa hồ sơ sau khi tải tờ khai về, hoặc đây là tờ khai "
    "khác. Xin tải tờ khai ở bước 1, ký số rồi tải lên lại."
)
CHANGED_MEANWHILE = "Hồ sơ đã được sửa trong lúc ông/bà xác nhận, nên xác nhận không còn khớp. Xin xác nhận lại."


class NotConfirmed(BusinessError):
    """The service wants a signature or a confirmation, and the present content has none."""

    def __init__(self) -> None:
        super().__init__("Xác nhận tờ khai qua VNeID hoặc bằng tờ khai ký số, rồi mới nộp.")


class Incomplete(BusinessError):
    """The draft isn't ready: what is confirmed now would have to be confirmed again."""

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


def declaration(draft: Dossier) -> bytes:
    """The declaration as a PDF to be signed, with the code of its content on it.

    Raises:
        Incomplete: something is still missing or wrong.
    """
    _check_ready(draft)
    values = confirmed.declaration_values(draft)
    return make_pdf("declaration", values, title=f"{values['heading']} {draft.ref}")


def begin_national(draft: Dossier, *, by: User, session: SessionBase, return_path: str) -> str:
    """Ask the National portal to confirm the present content; the address to send the person to.

    Talks over the network: not inside a transaction.

    Raises:
        Incomplete: something is still missing or wrong.
        NationalTrouble: the National portal doesn't answer.
    """
    _check_ready(draft)
    what = f"{draft.procedure_version.short_name}, {draft.agency.short_name}, mã nộp {draft.ref}"
    digest = confirmed.present_digest(draft)
    return begin_confirmation(session, user=by, digest=digest, what=what, return_path=return_path)


def finish_national(draft: Dossier, *, by: User, session: SessionBase, returned: Mapping[str, str]) -> Confirmation:
    """Keep what the person came back with from the National portal (xác nhận qua VNeID).

    Talks over the network: not inside a transaction.

    Raises:
        NationalTrouble: cancelled, out of time, another person, not to be trusted.
        BusinessError: the draft was changed meanwhile.
        Conflict: it was handed in or discarded meanwhile.
    """
    found = finish_confirmation(session, user=by, returned=returned)
    proof = {"proof": found.statement, "proof_key": found.key, "assurance": found.assurance}
    kind = Confirmation.Kind.NATIONAL
    return _keep(draft, _Said(kind, found.digest, found.full_name, found.personal_number, found.at, proof), by=by)


def take_signed_declaration(draft: Dossier, file: Upload, *, by: User) -> Confirmation:
    """Take the declaration that the person signed digitally (tờ khai ký số). Call it outside a transaction.

    Raises:
        UploadRefused: it can't be opened.
        SignedWrongly: no signature, a changed file, a stranger's or an expired certificate, another person's.
        BusinessError: it is another declaration, or the draft isn't complete or was changed meanwhile.
        Conflict: the draft was handed in or discarded meanwhile.
    """
    _check_ready(draft)
    document = take_upload(file, by=by)
    try:
        signature = check_signatures(_signatures(document), by.personal_number or "", by.full_name)
        if words_of_document(document) != words_of(declaration(draft)):
            raise SignedWrongly("other_declaration", WRONG_DECLARATION)
        said = _Said(
            Confirmation.Kind.SIGNED_FILE, confirmed.present_digest(draft), signature.signer, signature.number,
            signature.signed_at or timezone.now(), {"document": document},
        )  # fmt: skip
        return _keep(draft, said, by=by)
    except BusinessError:
        discard(document, by=by)
        raise


def _signatures(document: Document) -> Sequence[Signature]:
    return list(document.signatures.all()) if document.kind == Document.Kind.PDF else []


def _check_ready(draft: Dossier) -> None:
    if reads.problems(draft):
        raise Incomplete


@transaction.atomic
def _keep(draft: Dossier, said: _Said, *, by: User) -> Confirmation:
    """One row for each way and content: who confirms twice has confirmed once."""
    draft = lock_draft(draft, by)
    if confirmed.present_digest(draft) != said.digest:
        raise BusinessError(CHANGED_MEANWHILE)
    facts = {"who": said.who, "personal_number": said.personal_number, "at": said.at, "received_at": timezone.now()}
    row, made = Confirmation.objects.get_or_create(
        dossier=draft, kind=said.kind, digest=said.digest, defaults=facts | said.proof
    )  # fmt: skip
    if made:
        prove("dossier.confirmed", draft, by, way=said.kind, digest=said.digest, confirmation=row.pk)
    elif row.document_id != getattr(said.proof.get("document"), "pk", None):
        raise BusinessError("Tờ khai này đã được ký số và nhận rồi.")
    return row


def confirmations_for(draft: Dossier) -> list[Confirmation]:
    """Those with which a draft may be handed in; the outdated ones go. Within the act that hands it in.

    Raises:
        NotConfirmed: the service wants one, and the present content has none.
    """
    if not confirmed.wants_confirmation(draft):
        return []
    found = confirmed.standing(draft)
    if not found:
        raise NotConfirmed
    draft.confirmations.exclude(pk__in=[row.pk for row in found]).delete()
    return found
