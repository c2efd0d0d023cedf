"""The account with my number isn't mine (khiếu nại về tài khoản): take the complaint in, and answer it."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from motcua.accounts.models import Code, Complaint, NationalIdentity, User
from motcua.accounts.queries import citizen_with_number, recipient_of
from motcua.accounts.services.notices import forget_ways
from motcua.audit.services import record
from motcua.core.errors import BusinessError, Conflict
from motcua.core.identity import normalise_number, normalise_phone
from motcua.core.ids import new_ref
from motcua.core.ratelimit import DAY, hit
from motcua.core.text import clean, clean_lines
from motcua.core.words import say
from motcua.notifications.services import Recipient, notify

MOST_OPEN = 3  # complaints about one account that wait at the same time


class NotTheirs(BusinessError):
    """What only whoever stands at the desk has is another's: `what` is "card_number" or "phone"."""

    def __init__(self, message: str, what: str) -> None:
        super().__init__(message)
        self.what = what


@transaction.atomic
def complain(*, personal_number: str, full_name: str, phone: str, text: str, desk: str = "") -> Complaint:
    """Keep the complaint, and send its number to the phone that was given.

    Args:
        phone: +84….
        desk: the code of the agency at whose desk the person shows their card; empty: the province's.

    Raises:
        BusinessError: nobody has an account with this number, or enough complaints about it wait already.
    """
    user = citizen_with_number(personal_number)
    if user is None:
        raise BusinessError("Chưa có tài khoản nào mang số định danh này. Ông/bà đăng ký được ngay")
    if Complaint.objects.filter(user=user, outcome=Complaint.Outcome.OPEN).count() >= MOST_OPEN:
        raise BusinessError(
            "Đã có khiếu nại về tài khoản này đang chờ trả lời. Xin mang thẻ căn cước đến Bộ phận Một cửa gần nhất"
        )
    complaint = Complaint.objects.create(
        ref=new_ref("KN"), user=user, full_name=clean(full_name)[:200], phone=phone, text=clean_lines(text)[:1000],
        desk=desk,
    )  # fmt: skip
    record("account.complained", subject_kind="account", subject_ref=str(user.pk), actor=None, complaint=complaint.ref)
    _tell("account_complaint", complaint)
    return complaint


def give_account_back(complaint: Complaint, *, card_number: str, phone: str, answer: str, by: User) -> Complaint:
    """The card was seen, and the account is the complainant's: take every key from whoever opened it.

    Password, email and links to the National portal go; the phone is the complainant's, by which they set a new
    password ("Quên mật khẩu"). Every session ends. The addresses known until now are told.

    Anybody may complain about anybody's account, so one slip at a list of complaints would hand an account to a
    stranger. Hence the two things that only whoever stands there has: neither is read off the complaint. And nobody
    answers what bears their own phone, as at the counter; that refusal is kept, so call this outside a transaction.

    Args:
        card_number: as the card in the officer's hand says.
        phone: as the person says it now; the one they complained with.

    Raises:
        NotTheirs: card or phone are another's, or the phone is the officer's own.
        BusinessError: there is no answer.
        Conflict: it was answered already.
    """
    if by.phone == complaint.phone:
        why = "số của chính cán bộ"
        record("account.counter_phone_refused", subject_kind="account", subject_ref=str(by.pk), actor=by, why=why)
        raise NotTheirs("Khiếu nại này ghi số điện thoại của chính ông/bà. Xin để đồng nghiệp trả lời", "phone")
    return _give_back(complaint, card_number, phone, answer, by)


@transaction.atomic
def _give_back(complaint: Complaint, card_number: str, phone: str, answer: str, by: User) -> Complaint:
    user = User.objects.select_for_update(of=("self",)).get(pk=complaint.user_id)
    _check_who_stands_here(complaint, user, card_number, phone)
    complaint = _answer(complaint, Complaint.Outcome.GIVEN_BACK, answer, by)
    before = recipient_of(user)
    user.set_unusable_password()
    user.phone, user.phone_verified_at = complaint.phone, timezone.now()
    user.email, user.email_verified_at = "", None
    user.save(update_fields=["password", "phone", "phone_verified_at", "email", "email_verified_at"])
    NationalIdentity.objects.filter(user=user).delete()
    Code.objects.filter(user=user).delete()
    forget_ways(user)
    notify(
        "account_given_back", before, key=f"account_given_back:{complaint.ref}",
        about=("account", str(user.pk)), at=timezone.now(),
    )  # fmt: skip
    _tell("account_complaint_upheld", complaint)
    return complaint


def _check_who_stands_here(complaint: Complaint, user: User, card_number: str, phone: str) -> None:
    if normalise_number(card_number) != user.personal_number:
        raise NotTheirs("Số trên thẻ không phải số của tài khoản này. Chưa có gì thay đổi", "card_number")
    try:
        same = normalise_phone(phone) == complaint.phone
    except ValueError:
        same = False
    if not same:
        raise NotTheirs("Số điện thoại này không phải số trong khiếu nại. Xin xem đây là khiếu nại của ai", "phone")


@transaction.atomic
def find_unfounded(complaint: Complaint, *, answer: str, by: User) -> Complaint:
    """The complaint has no ground: say why; nothing changes.

    Raises:
        BusinessError: there is no answer.
        Conflict: it was answered already.
    """
    complaint = _answer(complaint, Complaint.Outcome.UNFOUNDED, answer, by)
    _tell("account_complaint_answered", complaint)
    return complaint


@transaction.atomic
def clear_complaints() -> int:
    """Delete complaints that were answered, or that nobody came about, longer ago than they are kept; how many.

    They name people, phones and what has happened to them; that there was one and who answered, `audit` keeps.
    """
    since = timezone.now() - timedelta(days=settings.COMPLAINT_KEPT_DAYS)
    old = Complaint.objects.filter(Q(answered_at__lt=since) | Q(answered_at=None, created_at__lt=since))
    count, _ = old.delete()
    if count:
        record("account.complaints_cleared", subject_kind="portal", subject_ref="complaints", actor=None, count=count)
    return count


def note_reading(complaint: Complaint, *, by: User) -> None:
    """Keep that an officer opened a complaint, once a day for each: it names a person and their number."""
    if hit("complaint.viewed", f"{complaint.pk}/{by.pk}", limit=1, seconds=DAY):
        record(
            "account.complaint_viewed", subject_kind="account", subject_ref=str(complaint.user_id), actor=by,
            complaint=complaint.ref,
        )  # fmt: skip


def _answer(complaint: Complaint, outcome: Complaint.Outcome, answer: str, by: User) -> Complaint:
    complaint = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    if complaint.outcome != Complaint.Outcome.OPEN:
        raise Conflict(
            say(
                "Khiếu nại {ref} đã được trả lời: {outcome}.",
                ref=complaint.ref,
                outcome=complaint.get_outcome_display().lower(),
            )
        )
    if not clean(answer):
        raise BusinessError("Nhập câu trả lời, để người khiếu nại biết vì sao")
    complaint.outcome, complaint.answer = outcome, clean_lines(answer)[:1000]
    complaint.answered_by, complaint.answered_at = by, timezone.now()
    complaint.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    record(
        "account.complaint_answered", subject_kind="account", subject_ref=str(complaint.user_id), actor=by,
        complaint=complaint.ref, outcome=outcome.value,
    )  # fmt: skip
    return complaint


def _tell(template: str, complaint: Complaint) -> None:
    """To the phone that was given: the number of the complaint and whether it is answered, nothing about anybody."""
    notify(
        template, Recipient(phone=complaint.phone), key=f"{template}:{complaint.ref}",
        about=("complaint", complaint.ref), ref=complaint.ref, at=timezone.now(),
    )  # fmt: skip
