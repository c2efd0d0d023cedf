"""What goes by post for a dossier (bưu chính công ích): where it is, what it costs, what it carries, who may act."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import F, Q

from motcua.agencies.models import Agency
from motcua.core.errors import BusinessError
from motcua.core.identity import show_phone
from motcua.core.words import say
from motcua.delivery import queries as post
from motcua.delivery.models import Parcel
from motcua.delivery.rules.postage import Postage
from motcua.delivery.rules.states import Direction, ParcelState, Placing
from motcua.dossiers.models import DeliveryState, Dossier, Result, State
from motcua.dossiers.queries.drafts import copies, still_to_bring, to_sign
from motcua.dossiers.rules import delivery as rules
from motcua.dossiers.rules.delivery import HandIn, Receive
from motcua.dossiers.rules.moves import MOVES
from motcua.dossiers.rules.papers import ToBring
from motcua.places.queries import unit as place
from motcua.procedures.models import Requirement

RESULT, TO_SIGN = "ket-qua", "ky-nhan"  # keys of what a parcel carries besides papers
TO_AGENCY, TO_PERSON = Direction.TO_AGENCY, Direction.TO_PERSON
Lines = list[dict[str, Any]]


@dataclass(frozen=True)
class Mail:
    """All parcels of a dossier, newest first, and what follows from them.

    Attributes:
        to_bring: the papers that are still to reach the agency.
        ready: whether there is a contract with the post at all.
    """

    dossier: Dossier
    parcels: Sequence[Parcel] = field(default_factory=tuple)
    to_bring: Sequence[ToBring] = field(default_factory=tuple)
    ready: bool = False

    @cached_property
    def result(self) -> Parcel | None:
        """The newest parcel with the result."""
        return next((one for one in self.parcels if one.direction == TO_PERSON), None)

    @cached_property
    def papers(self) -> Parcel | None:
        """The newest parcel with papers for the agency."""
        return next((one for one in self.parcels if one.direction == TO_AGENCY), None)

    @property
    def waits_for_handing_over(self) -> Parcel | None:
        """The parcel that lies at the desk for the postman."""
        return self.result if self.result and self.result.state == ParcelState.READY else None

    @property
    def coming(self) -> list[Parcel]:
        """What the desk takes from the postman's hand and hasn't signed for: papers, or a result that comes back."""
        return [one for one in self.parcels if one.can_arrive and _is_near(one)]

    @property
    def stuck(self) -> bool:
        """Whether the post's system hasn't taken an order, or refuses it: the desk can go on by hand."""
        waiting = self.waits_for_handing_over
        return waiting is not None and not waiting.item_code

    @property
    def refused(self) -> bool:
        """Whether the post has refused the order that waits at the desk."""
        return self.stuck and self.result is not None and self.result.placing == Placing.REFUSED

    @property
    def may_call(self) -> bool:
        """Whether the person can have the postman fetch papers now."""
        version = self.dossier.offering_version
        offered = HandIn.POST in version.hand_in_ways or Receive.POST in version.receive_ways
        lawful = State(self.dossier.state) in MOVES["call_postman"].starts
        under_way = self.papers is not None and self.papers.is_open
        under_way |= self.result is not None and self.result.is_open  # its postman takes them along
        return bool(self.ready and offered and lawful and self.to_bring and not under_way)

    @property
    def may_choose(self) -> bool:
        """Whether the person can say anew how the paper reaches them: it lies at the desk, in nobody's hands."""
        dossier = self.dossier
        at_desk = dossier.delivery_state in {DeliveryState.WAITING, DeliveryState.TO_POST, DeliveryState.TAKEN_ONLINE}
        on_paper = rules.ON_PAPER & rules.received_by(dossier.delivery)
        offered = Receive.POST in dossier.offering_version.receive_ways
        free = self.result is None or not self.result.is_open
        return bool(self.ready and dossier.state == State.ISSUED and at_desk and on_paper and offered and free)

    @property
    def came_back(self) -> bool:
        """Whether the post couldn't deliver the result, and it is on its way to the desk or lies there."""
        back = {ParcelState.RETURNING, ParcelState.RETURNED, ParcelState.LOST}
        return self.result is not None and self.result.state in back and self.dossier.state == State.ISSUED

    def __bool__(self) -> bool:
        return bool(self.parcels) or self.may_call or self.may_choose


def _is_near(parcel: Parcel) -> bool:
    """Whether the postman can be standing at the desk with it, or has left it there and nobody has counted it."""
    if parcel.arrived_at is not None:
        return False
    on_the_way = {ParcelState.RETURNING, ParcelState.LOST}  # what was lost is found now and then
    if parcel.direction == TO_AGENCY:
        on_the_way |= {ParcelState.PICKED_UP, ParcelState.DELIVERED_TO_AGENCY}
    return parcel.state in on_the_way


def mail_of(dossier: Dossier, to_bring: Sequence[ToBring] | None = None) -> Mail:
    """The post of a dossier; `to_bring` by whoever knows it already. A fixed number of queries."""
    missing = still_to_bring(dossier) if to_bring is None else to_bring
    return Mail(dossier, _parcels(dossier), tuple(missing), post.post_ready())


def parcels_alone(dossier: Dossier) -> Mail:
    """Its post without the papers still to bring, for whoever asks only what may be done with the parcels."""
    return Mail(dossier, _parcels(dossier))


def _parcels(dossier: Dossier) -> tuple[Parcel, ...]:
    """The newest first."""
    return tuple(post.parcels_of(dossier.about))[::-1]


def withheld(mail: Mail) -> set[str]:
    """The desk's acts about the post that the state would allow and this dossier doesn't, or not now."""
    dossier = mail.dossier
    under_way = mail.result is not None and mail.result.is_open
    allowed = {
        "hand_to_post": dossier.delivery_state == DeliveryState.TO_POST and not under_way,
        "give_to_postman": mail.waits_for_handing_over is not None,
        "take_in_papers": bool(mail.coming),
        "hand_over": dossier.delivery_state != DeliveryState.AT_POST,
    }
    return {act for act, may in allowed.items() if not may}


def arriving(agencies: Collection[Agency]) -> set[str]:
    """The numbers of these agencies' dossiers for which the post has brought something that nobody has looked into.

    Papers that nobody has counted; money that isn't what was due, as long as the post hasn't settled it.
    """
    papers = Q(arrived_at=None, state=ParcelState.DELIVERED_TO_AGENCY)
    money = Q(fee_collected__isnull=False, remitted_at=None) & ~Q(fee_collected=F("fee_due"))
    rows = Parcel.objects.filter(papers | money, about_kind="dossier", agency__in=agencies)
    return set(rows.values_list("about_ref", flat=True))


def waits_for_papers(dossier: Dossier) -> bool:
    """Whether the dossier only counts as handed in once its papers have come by post (QĐ 45/2016 Điều 7)."""
    return dossier.delivery.get("hand_in") == HandIn.POST and bool(still_to_bring(dossier))


# ---- What it costs ----


def postage_of(dossier: Dossier) -> Postage | None:
    """What the way of the result to the person's door costs; None where the address isn't known or has no price."""
    address = rules.post_address(dossier.delivery, dossier.applicant)
    commune = place(str(address.get("residence") or ""))
    if commune is None or commune.parent_id is None or not post.post_ready():
        return None
    try:
        return post.postage(origin=dossier.agency.place, destination=commune, direction=TO_PERSON)
    except BusinessError:
        return None


# ---- What it carries ----


def contents_of(dossier: Dossier) -> Lines:
    """What lies in the parcel: the result, its copies, papers that go back; nothing before there is a result."""
    result = getattr(dossier, "result", None)
    if result is None:
        return []
    return _result_lines(dossier, result) + _sheet_to_sign(dossier, "Bản để ký") + papers_to_return(dossier)


def _result_lines(dossier: Dossier, result: Result) -> Lines:
    told, count = say("{name} số {number}", name=result.name, number=result.number), copies(dossier)
    if count and result.name.startswith("Bản sao"):  # copies are all that is asked for; their original is a register
        return [_line(RESULT, told, "Bản sao", count)]
    return [_line(RESULT, told, "Bản chính"), *([_line("ban-sao", told, "Bản sao", count)] if count else [])]


def collects_of(dossier: Dossier, to_bring: Iterable[ToBring]) -> Lines:
    """What the postman takes along at the door: the papers still to bring, and what was signed there."""
    return lines_of(to_bring) + _sheet_to_sign(dossier, "Bản đã ký")


def _sheet_to_sign(dossier: Dossier, what: str) -> Lines:
    """The page of a register that is signed to receive the result, where the law asks for it."""
    sign = to_sign(dossier)
    return [_line(TO_SIGN, say("Trang ký nhận, {what}", what=sign.what), what)] if sign else []


def papers_to_return(dossier: Dossier) -> Lines:
    """The originals that were sent only to be compared; they travel home with the result (QĐ 45/2016 Điều 8)."""
    taken = {one.requirement_key: one.originals for one in dossier.papers_taken.filter(originals__gt=0)}
    if not taken:
        return []
    kept = {Requirement.Form.ORIGINAL, Requirement.Form.EFORM}  # the agency keeps these, and what was signed here
    return [
        _line(paper.key, paper.name, "Bản chính, trả lại", taken[paper.key])
        for paper in dossier.procedure_version.requirements.all()
        if paper.key in taken and paper.form not in kept
    ]


def lines_of(papers: Iterable[ToBring]) -> Lines:
    """Papers for the agency, as a parcel lists them."""
    return [_line(paper.key, paper.name, paper.what) for paper in papers]


def _line(key: str, name: str, what: str, count: int = 1) -> dict[str, Any]:
    return {"key": key, "name": name, "what": what, "count": count}


# ---- Between whom ----


def desk_of(agency: Agency) -> dict[str, str]:
    """The agency's side of a parcel."""
    return {"name": agency.desk_name, "phone": agency.phone, "address": agency.address, "unit": agency.place_id}


def person_of(dossier: Dossier) -> dict[str, str]:
    """The person's side of a parcel."""
    kept = rules.post_address(dossier.delivery, dossier.applicant)
    pairs = (("name", "full_name"), ("phone", "phone"), ("address", "residence_detail"), ("unit", "residence"))
    side = {name: str(kept.get(key) or "") for name, key in pairs}
    return side | ({"phone": show_phone(side["phone"])} if side["phone"].startswith("+") else {})
