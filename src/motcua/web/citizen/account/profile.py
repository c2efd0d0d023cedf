"""The account's own page: see and correct what is kept, change phone, email and password."""

from typing import TypeVar

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from motcua.accounts import services
from motcua.accounts.flows import codes, contact, national
from motcua.accounts.models import User
from motcua.accounts.national.provider import is_connected, issuer
from motcua.accounts.queries import national_identity, ways_of
from motcua.core.errors import BusinessError
from motcua.core.ratelimit import hit
from motcua.core.words import say
from motcua.places.queries import full_name, unit
from motcua.web.citizen.account.forms import (
    ChangePasswordForm,
    CurrentPasswordForm,
    DetailsForm,
    EmailForm,
    PhoneForm,
    refuse,
)
from motcua.web.citizen.account.notices import WAY_NAMES
from motcua.web.citizen.account.pages import CodeStep, code_page
from motcua.web.components.doors import CitizenRequest, citizen_required

FormWithPassword = TypeVar("FormWithPassword", bound=CurrentPasswordForm)
# What each level is good for; which papers it spares, the review page of a dossier says.
ASSURANCE_WORDS = {
    User.Assurance.BASIC.value: "Điện thoại đã được xác nhận, danh tính thì chưa",
    User.Assurance.MEDIUM.value: "Danh tính đã được Cổng Dịch vụ công Quốc gia xác minh",
    User.Assurance.HIGH.value: "Danh tính đã được xác minh ở mức cao nhất (định danh điện tử mức độ 02)",
}


@citizen_required
def profile(request: CitizenRequest) -> HttpResponse:
    """What is kept about the person."""
    person = request.user
    connected = is_connected()
    context = {
        "person": person,
        "place": _place(person),
        "connected": connected,
        "organisation": national.stands_for(request.session),
        "national": national_identity(person, issuer()) if connected else None,
        "assurance_words": ASSURANCE_WORDS[person.assurance],
        "ways": [WAY_NAMES[way] for way in ways_of(person)],
    }
    return render(request, "mc_account/profile.html", context)


@citizen_required
@sensitive_post_parameters()
def details(request: CitizenRequest) -> HttpResponse:
    """Correct name, birth date, sex, residence."""
    person = request.user
    if request.method != "POST":
        initial = {
            "full_name": person.full_name,
            "birth_date": person.birth_date,
            "sex": person.sex,
            "residence": _place(person),
            "residence_code": person.residence_id,
            "residence_detail": person.residence_detail,
        }
        return _details_page(request, DetailsForm(initial=initial))
    form = DetailsForm(request.POST)
    if form.is_valid():
        found = form.cleaned_data
        values = {name: found[name] for name in ("full_name", "birth_date", "sex", "residence_detail")}
        try:
            services.change_profile(person, values | {"residence": found["unit"]}, by=person)
            messages.success(request, "Đã lưu thông tin")
            return redirect("account:profile")
        except BusinessError as refusal:
            refuse(form, refusal)
    return _details_page(request, form, status=422)


@citizen_required
@sensitive_post_parameters()
def phone(request: CitizenRequest) -> HttpResponse:
    """Another phone: a code goes to the new one."""
    if (again := _prove_again(request)) is not None:
        return again
    form = _asking(request, PhoneForm(request.POST or None))
    if form.is_valid() and _knows_password(request, form):
        try:
            contact.begin(request.session, request.user, phone=form.cleaned_data["phone"])
            return redirect("account:contact_code")
        except BusinessError as refusal:
            refuse(form, refusal, "phone")
    context = {"form": form, "title": "Đổi số điện thoại"}
    return render(request, "mc_account/change.html", context, status=422 if form.is_bound else 200)


@citizen_required
@sensitive_post_parameters()
def email(request: CitizenRequest) -> HttpResponse:
    """Another email address: a code goes to the new one."""
    if (again := _prove_again(request)) is not None:
        return again
    form = _asking(request, EmailForm(request.POST or None))
    if form.is_valid() and _knows_password(request, form):
        try:
            contact.begin(request.session, request.user, email=form.cleaned_data["email"])
            return redirect("account:contact_code")
        except BusinessError as refusal:
            refuse(form, refusal, "email")
    title = "Đổi địa chỉ thư điện tử" if request.user.email else "Thêm địa chỉ thư điện tử"
    return render(
        request, "mc_account/change.html", {"form": form, "title": title}, status=422 if form.is_bound else 200
    )


@citizen_required
@sensitive_post_parameters()
def contact_code(request: CitizenRequest) -> HttpResponse:
    """The code to the new phone or email address."""
    flow = contact.pending(request.session)

    def confirm(typed: str) -> HttpResponse:
        which = contact.confirm(request.session, request.user, typed)
        words = say("số điện thoại") if which == "phone" else say("địa chỉ thư điện tử")
        messages.success(request, say("Đã đổi {words}", words=words))
        return redirect("account:profile")

    return code_page(
        request,
        CodeStep(
            title="Nhập mã xác nhận",
            sent=lambda: codes.sent(flow),
            confirm=confirm,
            send_again=lambda channel: codes.send_again(flow, channel),
            restart=reverse("account:profile"),
            back=reverse("account:profile"),
            back_words="Quay lại tài khoản",
        ),
    )


@citizen_required
@sensitive_post_parameters()
def password(request: CitizenRequest) -> HttpResponse:
    """Another password; all other sessions end."""
    if (again := _prove_again(request)) is not None:
        return again
    form = _asking(request, ChangePasswordForm(request.POST or None, user=request.user))
    if form.is_valid() and _knows_password(request, form):
        user = services.change_password(request.user, form.cleaned_data["password"], by=request.user)
        update_session_auth_hash(request, user)
        messages.success(request, "Đã đổi mật khẩu. Các thiết bị khác đã được đăng xuất")
        return redirect("account:profile")
    title = "Đổi mật khẩu" if request.user.has_usable_password() else "Đặt mật khẩu"
    context = {"form": form, "title": title, "door": title}
    return render(request, "mc_account/change.html", context, status=422 if form.is_bound else 200)


def _prove_again(request: CitizenRequest) -> HttpResponse | None:
    """Who has no password here proves who they are at the National portal; None when that isn't needed."""
    if request.user.has_usable_password() or national.proved_lately(request.session):
        return None
    return render(request, "mc_account/prove_again.html", {"next": request.path})


def _asking(request: CitizenRequest, form: FormWithPassword) -> FormWithPassword:
    """The form, without the present password if there is none."""
    if not request.user.has_usable_password():
        del form.fields["current"]
    return form


def _knows_password(request: CitizenRequest, form: CurrentPasswordForm) -> bool:
    """Whether the present password is right; a borrowed session must not be enough to take over an account."""
    if not request.user.has_usable_password():
        return True  # see _prove_again
    if not hit("account.current", str(request.user.pk), limit=10, seconds=900):
        form.add_error("current", "Đã thử quá nhiều lần. Xin thử lại sau 15 phút")
        return False
    if not request.user.check_password(form.cleaned_data["current"]):
        form.add_error("current", "Mật khẩu hiện tại chưa đúng")
        return False
    return True


def _place(person: User) -> str:
    found = unit(person.residence_id) if person.residence_id else None
    return full_name(found) if found else ""


def _details_page(request: CitizenRequest, form: DetailsForm, *, status: int = 200) -> HttpResponse:
    choices = [(found.pk, full_name(found)) for found in form.candidates]
    context = {"form": form, "person": request.user, "choices": choices}
    return render(request, "mc_account/details.html", context, status=status)
