"""What the pages of an account share: where to go next, the page for a code, the page for what has ended."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.accounts.flows.codes import Sent
from motcua.accounts.flows.pending import FlowEnded, WrongCode
from motcua.core.errors import BusinessError
from motcua.web.citizen.account.forms import CodeForm

AGAIN = "gui-lai"
OTHER = "kenh-khac"


def next_url(request: HttpRequest, default: str = "") -> str:
    """Where the person was on the way to: an address of this portal, nothing else."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    # Only a path, so no other host's; a backslash or two slashes would be one to some browsers.
    safe = wanted.startswith("/") and "\\" not in wanted and url_has_allowed_host_and_scheme(wanted, None)
    return wanted if safe else default or settings.LOGIN_REDIRECT_URL


@dataclass(frozen=True)
class CodeStep:
    """One page on which a code is typed.

    Attributes:
        confirm: takes the code; raises WrongCode or FlowEnded.
        send_again: takes a channel, "" for the same one.
        restart: where a new start is made; `back` where what was typed can be mended, in `back_words`.
        place: in a walk of several steps: "Bước 2 trên 3".
        hidden_address: the page must not tell where the code went, nor whether there is an account.
    """

    title: str
    sent: Callable[[], Sent]
    confirm: Callable[[str], HttpResponse]
    send_again: Callable[[str], None]
    restart: str
    back: str
    back_words: str
    place: str = ""
    hidden_address: bool = False


def code_page(request: HttpRequest, step: CodeStep) -> HttpResponse:
    """Show, check, send again."""
    try:
        step.sent()
        if request.method != "POST":
            return _show(request, step, CodeForm())
        act = request.POST.get("act", "")
        if act in {AGAIN, OTHER}:
            return _send_again(request, step, other=act == OTHER)
        form = CodeForm(request.POST)
        if form.is_valid():
            try:
                return step.confirm(form.cleaned_data["code"])
            except WrongCode as wrong:
                form.add_error("code", str(wrong))
        return _show(request, step, form, status=422)
    except FlowEnded as ended:
        return ended_page(request, str(ended), step.restart)


def ended_page(request: HttpRequest, why: str, restart: str) -> HttpResponse:
    """What was begun is over: why, and the way to a new start."""
    return render(request, "mc_account/ended.html", {"why": why, "restart": restart}, status=410)


def _send_again(request: HttpRequest, step: CodeStep, *, other: bool) -> HttpResponse:
    now = step.sent().channel
    channel = ("email" if now == "sms" else "sms") if other else ""
    form = CodeForm()
    try:
        step.send_again(channel)
    except FlowEnded:
        raise
    except BusinessError as refusal:
        return _show(request, step, form, status=422, refusal=str(refusal))
    return HttpResponseRedirect(f"{request.path}?da-gui=1")


def _show(request: HttpRequest, step: CodeStep, form: CodeForm, *, status: int = 200, **more: Any) -> HttpResponse:
    sent = step.sent()
    context = {
        "form": form,
        "step": step,
        "sent": sent,
        "by_email": sent.channel == "email",
        "seconds": max(0, int((sent.resend_at - timezone.now()).total_seconds()) + 1),
        "was_sent": request.method == "GET" and "da-gui" in request.GET,
        **more,
    }
    return render(request, "mc_account/code.html", context, status=status)
