"""Acts about what goes by post: send the result, have papers fetched, take in what comes; and what follows a parcel.

The parcels lie in `delivery`, which knows no dossier. Whoever holds a parcel's row holds the dossier's first
(`receivers.hold_dossier_of_parcel`), so the post's word and an officer's act never wait for each other.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404, QueryDict
from django.utils import timezone

from motcua.accounts.models import User
from motcua.core.errors import BusinessError, Conflict
from motcua.core.words import money as in_figures
from motcua.core.words import say
from motcua.delivery import services as delivery
from motcua.delivery.models import Parcel
from motcua.delivery.queries import parcels_of
from motcua.delivery.rules.states import Direction, ParcelState
from motcua.dossiers.models import DeliveryState, Dossier, PaperTaken, PaymentState, State
from motcua.dossiers.queries import posting as reads
from motcua.dossiers.queries.drafts import still_to_bring
from motcua.dossiers.queries.money import owed_now
from motcua.dossiers.rules import delivery as rules
from motcua.dossiers.rules import person as person_rules
from motcua.dossiers.rules.delivery import Receive
from motcua.dossiers.rules.papers import MOST_SHEETS
from motcua.dossiers.services.acting import begin, begin_as_applicant, note, prove, tell
from motcua.dossiers.services.parcels import to_collect
from motcua.dossiers.services.pausing import start_reception
from motcua.eforms.queries import places

S = ParcelState


# ---- The desk ----


@transaction.atomic
def hand_to_post(dossier: Dossier, *, by: User, seen: str = "") -> Parcel:
    """Order the post to carry the result to the person (gửi kết quả qua bưu chính); what is owed is taken at the door.

    Raises:
        BusinessError: the person receives it in another way, it is at the post already, or the address has a gap.
        Http404, Conflict: as every act of an officer.
    """
    dossier, post = begin("hand_to_post", dossier, by, seen=seen)
    mail = reads.mail_of(dossier)
    if dossier.delivery_state != DeliveryState.TO_POST:
        raise BusinessError("Người nộp không nhận kết quả này qua bưu chính.")
    if mail.result is not None and mail.result.is_open:
        raise Conflict(say("Kết quả này đã có phiếu gửi {number}.", number=mail.result.number))
    parcel = delivery.order_parcel(
        about=dossier.about, agency=dossier.agency, direction=Direction.TO_PERSON,
        sender=reads.desk_of(dossier.agency), receiver=reads.person_of(dossier), contents=reads.contents_of(dossier),
        collects=reads.collects_of(dossier, mail.to_bring), fee_due=owed_now(dossier), by=by,
    )  # fmt: skip
    now = timezone.now()
    text = f"{say('Phiếu gửi {number}.', number=parcel.number)} {to_collect(parcel)}"
    note(dossier, "hand_to_post", "Chuẩn bị gửi kết quả qua bưu chính", by=by, post=post, at=now, text=text)
    prove("dossier.post_ordered", dossier, by, parcel=parcel.number, fee=parcel.fee_due, postage=parcel.postage_due)
    return parcel


@transaction.atomic
def give_to_postman(dossier: Dossier, *, by: User, item_code: str = "", seen: str = "") -> Parcel:
    """The postman has taken the parcel at the desk, both have signed.

    Args:
        item_code: from the paper slip, where the post's system hasn't taken the order: it goes on by hand then.

    Raises:
        BusinessError: nothing waits for the postman, or no code is known.
        Http404, Conflict: as every act of an officer.
    """
    dossier, _ = begin("give_to_postman", dossier, by, seen=seen)
    parcel = reads.mail_of(dossier).waits_for_handing_over
    if parcel is None:
        raise Conflict("Hồ sơ này không có bưu gửi nào chờ giao.")
    if parcel.item_code:
        return delivery.hand_over(parcel, by=by)
    return delivery.hand_over_by_hand(parcel, item_code=item_code, by=by)


@transaction.atomic
def keep_at_desk(dossier: Dossier, *, by: User, reason: str, seen: str = "") -> None:
    """Drop the order before the postman has the parcel: it was the wrong paper, or the person stands at the desk.

    Raises:
        Http404, BusinessError, Conflict: as every act of an officer, or the postman has it already.
    """
    dossier, _ = begin("give_to_postman", dossier, by, seen=seen)
    parcel = reads.mail_of(dossier).waits_for_handing_over
    if parcel is None:
        raise Conflict("Hồ sơ này không có bưu gửi nào chờ giao.")
    delivery.cancel_parcel(parcel, by=by, reason=reason)


@transaction.atomic
def take_in(
    dossier: Dossier, number: str, papers: Mapping[str, Mapping[str, int]], *, by: User, seen: str = ""
) -> Parcel:
    """Sign for what the postman brings (biên bản giao nhận): papers of the person, or a result that came back.

    Papers count as brought from now on; a dossier that is handed in by post counts as filed now (QĐ 45/2016 Điều 7).

    Args:
        number: the parcel's.
        papers: by key of the paper, how many sheets came: {"originals": 1, "certified": 0, "copies": 0}.

    Raises:
        Http404: the parcel isn't this dossier's, or the officer is of another agency.
        BusinessError: papers are expected and none was counted.
        Conflict: a colleague was first, or the post hasn't brought it.
    """
    dossier, post = begin("take_in_papers", dossier, by, seen=seen)
    parcel = _parcel(dossier, number)
    if parcel.arrived_at is not None:
        return parcel
    brings_papers = parcel.direction == Direction.TO_AGENCY
    counted = _counted(dossier, papers) if brings_papers else {}
    if not counted and any(line["key"] != reads.TO_SIGN for line in parcel.contents if brings_papers):
        raise BusinessError("Ghi số bản của từng giấy tờ đã nhận. Nếu bưu gửi rỗng, lập biên bản với bưu chính trước.")
    parcel = delivery.record_arrival(parcel, by=by)
    if not brings_papers:
        return parcel  # what follows is the same as by the post's own word
    now = timezone.now()
    for key, sheets in counted.items():
        PaperTaken.objects.update_or_create(
            dossier=dossier, requirement_key=key, defaults={**sheets, "by": by, "at": now}
        )
    if dossier.state == State.SUBMITTED and dossier.answer_by is None and dossier.payment_state != PaymentState.ASKED:
        start_reception(dossier, now)
        dossier.save(update_fields=["answer_by"])
    missing = [paper.name for paper in still_to_bring(dossier)]
    text = say("Còn thiếu: {papers}.", papers="; ".join(missing)) if missing else "Đã đủ giấy tờ phải nộp."
    note(dossier, "take_in_papers", "Đã nhận giấy tờ qua bưu chính", by=by, post=post, at=now, text=text)
    prove("dossier.papers_arrived", dossier, by, parcel=parcel.number, papers=sorted(counted))
    tell("dossier_papers_arrived", dossier, at=now, by=by, post=post, once=parcel.number, next_step=text)
    return parcel


@transaction.atomic
def note_remittance(dossier: Dossier, number: str, *, amount: int, reference: str, by: User, seen: str = "") -> Parcel:
    """The post has passed on what it took at the door; the fee itself was booked by its word already.

    Raises:
        Http404: the parcel isn't this dossier's, or the officer is of another agency.
        BusinessError: nothing was taken, or the number of the transfer is missing.
        Conflict: a colleague was first.
    """
    dossier, _ = begin("book_transfer", dossier, by, seen=seen)
    return delivery.note_remittance(_parcel(dossier, number), amount=amount, reference=reference, by=by)


def _counted(dossier: Dossier, papers: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """What was counted of papers that this dossier knows."""
    known = set(dossier.procedure_version.requirements.values_list("key", flat=True))
    kinds = ("originals", "certified", "copies")
    sheets = {
        key: {kind: min(max(int(counts.get(kind, 0)), 0), MOST_SHEETS) for kind in kinds}
        for key, counts in papers.items()
        if key in known
    }
    return {key: counts for key, counts in sheets.items() if any(counts.values())}


def _parcel(dossier: Dossier, number: str) -> Parcel:
    found = next((one for one in parcels_of(dossier.about) if one.number == number), None)
    if found is None:
        raise Http404("Không có bưu gửi này.")
    return found


# ---- The person ----


@transaction.atomic
def choose_receiving(dossier: Dossier, *, by: User, way: str, address: QueryDict | None = None) -> None:
    """Say anew how the paper reaches the person: by post to this address, or at the desk (chọn lại cách nhận).

    Args:
        address: what the page says of whom the post goes to; None: as it was.

    Raises:
        Http404: it is somebody else's.
        BusinessError: the way isn't offered, or the parcel is on its way.
        Conflict: the dossier has moved on.
    """
    dossier = begin_as_applicant("choose_receiving", dossier, by)
    if way not in rules.ON_PAPER:
        raise BusinessError("Chọn nhận tại Bộ phận Một cửa hoặc qua bưu chính.")
    if not reads.mail_of(dossier).may_choose:
        raise Conflict("Kết quả đang ở bưu chính nên chưa chọn lại được.")
    others = rules.received_by(dossier.delivery) - rules.ON_PAPER
    post = _address(dossier, address) if way == Receive.POST else dossier.delivery.get("post")
    dossier.delivery |= {"receive_now": [*sorted(others), str(way)]} | ({"post": post} if post else {})
    dossier.delivery_state = DeliveryState.TO_POST if way == Receive.POST else DeliveryState.WAITING
    dossier.save(update_fields=["delivery", "delivery_state"])
    now = timezone.now()
    text = rules.post_in_words(dossier.delivery["post"]) if way == Receive.POST else dossier.agency.desk_name
    note(
        dossier, "choose_receiving", "Chọn lại cách nhận kết quả", by=by, at=now, text=f"{Receive(way).label}: {text}."
    )
    prove("dossier.receiving_chosen", dossier, by, way=str(way))


@transaction.atomic
def call_postman(dossier: Dossier, *, by: User, address: QueryDict | None = None) -> Parcel:
    """Have the postman fetch the papers that are still to be brought (gọi bưu chính đến lấy giấy tờ).

    Raises:
        Http404: it is somebody else's.
        BusinessError: nothing is to be brought, somebody is on the way already, or the address has a gap.
        Conflict: the dossier has moved on.
    """
    dossier = begin_as_applicant("call_postman", dossier, by)
    mail = reads.mail_of(dossier)
    if not mail.may_call:
        raise BusinessError("Không có giấy tờ nào để bưu chính đến lấy, hoặc đã có yêu cầu đang chờ.")
    dossier.delivery |= {"post": _address(dossier, address)}
    dossier.save(update_fields=["delivery"])
    parcel = delivery.order_parcel(
        about=dossier.about, agency=dossier.agency, direction=Direction.TO_AGENCY,
        sender=reads.person_of(dossier), receiver=reads.desk_of(dossier.agency),
        contents=reads.lines_of(mail.to_bring), by=by,
    )  # fmt: skip
    text = say(
        "Phiếu gửi {number}. Cước bưu chính {amount}, trả khi giao giấy tờ.",
        number=parcel.number,
        amount=in_figures(parcel.postage_due),
    )
    note(dossier, "call_postman", "Yêu cầu bưu chính đến lấy giấy tờ", by=by, at=timezone.now(), text=text)
    prove("dossier.postman_called", dossier, by, parcel=parcel.number, papers=[paper.key for paper in mail.to_bring])
    return parcel


@transaction.atomic
def cancel_call(dossier: Dossier, *, by: User) -> None:
    """Drop the request before the postman has the papers.

    Raises:
        Http404: it is somebody else's.
        Conflict: the post has them already, or the dossier has moved on.
    """
    dossier = begin_as_applicant("call_postman", dossier, by)
    parcel = reads.mail_of(dossier).papers
    if parcel is None or not parcel.is_open:
        raise Conflict("Không còn yêu cầu nào đang chờ bưu chính.")
    delivery.cancel_parcel(parcel, by=by, reason="Người nộp hủy yêu cầu")


def _address(dossier: Dossier, typed: QueryDict | None) -> dict[str, Any]:
    before = rules.post_address(dossier.delivery, dossier.applicant)
    return before if typed is None else person_rules.read_person("post", typed, before, known=places())
