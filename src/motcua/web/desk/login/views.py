"""The pages of the officers' login."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout as end_session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from motcua.accounts import services
from motcua.accounts.flows import officer as flow
from motcua.accounts.flows.pending import FlowEnded, WrongCode
from motcua.accounts.models import User
from motcua.core.errors import BusinessError
from motcua.web.components.codes import qr
from motcua.web.components.doors import OfficerRequest, officer_required, public
from motcua.web.components.forms import PortalForm
from motcua.web.components.visitor import visitor_key
from motcua.web.desk.login.forms import AuthenticatorForm, OfficerForm, RecoveryCodeForm

HOME = "/can-bo/"
CODES_KEY = "accounts.recovery_codes"  # shown once, right after they were made


@public
@never_cache
@sensitive_post_parameters()
def login(request: HttpRequest) -> HttpResponse:
    """Handle and password."""
    user = request.user
    if request.method != "POST" and isinstance(user, User) and user.is_officer:
        return HttpResponseRedirect(_next_url(request))
    form = OfficerForm(request.POST or None)
    if form.is_valid():
        try:
            known = flow.begin(
                request,
                form.cleaned_data["handle"],
                form.cleaned_data["password"],
                visitor=visitor_key(request),
                next_url=_next_url(request),
            )
            return redirect("desk_login:code" if known else "desk_login:set_up")
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    return _page(request, "login", form, next=_next_url(request))


@public
@never_cache
@sensitive_post_parameters()
def code(request: HttpRequest) -> HttpResponse:
    """The app's code."""
    form = AuthenticatorForm(request.POST or None)
    return _second_step(request, "code", form, lambda typed: flow.confirm(request, typed))


@public
@never_cache
@sensitive_post_parameters()
def recovery_code(request: HttpRequest) -> HttpResponse:
    """A code from paper, where the phone with the app is lost."""
    form = RecoveryCodeForm(request.POST or None)
    return _second_step(request, "recovery", form, lambda typed: flow.confirm(request, typed, recovery=True))


@public
@never_cache
@sensitive_post_parameters()
def set_up(request: HttpRequest) -> HttpResponse:
    """The first login: connect an authenticator app."""
    try:
        wanted = flow.set_up(request.session)
        form = AuthenticatorForm(request.POST or None)
        if form.is_valid():
            try:
                codes, next_url = flow.finish_set_up(request, form.cleaned_data["code"])
                request.session[CODES_KEY] = {"codes": codes, "next": next_url}
                return redirect("desk_login:recovery_codes")
            except WrongCode as wrong:
                form.add_error("code", str(wrong))
    except FlowEnded as ended:
        return _ended(request, ended)
    return _page(request, "set_up", form, secret=_grouped(wanted.secret), qr=qr(wanted.url))


@officer_required
@never_cache
def recovery_codes(request: OfficerRequest) -> HttpResponse:
    """The recovery codes, once; afterwards the way on."""
    kept = request.session.pop(CODES_KEY, None)
    if not kept:
        return redirect(HOME)
    return render(request, "mc_desk_login/recovery_codes.html", kept)


@public
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session; everything in it goes."""
    if isinstance(request.user, User):
        services.record_logout(request.user)
    end_session(request)
    return redirect("desk_login:login")


def _second_step(request: HttpRequest, page: str, form: PortalForm, confirm: Callable[[str], str]) -> HttpResponse:
    try:
        flow.officer(request.session)
        if form.is_valid():
            try:
                return HttpResponseRedirect(confirm(form.cleaned_data["code"]))
            except WrongCode as wrong:
                form.add_error("code", str(wrong))
    except FlowEnded as ended:
        return _ended(request, ended)
    return _page(request, page, form)


def _page(request: HttpRequest, name: str, form: PortalForm, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, f"mc_desk_login/{name}.html", {"form": form, **context}, status=status)


def _ended(request: HttpRequest, ended: FlowEnded) -> HttpResponse:
    return render(request, "mc_desk_login/ended.html", {"why": str(ended)}, status=410)


def _next_url(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = wanted.startswith(HOME) and "\\" not in wanted and url_has_allowed_host_and_scheme(wanted, None)
    return wanted if safe else HOME


def _grouped(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
