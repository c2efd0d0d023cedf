"""A forgotten password: the number, the code, a new password. The same pages for every number."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from motcua.accounts.flows import codes, recovery
from motcua.accounts.flows.pending import FlowEnded
from motcua.core.errors import BusinessError
from motcua.web.citizen.account.forms import NewPasswordForm, NumberForm, refuse
from motcua.web.citizen.account.pages import CodeStep, code_page, ended_page, next_url
from motcua.web.components.doors import public
from motcua.web.components.visitor import visitor_key


@public
@never_cache
@sensitive_post_parameters()
def number(request: HttpRequest) -> HttpResponse:
    """Whose password was forgotten."""
    form = NumberForm(request.POST or None)
    if form.is_valid():
        try:
            recovery.begin(
                request.session,
                form.cleaned_data["number"],
                visitor=visitor_key(request),
                next_url=next_url(request),
            )
            return redirect("account:recover_code")
        except BusinessError as refusal:
            refuse(form, refusal)
    context = {"form": form, "next": next_url(request)}
    return render(request, "mc_account/recover_number.html", context, status=422 if form.is_bound else 200)


@public
@never_cache
@sensitive_post_parameters()
def code(request: HttpRequest) -> HttpResponse:
    """The code to the phone of the account, if there is one."""

    def confirm(typed: str) -> HttpResponse:
        recovery.confirm(request.session, typed)
        request.session.cycle_key()
        return redirect("account:recover_password")

    return code_page(
        request,
        CodeStep(
            title="Nhập mã xác nhận",
            sent=lambda: recovery.sent(request.session),
            confirm=confirm,
            send_again=lambda channel: codes.send_again(recovery.pending(request.session), channel),
            restart=reverse("account:recover"),
            back=reverse("account:recover"),
            back_words="Nhập số định danh khác",
            hidden_address=True,
        ),
    )


@public
@never_cache
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """The new password."""
    try:
        user = recovery.verified(request.session)
        form = NewPasswordForm(request.POST or None, user=user)
        if form.is_valid():
            on_the_way = recovery.finish(request.session, form.cleaned_data["password"])
            messages.success(request, "Đã đổi mật khẩu. Xin đăng nhập bằng mật khẩu mới")
            return HttpResponseRedirect(f"{reverse('account:login')}?{urlencode({'next': on_the_way})}")
    except FlowEnded as ended:
        return ended_page(request, str(ended), reverse("account:recover"))
    context = {"form": form}
    return render(request, "mc_account/recover_password.html", context, status=422 if form.is_bound else 200)
