"""The last pages: how to receive and pay, the review, handing in, and the number to keep."""

from collections.abc import Sequence

from django import forms
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from motcua.accounts.flows.national import stands_for
from motcua.accounts.queries import recipient_of
from motcua.core.errors import BusinessError, Conflict
from motcua.core.ratelimit import DAY, hit, left
from motcua.core.words import say, translated
from motcua.delivery.rules.postage import Postage
from motcua.dossiers import access
from motcua.dossiers.models import Dossier, State
from motcua.dossiers.queries import confirmed
from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.queries.content import content_of
from motcua.dossiers.queries.drafts import DELIVERY, Problem
from motcua.dossiers.queries.money import pays_now
from motcua.dossiers.queries.posting import postage_of
from motcua.dossiers.rules import delivery as rules
from motcua.dossiers.rules.digest import STATEMENT
from motcua.dossiers.rules.fees import fee_total
from motcua.dossiers.services import drafts, submission
from motcua.dossiers.services.confirmations import NotConfirmed
from motcua.offerings.models import OfferingVersion
from motcua.web.citizen import summary, walk
from motcua.web.citizen.draft_pages import AUTOSAVE, LATER, actor, draft_page, own_only, seen_by
from motcua.web.citizen.filling import saved_line
from motcua.web.components.doors import CitizenRequest, citizen_required
from motcua.web.components.human import HumanCheckForm

SENDS = 3  # of the number again, in a day
PAID_FIRST = OfferingVersion.ClockStarts.COMPLETE_AND_PAID


@draft_page
def delivery(request: HttpRequest, draft: Dossier) -> HttpResponse:
    """Cách nộp, cách nhận, lệ phí."""
    if request.method != "POST":
        return _delivery_page(request, draft)
    act = request.POST.get("act", "")
    try:
        saved = drafts.save_delivery(draft, request.POST, by=actor(draft), seen=seen_by(request))
    except Conflict as refusal:
        if act == AUTOSAVE:
            return JsonResponse({"message": translated(str(refusal))}, status=409)
        return redirect("citizen:mine")
    if act == AUTOSAVE:
        return saved_line(saved)
    if act == LATER:
        return redirect("citizen:mine")
    problems = reads.delivery_problems(saved.dossier)
    if problems or saved.overwritten:
        return _delivery_page(request, saved.dossier, problems, saved.overwritten)
    return redirect(walk.next_url(request, saved.dossier, DELIVERY))


def _delivery_page(
    request: HttpRequest,
    draft: Dossier,
    problems: Sequence[Problem] = (),
    overwritten: Sequence[drafts.Overwritten] = (),
) -> HttpResponse:
    version = draft.offering_version
    quote = reads.quote(draft)
    return walk.show(
        request, draft, "citizen/delivery.html", (DELIVERY, ""),
        problems=problems, overwritten=overwritten, shown=draft.delivery,
        messages_at={problem.field_id: problem.message for problem in problems},
        hand_in_ways=[rules.HandIn(way) for way in version.hand_in_ways],
        receive_ways=[rules.Receive(way) for way in version.receive_ways],
        pay_ways=[(way, rules.in_words("pay", way)) for way in version.pay_ways],
        quote=quote, total=fee_total(quote), copies=reads.copies(draft),
        copies_url=walk.copies_url(draft), postage=_postage(draft), price_of_post=postage_of(draft),
        email=recipient_of(draft.user).email,
    )  # fmt: skip


def _postage(draft: Dossier) -> Postage | None:
    """What the postman asks for besides; None where the result doesn't come by post."""
    return postage_of(draft) if rules.Receive.POST in rules.received_by(draft.delivery) else None


class ReviewForm(HumanCheckForm):
    """The statement and "Mã xác nhận"."""

    statement = forms.BooleanField(
        label=STATEMENT, error_messages={"required": "Đánh dấu vào lời cam đoan trước khi nộp"}
    )


@draft_page
def review(request: HttpRequest, draft: Dossier) -> HttpResponse:
    """Xem lại rồi nộp: exactly what the agency will get.

    A second click passes the same checks with the same form, waits for the row, and finds the dossier handed in.
    """
    if request.method != "POST" or not own_only(request, draft):
        return _review_page(request, draft, ReviewForm(request=request))
    form = ReviewForm(request.POST, request=request)
    if not form.is_valid():
        return _review_page(request, draft, form)
    try:
        submission.submit(draft, by=actor(draft), organisation=stands_for(request.session))
    except Conflict:
        return redirect("citizen:mine")
    except NotConfirmed as refusal:
        return _review_page(request, draft, form, [Problem(walk.REVIEW, "", "xac-nhan-to-khai", str(refusal))])
    except BusinessError as refusal:
        form.add_error(None, str(refusal))
        return _review_page(request, draft, form)
    return redirect("citizen:sent", draft.ref)


def _review_page(
    request: HttpRequest, draft: Dossier, form: ReviewForm, problems: Sequence[Problem] = ()
) -> HttpResponse:
    quote = reads.quote(draft)
    prefetch_related_objects([draft.procedure_version], "requirements")  # asked for several times
    found = reads.papers(draft)
    content = content_of(draft)
    response = walk.show(
        request, draft, "citizen/review.html", (walk.REVIEW, ""),
        problems=problems, form=form, summary=summary.of(draft, found), quote=quote, total=fee_total(quote),
        to_bring=reads.still_to_bring(draft, found), to_sign=reads.to_sign(draft),
        looked_at=reads.looked_at_from(draft),
        wants_confirmation=confirmed.wants_confirmation(draft), confirmations=confirmed.confirming(content),
        outdated=confirmed.outdated(content), postage=_postage(draft),
        at_the_door=rules.paid_at_the_door(draft.delivery),
        pays_first=bool(fee_total(quote)) and draft.offering_version.clock_starts == PAID_FIRST,
    )  # fmt: skip
    if form.errors:
        response.status_code = 422
    return response


@citizen_required
@require_GET
def sent(request: CitizenRequest, ref: str) -> HttpResponse:
    """Chúc mừng: the number to keep, to print and to send."""
    dossier = access.of_applicant(request.user, ref)
    if dossier.state == State.DRAFT:
        return redirect("citizen:review", ref)
    return _sent_page(request, dossier)


def _sent_page(request: CitizenRequest, dossier: Dossier, refused: str = "") -> HttpResponse:
    context = {
        "dossier": dossier,
        "procedure": dossier.procedure_version,
        "to_bring": reads.still_to_bring(dossier),
        "to_sign": reads.to_sign(dossier),
        "reach": recipient_of(request.user),
        "pays_now": pays_now(dossier),
        "told": "da-gui" in request.GET,
        "refused": refused,
    }
    return render(request, "citizen/sent.html", context, status=422 if refused else 200)


@citizen_required
@require_POST
def send_number(request: CitizenRequest, ref: str) -> HttpResponse:
    """Send the submission number once more, by SMS and email."""
    dossier = access.of_applicant(request.user, ref)
    if dossier.state == State.DRAFT:
        return redirect("citizen:review", ref)
    if not hit("dossier.tell_again", dossier.ref, limit=SENDS, seconds=DAY):
        return _sent_page(
            request, dossier, say("Mã nộp đã được gửi lại {count} lần. Xin ghi lại hoặc in trang này.", count=SENDS)
        )
    turn = SENDS - left("dossier.tell_again", dossier.ref, limit=SENDS)
    try:
        submission.tell_again(dossier, by=request.user, turn=f"{timezone.localdate():%y%m%d}-{turn}")
    except BusinessError as refusal:
        return _sent_page(request, dossier, str(refusal))
    return redirect(reverse("citizen:sent", args=[ref]) + "?da-gui=1")
