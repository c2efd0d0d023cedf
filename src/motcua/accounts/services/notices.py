"""How a person wants to be told of their dossiers, and the link with their Zalo."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from motcua.accounts.models import User, ZaloCode
from motcua.accounts.queries import can_reach, recipient_of
from motcua.accounts.rules import WAYS, ZALO_CODE_LETTERS, ZALO_CODE_SECONDS, ZALO_CODES_PER_HOUR, zalo_code_typed
from motcua.audit.services import record
from motcua.core.errors import BusinessError
from motcua.core.ids import drawn
from motcua.core.ratelimit import hit
from motcua.notifications.services import notify

LINKED = (
    "Zalo này đã được liên kết với một tài khoản trên cổng. Tin về hồ sơ được gửi vào đây nếu ông/bà chọn Zalo trong "
    "mục Cách nhận tin. Nếu không phải ông/bà yêu cầu, xin đăng nhập cổng và bỏ liên kết."
)
LACKING = {
    "zalo": "Xin xác nhận số điện thoại, hoặc liên kết Zalo, trước khi chọn nhận tin qua Zalo",
    "sms": "Xin xác nhận số điện thoại trước khi chọn nhận tin nhắn SMS",
    "email": "Xin thêm và xác nhận địa chỉ thư điện tử trước khi chọn nhận thư",
}
UNKNOWN = "Mã liên kết này không đúng hoặc đã hết hạn. Xin lấy mã mới trong mục Tài khoản, Cách nhận tin."


@transaction.atomic
def choose_ways(user: User, ways: Iterable[str], *, by: User) -> User:
    """Choose the ways by which news of dossiers comes; what isn't chosen goes only when everything chosen fails.

    Args:
        ways: of "zalo", "sms", "email".

    Raises:
        BusinessError: none was chosen, or one for which there is no address.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    chosen = [way for way in WAYS if way in set(ways)]
    if not chosen:
        raise BusinessError("Chọn ít nhất một cách nhận tin")
    if lacking := [way for way in chosen if not can_reach(user, way)]:
        raise BusinessError(LACKING[lacking[0]])
    if chosen != user.notice_ways:
        user.notice_ways = chosen
        user.save(update_fields=["notice_ways"])
        record("account.notices_chosen", subject_kind="account", subject_ref=str(user.pk), actor=by, ways=chosen)
    return user


def begin_zalo_link(user: User) -> str:
    """A code to write to the province's Zalo account, good for a quarter of an hour; an earlier one is void.

    Raises:
        BusinessError: too many within the hour.
    """
    if not hit("account.zalo_code", str(user.pk), limit=ZALO_CODES_PER_HOUR, seconds=3600):
        raise BusinessError("Đã lấy quá nhiều mã liên kết. Xin thử lại sau một giờ")
    code = drawn(ZALO_CODE_LETTERS)
    until = timezone.now() + timedelta(seconds=ZALO_CODE_SECONDS)
    ZaloCode.objects.update_or_create(user=user, defaults={"digest": _digest(code), "expires_at": until})
    return code


@transaction.atomic
def take_zalo_code(zalo_user: str, text: str) -> str:
    """What somebody wrote to the province's Zalo account: if it is a code of ours, link them.

    Returns:
        what to answer; empty: it wasn't meant for us.
    """
    code = zalo_code_typed(text)
    if not code:
        return ""
    found = ZaloCode.objects.select_for_update(of=("self",)).select_related("user").filter(digest=_digest(code)).first()
    if found is None or found.expires_at < timezone.now() or not found.user.is_active:
        return UNKNOWN
    user = User.objects.select_for_update(of=("self",)).get(pk=found.user_id)
    found.delete()
    now = timezone.now()
    user.zalo_user, user.zalo_linked_at = zalo_user, now
    user.save(update_fields=["zalo_user", "zalo_linked_at"])
    event = record("account.zalo_linked", subject_kind="account", subject_ref=str(user.pk), actor=user)
    notify(
        "account_zalo_linked", recipient_of(user), key=f"account_zalo_linked:{user.pk}:{event.pk}",
        about=("account", str(user.pk)), at=now,
    )  # fmt: skip
    return LINKED


@transaction.atomic
def unlink_zalo(user: User, *, by: User) -> User:
    """End the link; Zalo stays among the chosen ways only where a phone can be reached by it."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not user.zalo_user:
        return user
    user.zalo_user, user.zalo_linked_at = "", None
    if not can_reach(user, "zalo"):
        user.notice_ways = [way for way in user.notice_ways if way != "zalo"]
    user.save(update_fields=["zalo_user", "zalo_linked_at", "notice_ways"])
    record("account.zalo_unlinked", subject_kind="account", subject_ref=str(user.pk), actor=by)
    return user


def forget_ways(user: User) -> None:
    """The account changes hands: nothing that whoever had it chose or linked stays. In the caller's transaction."""
    user.zalo_user, user.zalo_linked_at, user.notice_ways = "", None, []
    user.save(update_fields=["zalo_user", "zalo_linked_at", "notice_ways"])
    ZaloCode.objects.filter(user=user).delete()


def clear_zalo_codes() -> int:
    """Delete codes that ran out; how many."""
    return ZaloCode.objects.filter(expires_at__lt=timezone.now()).delete()[0]


def _digest(code: str) -> str:
    return salted_hmac("motcua.accounts.zalo_code", code, algorithm="sha256").hexdigest()
