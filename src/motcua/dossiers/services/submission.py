"""The act by which a draft becomes a dossier (nộp hồ sơ), and sending its number again."""

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.accounts.national.claims import NationalOrganisation
from motcua.accounts.queries import recipient_of
from motcua.core.errors import BusinessError, Conflict
from motcua.core.words import money as in_figures
from motcua.core.words import say
from motcua.dossiers.access import check_applicant, check_standing, check_writer
from motcua.dossiers.models import Dossier, PaymentState, State
from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.queries.confirmed import present_digest
from motcua.dossiers.queries.content import content_of
from motcua.dossiers.queries.posting import postage_of, waits_for_papers
from motcua.dossiers.rules import delivery, fees
from motcua.dossiers.rules.delivery import Receive
from motcua.dossiers.rules.money import first_state
from motcua.dossiers.rules.searching import searchable
from motcua.dossiers.services import money
from motcua.dossiers.services.acting import lock, move, note, prove, tell
from motcua.dossiers.services.confirmations import confirmations_for
from motcua.dossiers.services.pausing import start_reception
from motcua.eforms.rules import prune

HOURS_WAIT = "Cơ quan tiếp nhận hồ sơ khi đã nhận được tiền."


class NotReady(BusinessError):
    """The draft can't be handed in yet; `problems` lists everything, each with the page it stands on."""

    def __init__(self, problems: list[reads.Problem]) -> None:
        super().__init__("Hồ sơ chưa đủ để nộp. Xin xem những chỗ cần sửa.")
        self.problems = problems


@transaction.atomic
def submit(dossier: Dossier, *, by: User, organisation: NationalOrganisation | None = None) -> Dossier:
    """Hand a draft in. A second click waits for the first, finds it handed in and changes nothing.

    What doesn't belong to the situation any more goes: hidden answers, papers that are no longer asked for.

    Args:
        organisation: whom the person stands for in this session; None: nobody.

    Raises:
        Http404: it is somebody else's.
        NotReady: something is missing or wrong.
        NotConfirmed: the service wants a signature or a confirmation of exactly this.
        BusinessError: the service takes nothing in any more, or it is an organisation's that they don't stand for.
        Conflict: the draft was discarded meanwhile.
    """
    try:
        draft = lock(dossier)
    except Dossier.DoesNotExist:
        raise Conflict("Bản nháp này đã được xóa ở một cửa sổ khác.") from None
    check_applicant(draft, by)
    if draft.state != State.DRAFT:
        return draft
    check_standing(draft, organisation)
    check_writer(draft, by)  # what a counter is typing in for the person isn't theirs to hand in
    if not reads.takes_in(draft.offering_version):
        raise BusinessError("Cơ quan này vừa ngừng nhận hồ sơ trực tuyến cho thủ tục này. Bản nháp vẫn được giữ.")
    found = reads.problems(draft)
    if found:
        raise NotReady(found)
    confirmations_for(content_of(draft))
    freeze(draft)
    money.ask(draft, by=by)
    _tell_the_world(draft, by)
    return draft


def freeze(draft: Dossier) -> None:
    """Keep what was declared as it is now, whatever changes later in the account, the form or the fees."""
    now = timezone.now()
    draft.answers = prune(reads.form_of(draft), draft.answers)
    draft.fee_quote = reads.quote(draft)
    draft.fee_total = fees.fee_total(draft.fee_quote)
    draft.payment_state = first_state(draft.fee_total, draft.offering_version.clock_starts)
    draft.delivery |= {"copies": reads.copies(draft)} | ({} if draft.fee_total else {"pay": ""})
    draft.subject_name = reads.subject_of(draft)[:200]
    draft.folded = searchable(draft.subject_name, draft.applicant, draft.owner)
    draft.field_revisions = {}
    draft.submitted_at = draft.saved_at = now
    _settle_post(draft)
    if draft.payment_state != PaymentState.ASKED and not waits_for_papers(draft):
        start_reception(draft, now)  # else the desk's hours begin with the money, or with the papers
    asked = [paper.key for paper in reads.papers(draft)]
    draft.attachments.exclude(requirement_key__in=asked).delete()
    move(
        draft, State.SUBMITTED, "answers", "fee_quote", "fee_total", "payment_state", "delivery", "subject_name",
        "folded", "field_revisions", "submitted_at", "saved_at", "answer_by",
    )  # fmt: skip


def _settle_post(draft: Dossier) -> None:
    """Whom the post goes to and what that costs, put into `delivery` as it is on the day of handing in; not saved."""
    if not delivery.needs_address(draft.delivery):
        draft.delivery.pop("post", None)
        return
    draft.delivery["post"] = delivery.post_address(draft.delivery, draft.applicant)
    price = postage_of(draft) if Receive.POST in delivery.received_by(draft.delivery) else None
    if price is not None:
        draft.delivery["postage"] = {"amount": price.amount, "days": price.days, "ground": price.ground}


def _tell_the_world(dossier: Dossier, by: User) -> None:
    assert dossier.submitted_at is not None
    note(dossier, "submit", "Nộp hồ sơ trực tuyến", by=by, at=dossier.submitted_at)
    files = dossier.attachments.values_list("document__blob", flat=True)
    prove(
        "dossier.submitted", dossier, by, procedure=dossier.procedure_version.procedure.code,
        agency=dossier.agency.code, revision=dossier.revision, files=list(files), fee=dossier.fee_total, statement=True,
        digest=present_digest(dossier),
    )  # fmt: skip
    _tell(dossier)


@transaction.atomic
def tell_again(dossier: Dossier, *, by: User, turn: str) -> None:
    """Send the submission number once more to the person's phone and email.

    Args:
        turn: tells these messages apart; the same turn never goes out twice.

    Raises:
        Http404: it is somebody else's.
        BusinessError: it isn't handed in yet, or there is no verified address.
    """
    check_applicant(dossier, by)
    if dossier.submitted_at is None:
        raise BusinessError("Hồ sơ này chưa nộp nên chưa có gì để gửi.")
    to = recipient_of(by)
    if not (to.phone or to.email):
        raise BusinessError("Tài khoản chưa có số điện thoại hay thư điện tử đã xác nhận.")
    _tell(dossier, once=turn)
    prove("dossier.number_sent", dossier, by, turn=turn)


def _tell(dossier: Dossier, once: str = "") -> None:
    assert dossier.submitted_at is not None
    asked = dossier.payment_state == PaymentState.ASKED
    tell(
        "dossier_submitted", dossier, at=dossier.submitted_at, due_at=dossier.answer_by, once=once, owing=asked,
        next_step=say("nộp {amount} phí, lệ phí. {wait}", amount=in_figures(dossier.fee_total), wait=HOURS_WAIT)
        if asked
        else "",
        papers=reads.bring_lines(dossier),
    )  # fmt: skip
