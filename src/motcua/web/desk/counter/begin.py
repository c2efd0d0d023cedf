"""Before there is a case: the number of who stands here, the service, and an account where there is none yet."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from motcua.accounts import services as accounts
from motcua.accounts.models import User
from motcua.accounts.queries import citizen_with_number
from motcua.agencies.models import Post, Role
from motcua.agencies.queries import posts_of
from motcua.core.errors import BusinessError
from motcua.core.identity import (
    NUMBER_LENGTH,
    OLD_NUMBER_LENGTH,
    check_personal_number,
    normalise_number,
    show_number,
)
from motcua.core.text import clean
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import counter as reads
from motcua.dossiers.queries.answers import waiting_for_papers
from motcua.dossiers.queries.counter import Offered
from motcua.dossiers.queries.drafts import FORM, Problem
from motcua.dossiers.rules import counter as rules
from motcua.dossiers.services import counter
from motcua.eforms.forms import act as pressed
from motcua.eforms.queries import places
from motcua.eforms.rules import Definition, check_page, read
from motcua.web.components.doors import OfficerRequest, held_post, officer_required
from motcua.web.components.forms import DigitsInput, PortalForm
from motcua.web.desk.asking import ASKS

NUMBER_KEY = "counter_number"  # who stands here: personal data stays out of addresses
LONGEST = 100
CARD = "the"  # the tick that the card was seen
SEARCH = "tim"
ANOTHER = (
    "Trang vừa gửi là của người khác, mở ở cửa sổ trước; chưa có gì thay đổi. Đây là người có số định danh gõ sau cùng."
)


def trouble(message: str, html_id: str = "") -> Problem:
    """Something to mend that no question of a form is about."""
    return Problem("", "", html_id, message)


def post_of(request: OfficerRequest) -> Post:
    """The first post by which this officer takes in.

    Raises:
        PermissionDenied: they have none.
    """
    found = next((post for post in posts_of(request.user) if Role.RECEPTION in post.roles), None)
    if found is None:
        raise PermissionDenied
    return found


class BeginForm(PortalForm):
    """Who stands here, and what they came for."""

    so = forms.CharField(
        label="Số định danh cá nhân", help_text="12 chữ số trên thẻ căn cước", max_length=60,
        widget=DigitsInput({"autofocus": True, "spellcheck": "false"}),
        error_messages={"required": "Nhập số định danh trên thẻ căn cước"},
    )  # fmt: skip
    tt = forms.CharField(
        label="Thủ tục", help_text="Gõ không dấu được; bỏ trống để xem tất cả", required=False, max_length=LONGEST,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip

    def clean_so(self) -> str:
        """The twelve digits.

        Raises:
            ValidationError: it isn't such a number.
        """
        number = normalise_number(str(self.cleaned_data["so"]))
        if number.isdigit() and len(number) not in {
            OLD_NUMBER_LENGTH,
            NUMBER_LENGTH,
        }:  # who reads this types somebody else's number
            raise ValidationError(f"Số định danh có 12 chữ số, mới gõ {len(number)}")
        if trouble := check_personal_number(number, today=timezone.localdate()):
            raise ValidationError(trouble)
        return number


@ASKS
@officer_required
def cases(request: OfficerRequest) -> HttpResponseBase:
    """The counter: whoever comes next, and the cases that wait to be carried on."""
    post = post_of(request)
    form = BeginForm(request.POST if request.method == "POST" else held_post(request))
    if request.method == "POST" and form.is_valid() and not accounts.may_look_up(request.user):
        form.add_error("so", "Đã tra quá nhiều số định danh trong một giờ. Xin thử lại sau")
    if request.method == "POST" and form.is_valid():
        request.session[NUMBER_KEY] = form.cleaned_data["so"]
        text = clean(form.cleaned_data["tt"])[:LONGEST]
        return redirect(f"{reverse('desk:counter:person')}?{_query(text)}")
    found = reads.cases_at(request.user)
    context = {
        "form": form, "cases": found, "now": timezone.now(), "desk_place": post.unit.agency.short_name,
        "keys": [{"keys": ["Enter"], "words": "tìm người, thủ tục"}, {"keys": ["J", "K"], "words": "hồ sơ đang nhập"}],
    }  # fmt: skip
    return render(request, "desk/counter/cases.html", context, status=422 if form.is_bound and form.errors else 200)


def _query(text: str) -> str:
    query = QueryDict(mutable=True)
    if text:
        query["tt"] = text
    return query.urlencode()


@dataclass
class Standing:
    """The page about who stands here.

    Attributes:
        known: their account; None: there is none with this number.
        answers: what the page's boxes say.
        clashes: what an account says otherwise than what was just typed from the card.
    """

    number: str
    known: User | None
    answers: dict[str, Any]
    saw_card: bool = False
    code: str = ""
    problems: list[Any] = field(default_factory=list)
    clashes: list[accounts.Difference] = field(default_factory=list)
    focus: str = ""

    @property
    def kind(self) -> str:
        """Which boxes: how to reach who is "known", all of the card of who is "new"."""
        return "known" if self.known else "new"

    @property
    def form(self) -> Definition:
        """The boxes."""
        return rules.form_of_person(self.kind)


@ASKS
@officer_required
def person(request: OfficerRequest) -> HttpResponseBase:
    """Người nộp và thủ tục: an account is found or opened, and the case begins."""
    post_of(request)
    number = str(request.session.get(NUMBER_KEY, ""))
    if not number:
        return redirect("desk:counter:cases")
    known = accounts.look_up(number, by=request.user)
    standing = Standing(number, known, _contact(known) if known else rules.from_number(number))
    data = request.POST if request.method == "POST" else held_post(request)
    if data is None:
        return _page(request, standing)
    if data.get("nguoi") != number:  # else one person's phone would go into another one's account
        standing.problems = [trouble(ANOTHER)]
        return _page(request, standing)
    if known and data.get("loai") == "new":
        return _is_known_now(request, Standing(number, None, _typed("new", data, rules.from_number(number))))
    standing.answers = _typed(standing.kind, data, standing.answers)
    standing.saw_card, standing.code = bool(data.get(CARD)), data.get("ma", "")
    act = data.get("act", "")
    if act == SEARCH or request.method != "POST":
        return _page(request, standing, text=clean(data.get("tt", "")))
    if act:  # a button of the place picker
        standing.focus = pressed(standing.form, rules.PERSON_PAGE, data, standing.answers).focus
        return _page(request, standing)
    return _begin(request, standing)


def _typed(kind: str, data: QueryDict, before: dict[str, Any]) -> dict[str, Any]:
    return read(rules.form_of_person(kind), rules.PERSON_PAGE, data, before, known=places())


def _begin(request: OfficerRequest, standing: Standing) -> HttpResponse:
    """Check, open or mend the account, begin the case; or show what is to be mended."""
    offered = {one.code: one for one in reads.offered_at(request.user)}
    chosen = offered.get(standing.code)
    today = timezone.localdate()
    found: list[Any] = list(check_page(standing.form, rules.PERSON_PAGE, standing.answers, today=today, known=places()))
    if standing.known and standing.known.email and not standing.answers.get("phone"):
        found = [one for one in found if one.field_id != "phone"]  # reached by email; nobody has to have a phone
    standing.problems = found
    if not standing.known and not standing.saw_card:
        standing.problems.insert(0, trouble("Xem thẻ căn cước rồi đánh dấu “Đã xem thẻ căn cước”", CARD))
    if chosen is None:
        standing.problems.append(trouble("Chọn thủ tục", "ma-1"))
    if standing.problems or chosen is None:
        return _page(request, standing)
    try:
        who = _account(request, standing)
        draft = counter.start(chosen.version, who, by=request.user)
    except accounts.AccountExists:
        return _is_known_now(request, standing)
    except accounts.PhoneTrouble as refusal:
        standing.problems = [Problem("", rules.PERSON_PAGE, "phone", str(refusal), "phone")]
        return _page(request, standing)
    except BusinessError as refusal:
        standing.problems = [trouble(str(refusal), CARD if standing.known else "")]
        return _page(request, standing)
    request.session.pop(NUMBER_KEY, None)
    return redirect(_first_box(draft))


def _first_box(draft: Dossier) -> str:
    """The case, at its first empty box."""
    lacking = next((one for one in reads.problems(draft) if one.part == FORM), None)
    return reverse("desk:counter:case", args=[draft.ref]) + (f"#{lacking.html_id}" if lacking else "")


def _account(request: OfficerRequest, standing: Standing) -> User:
    """The account of who stands here: opened, mended where the officer changed something, or as it is."""
    answers, by = standing.answers, request.user
    place = answers.get("residence") or {}
    if standing.known is None:
        return accounts.open_at_counter(_on_card(standing), by=by)
    if answers == _contact(standing.known):
        return standing.known
    return accounts.correct_at_counter(
        standing.known, phone=str(answers.get("phone") or ""), residence=str(place.get("commune") or ""),
        residence_detail=str(place.get("detail") or ""), saw_card=standing.saw_card, by=by,
    )  # fmt: skip


def _on_card(standing: Standing) -> accounts.OnCard:
    answers = standing.answers
    place = answers.get("residence") or {}
    return accounts.OnCard(
        full_name=answers["full_name"], personal_number=standing.number,
        birth_date=date.fromisoformat(answers["birth_date"]), sex=answers["sex"], phone=answers["phone"],
        residence=str(place.get("commune") or ""), residence_detail=str(place.get("detail") or ""),
    )  # fmt: skip


def _is_known_now(request: OfficerRequest, standing: Standing) -> HttpResponse:
    """Somebody opened an account with this number meanwhile: it is used, and what it says otherwise is shown."""
    known = citizen_with_number(standing.number)
    assert known is not None
    now = Standing(standing.number, known, _contact(known), code=standing.code)
    today = timezone.localdate()
    if not list(check_page(standing.form, rules.PERSON_PAGE, standing.answers, today=today, known=places())):
        now.clashes = accounts.differences(known, _on_card(standing))
    now.problems = [trouble("Số định danh này vừa có tài khoản. Xin xem chỗ khác nhau rồi bấm “Bắt đầu” lần nữa.")]
    return _page(request, now)


def _contact(user: User) -> dict[str, Any]:
    """How an account can be reached, as the boxes hold it."""
    home = user.residence
    boxes = QueryDict(mutable=True)
    boxes["phone"] = user.phone
    if home:
        boxes["residence__province"], boxes["residence__commune"] = str(home.parent_id or ""), home.pk
        boxes["residence__detail"] = user.residence_detail
    return _typed("known", boxes, {})


def _page(request: OfficerRequest, standing: Standing, text: str | None = None) -> HttpResponse:
    text = clean(request.GET.get("tt", ""))[:LONGEST] if text is None else text[:LONGEST]
    offered: list[Offered] = reads.offered_at(request.user, text)
    code = standing.code or (offered[0].code if text and offered else "")
    form = standing.form
    context = {
        "standing": standing, "number": show_number(standing.number), "offered": offered, "text": text, "code": code,
        "form_definition": form, "form_page": form.page(rules.PERSON_PAGE), "answers": standing.answers,
        "messages_at": {one.html_id.partition("-")[0]: one.message for one in standing.problems if not one.field_id},
        "problems": standing.problems, "focus": standing.focus,
        "waiting": waiting_for_papers(standing.known, request.user) if standing.known else [],
        "earlier": reads.earlier_of(standing.known) if standing.known else 0,
        "desk_place": post_of(request).unit.agency.short_name,
    }  # fmt: skip
    return render(request, "desk/counter/person.html", context, status=422 if standing.problems else 200)
