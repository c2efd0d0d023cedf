"""Log in and out."""

from urllib.parse import urlencode

from django.contrib.auth import logout as end_session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from motcua.accounts import services
from motcua.accounts.flows import codes, national
from motcua.accounts.flows import login as flow
from motcua.accounts.models import User
from motcua.accounts.national.provider import is_connected
from motcua.core.errors import BusinessError
from motcua.web.citizen.account.forms import LoginForm, refuse
from motcua.web.citizen.account.pages import CodeStep, code_page, next_url
from motcua.web.components.doors import public
from motcua.web.components.visitor import visitor_key


@public
@never_cache
@sensitive_post_parameters()
def login(request: HttpRequest) -> HttpResponse:
    """Number and password."""
    user = request.user
    if request.method != "POST" and isinstance(user, User) and not user.is_officer:
        return HttpResponseRedirect(next_url(request))
    form = LoginForm(request.POST or None)
    if form.is_valid():
        try:
            flow.begin(
                request,
                form.cleaned_data["number"],
                form.cleaned_data["password"],
                visitor=visitor_key(request),
                next_url=next_url(request),
            )
            return redirect("account:login_code")
        except BusinessError as refusal:
            refuse(form, refusal)
    wanted = next_url(request)
    context = {
        "form": form,
        "next": wanted,
        "asked": "next" in request.GET,
        "national_url": f"{reverse('account:national')}?{urlencode({'next': wanted})}" if is_connected() else "",
    }
    return render(request, "mc_account/login.html", context, status=422 if form.is_bound else 200)


@public
@never_cache
@sensitive_post_parameters()
def code(request: HttpRequest) -> HttpResponse:
    """The code to the phone."""
    pending = flow.pending(request.session)
    return code_page(
        request,
        CodeStep(
            title="Nhập mã xác nhận",
            sent=lambda: codes.sent(pending),
            confirm=lambda typed: HttpResponseRedirect(flow.confirm(request, typed)),
            send_again=lambda channel: codes.send_again(pending, channel),
            restart=reverse("account:login"),
            back=reverse("account:login"),
            back_words="Quay lại đăng nhập",
        ),
    )


@public
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session; everything in it goes. Who has come through the National portal may still be logged in there."""
    if isinstance(request.user, User):
        services.record_logout(request.user)
    elsewhere = national.end_of_session(request.session)
    end_session(request)
    if elsewhere:
        return render(request, "mc_account/logged_out.html", {"end_url": elsewhere})
    return redirect("/")
