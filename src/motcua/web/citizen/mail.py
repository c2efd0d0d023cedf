"""What goes by post, on the person's side: where it is, how the paper should come, the postman who fetches papers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from motcua.core.errors import BusinessError
from motcua.core.ratelimit import DAY, hit
from motcua.delivery.models import Parcel
from motcua.delivery.rules.states import ParcelState
from motcua.dossiers import access
from motcua.dossiers.models import DeliveryState, Dossier, State
from motcua.dossiers.queries.posting import Mail, mail_of, postage_of
from motcua.dossiers.rules import delivery as rules
from motcua.dossiers.rules import person
from motcua.dossiers.rules.delivery import Receive
from motcua.dossiers.rules.papers import ToBring
from motcua.dossiers.services import posting
from motcua.eforms.forms import act as pressed
from motcua.eforms.queries import places
from motcua.eforms.rules import ACT
from motcua.web.components.doors import CitizenRequest, citizen_required
from motcua.web.components.problems import Problem

CHIPS = {
    ParcelState.DELIVERED: ("done", "done"),
    ParcelState.DELIVERED_TO_AGENCY: ("done", "done"),
    ParcelState.FAILED: ("yours", "your-turn"),
    ParcelState.RETURNING: ("bad", "withdraw"),
    ParcelState.RETURNED: ("bad", "withdraw"),
    ParcelState.LOST: ("bad", "warning"),
    ParcelState.CANCELLED: ("idle", "stopped"),
}
GOING = ("going", "post")
ASKS_A_DAY = 10  # about one dossier: each is a line in its history, and may be an order at the post


@dataclass(frozen=True)
class Shown:
    """A parcel with its chip and the post's words, newest first."""

    parcel: Parcel
    chip: str
    icon: str
    events: Sequence[Any]
    may_cancel: bool

    @property
    def due(self) -> int:
        """What the postman asks for, in đồng."""
        return self.parcel.postage_due + self.parcel.fee_due


def shown(parcel: Parcel, *, may_cancel: bool = False) -> Shown:
    """A parcel for a page."""
    chip, icon = CHIPS.get(ParcelState(parcel.state), GOING)
    return Shown(parcel, chip, icon, list(parcel.events.all())[::-1], may_cancel)


def post_of(found: Dossier, to_bring: Sequence[ToBring]) -> dict[str, Any]:
    """What the page of a dossier shows of the post."""
    mail = mail_of(found, to_bring)
    at_desk = found.delivery_state in {DeliveryState.WAITING, DeliveryState.TAKEN_ONLINE}
    return {
        "mail": mail,
        "mailed": [shown(parcel, may_cancel=_may_cancel(mail, parcel)) for parcel in mail.parcels],
        "waits_at_desk": found.state == State.ISSUED and at_desk and Receive.DESK in rules.received_by(found.delivery),
        "by_post": Receive.POST in rules.received_by(found.delivery),
    }


def _may_cancel(mail: Mail, parcel: Parcel) -> bool:
    early = parcel.state in {ParcelState.REQUESTED, ParcelState.ACCEPTED} and parcel.cancel_wanted_at is None
    return parcel == mail.papers and early


@require_http_methods(["GET", "POST"])
@citizen_required
def choose(request: CitizenRequest, ref: str) -> HttpResponse:
    """Chọn lại cách nhận: by post to an address, or at the desk."""
    found = access.of_applicant(request.user, ref)
    if request.method == "GET" and not mail_of(found).may_choose:
        return redirect("citizen:dossier", found.ref)
    way = request.POST.get("cach") or next(iter(rules.ON_PAPER & rules.received_by(found.delivery)), "")

    def do(data: QueryDict) -> None:
        posting.choose_receiving(found, by=request.user, way=way, address=data if way == Receive.POST else None)

    ways = [(one.value, one.label) for one in (Receive.POST, Receive.DESK)]
    way = way if way in dict(ways) else ""
    missing = [] if way else [Problem("Chọn cách nhận bản giấy", "cach")]
    context = {"ways": ways, "way": way, "postage": postage_of(found)}
    asks = way == Receive.POST
    return _with_address(request, found, "citizen/choose_receiving.html", do, missing, asks=asks, **context)


@require_http_methods(["GET", "POST"])
@citizen_required
def call(request: CitizenRequest, ref: str) -> HttpResponse:
    """Gọi bưu chính đến lấy giấy tờ: which papers, from where."""
    found = access.of_applicant(request.user, ref)
    mail = mail_of(found)
    if request.method == "GET" and not mail.may_call:
        return redirect("citizen:dossier", found.ref)

    def do(data: QueryDict) -> None:
        posting.call_postman(found, by=request.user, address=data)

    return _with_address(request, found, "citizen/call_postman.html", do, to_bring=mail.to_bring)


@require_POST
@citizen_required
def cancel(request: CitizenRequest, ref: str) -> HttpResponse:
    """Hủy yêu cầu lấy giấy tờ, before the postman has them."""
    from motcua.web.citizen.dossiers import show

    found = access.of_applicant(request.user, ref)
    try:
        posting.cancel_call(found, by=request.user)
    except BusinessError as refusal:
        return show(request, found, problems=[Problem(str(refusal))])
    return redirect("citizen:dossier", found.ref)


def _count(found: Dossier) -> None:
    """One more choice or call today.

    Raises:
        BusinessError: so often in one day that somebody's finger, or a script, has got stuck.
    """
    if not hit("dossier.by_post", found.ref, limit=ASKS_A_DAY, seconds=DAY):
        raise BusinessError(
            "Hôm nay ông/bà đã yêu cầu nhiều lần cho hồ sơ này. Xin thử lại ngày mai, hoặc gọi tổng đài"
        )


def _with_address(
    request: HttpRequest,
    found: Dossier,
    template: str,
    do: Callable[[QueryDict], None],
    missing: Sequence[Problem] = (),
    *,
    asks: bool = True,
    **context: Any,
) -> HttpResponse:
    """A page that asks whom the post goes to, and then acts; what was typed stays.

    Args:
        missing: what else is missing on it.
        asks: whether the address counts; where it doesn't it isn't checked.
    """
    typed = _typed(request, found, asks=asks)
    typed.problems[:0] = missing if typed.sent else ()
    if typed.sent and not typed.problems:
        try:
            _count(found)
            do(request.POST)
            return redirect("citizen:dossier", found.ref)
        except BusinessError as refusal:
            typed.problems = [Problem(str(refusal))]
    form = person.form_of("post")
    context |= {
        "dossier": found, "procedure": found.procedure_version, "form_definition": form, "form_page": form.pages[0],
        "answers": person.answers_of(typed.address), "problems": typed.problems, "focus": typed.focus,
        "at_fields": [problem for problem in typed.problems if hasattr(problem, "field_id")],
    }  # fmt: skip
    return render(request, template, context, status=422 if typed.problems else 200)


@dataclass
class _Typed:
    """What the page with an address says.

    Attributes:
        sent: somebody wants the act, and didn't only press a button inside the form, such as the search for a place.
        focus: the box that such a button leads to.
    """

    address: Mapping[str, Any]
    sent: bool = False
    problems: list[Any] = field(default_factory=list)
    focus: str = ""


def _typed(request: HttpRequest, found: Dossier, *, asks: bool) -> _Typed:
    before = rules.post_address(found.delivery, found.applicant)
    if request.method != "POST":
        return _Typed(before)
    address = person.read_person("post", request.POST, before, known=places())
    if request.POST.get(ACT):
        form = person.form_of("post")
        focus = pressed(form, form.pages[0].slug, request.POST, dict(person.answers_of(before))).focus
        return _Typed(address, focus=focus)
    wrong = person.check_person("post", address, today=timezone.localdate(), known=places()) if asks else []
    return _Typed(address, sent=True, problems=list(wrong))
