"""Register: who, the form, the code, the password."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from motcua.accounts.flows import codes, registration
from motcua.accounts.flows.login import let_in
from motcua.accounts.flows.pending import FlowEnded
from motcua.accounts.flows.registration import Person
from motcua.accounts.models import User
from motcua.accounts.national.provider import is_connected
from motcua.accounts.services import AccountExists
from motcua.core.errors import BusinessError
from motcua.web.citizen.account.forms import NewPasswordForm, PersonForm, refuse
from motcua.web.citizen.account.pages import CodeStep, code_page, ended_page, next_url
from motcua.web.components.doors import CitizenRequest, citizen_required, public
from motcua.web.components.visitor import visitor_key


@public
def who(request: HttpRequest) -> HttpResponse:
    """Công dân, or Doanh nghiệp / Tổ chức."""
    if request.user.is_authenticated:
        return redirect(next_url(request))
    wanted = next_url(request)
    national_url = f"{reverse('account:national')}?{urlencode({'next': wanted})}" if is_connected() else ""
    return render(request, "mc_account/register_who.html", {"next": wanted, "national_url": national_url})


@public
@never_cache
@sensitive_post_parameters()
def person(request: HttpRequest) -> HttpResponse:
    """The form; what was typed earlier in this browser is there again."""
    if request.method != "POST":
        return _person_page(request, PersonForm(initial=registration.typed_before(request.session)))
    form = PersonForm(request.POST)
    exists = False
    if form.is_valid():
        try:
            registration.begin(
                request.session, Person(**form.cleaned_data), visitor=visitor_key(request), next_url=next_url(request)
            )
            return redirect("account:register_code")
        except AccountExists as refusal:
            exists = True
            refuse(form, refusal, "personal_number")
        except BusinessError as refusal:
            refuse(form, refusal)
    return _person_page(request, form, status=422, exists=exists)


@public
@never_cache
@sensitive_post_parameters()
def code(request: HttpRequest) -> HttpResponse:
    """The code to the phone."""
    flow = registration.pending(request.session)

    def confirm(typed: str) -> HttpResponse:
        registration.confirm(request.session, typed)
        request.session.cycle_key()
        return redirect("account:register_password")

    return code_page(
        request,
        CodeStep(
            title="Xác nhận số điện thoại",
            sent=lambda: codes.sent(flow),
            confirm=confirm,
            send_again=lambda channel: codes.send_again(flow, channel),
            restart=reverse("account:register_person"),
            back=reverse("account:register_person"),
            back_words="Sửa số điện thoại hoặc thông tin khác",
            place="Bước 2 trên 3",
        ),
    )


@public
@never_cache
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """Choose and repeat the password; the account is opened."""
    restart = reverse("account:register_person")
    try:
        who_registers = registration.verified(request.session)
    except FlowEnded as ended:
        return ended_page(request, str(ended), restart)
    candidate = User(personal_number=who_registers.personal_number, phone=who_registers.phone)
    form = NewPasswordForm(request.POST or None, user=candidate)
    form.fields["password"].label = "Mật khẩu"
    if form.is_valid():
        try:
            user, on_the_way = registration.finish(request.session, form.cleaned_data["password"])
        except FlowEnded as ended:
            return ended_page(request, str(ended), restart)
        except AccountExists:
            return _person_page(
                request, PersonForm(initial=registration.typed_before(request.session)), status=422, exists=True
            )
        let_in(request, user)
        return HttpResponseRedirect(f"{reverse('account:register_done')}?{urlencode({'next': on_the_way})}")
    context = {"form": form, "person": who_registers}
    return render(request, "mc_account/register_password.html", context, status=422 if form.is_bound else 200)


@citizen_required
def done(request: CitizenRequest) -> HttpResponse:
    """The account is open."""
    return render(request, "mc_account/register_done.html", {"next": next_url(request)})


def _person_page(request: HttpRequest, form: PersonForm, *, status: int = 200, exists: bool = False) -> HttpResponse:
    context = {"form": form, "next": next_url(request), "exists": exists}
    return render(request, "mc_account/register_person.html", context, status=status)
