"""Acts on parcels of people here: order one, hand it over, drop it, write down that it came."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.audit.services import record
from motcua.core.errors import BusinessError, Conflict
from motcua.core.text import clean
from motcua.core.words import say
from motcua.delivery.models import Parcel
from motcua.delivery.queries import post_ready, postage
from motcua.delivery.rules import addresses
from motcua.delivery.rules.asking import CLAIMED
from motcua.delivery.rules.states import WITH_SENDER, Direction, Placing, first_state
from motcua.delivery.services.following import follow
from motcua.delivery.services.holding import CALL, DRAW, DROP, lock, new_number, queue
from motcua.delivery.signals import about_to_lock, parcel_changed
from motcua.places.queries import unit as place


@transaction.atomic
def order_parcel(
    *,
    about: tuple[str, str],
    agency: Agency,
    direction: str,
    sender: Mapping[str, str],
    receiver: Mapping[str, str],
    contents: Sequence[Mapping[str, Any]],
    fee_due: int = 0,
    collects: Sequence[Mapping[str, Any]] = (),
    by: User | None,
) -> Parcel:
    """Ask the post to carry a parcel. The row stands at once; a job speaks to the post, as often as it takes.

    Args:
        about: what it is sent for, ("dossier", "NH-7K3F-92XA"); the caller holds that thing's own lock.
        direction: "to_person" or "to_agency".
        sender: {"name", "phone", "address", "unit"}, and so the receiver; "unit" is a commune's code.
        contents: what lies in it, [{"key", "name", "what", "count"}], and in the same form what it `collects` at the
            receiver's door.
        fee_due: đồng that the postman takes for the agency; the postage comes on top, by the price list.

    Raises:
        BusinessError: there is no contract with the post, an address isn't complete, or there is no price for it.
    """
    if not post_ready():
        raise BusinessError("Cơ quan chưa kết nối với bưu chính. Ông/bà chọn cách khác.")
    about_to_lock.send(sender=Parcel, about=about)
    sent_by, sent_to = _checked(sender), _checked(receiver)
    origin, destination = place(sent_by["unit"]), place(sent_to["unit"])
    if origin is None or destination is None:
        raise BusinessError(addresses.MISSING["unit"])
    price = postage(origin=origin, destination=destination, direction=direction)
    now = timezone.now()
    parcel = Parcel.objects.create(
        number=new_number(), direction=Direction(direction), about_kind=about[0], about_ref=about[1], agency=agency,
        sender=sent_by, receiver=sent_to, contents=[dict(line) for line in contents],
        collects=[dict(line) for line in collects], postage_due=price.amount, days=price.days, fee_due=fee_due,
        state=first_state(direction), ordered_at=now, ordered_by=by, call_at=now + CLAIMED,
    )  # fmt: skip
    record(
        "parcel.ordered", subject_kind="parcel", subject_ref=parcel.number, actor=by, about=list(about),
        direction=str(parcel.direction), fee_due=fee_due, postage_due=price.amount,
    )  # fmt: skip
    queue(CALL, parcel)
    queue(DRAW, parcel)
    return parcel


def _checked(given: Mapping[str, str]) -> dict[str, str]:
    address = addresses.tidy(given)
    if found := addresses.problems(address):
        raise BusinessError(found[0][1])
    return address


@transaction.atomic
def hand_over(parcel: Parcel, *, by: User) -> Parcel:
    """The postman has taken it at the desk, both have signed (biên bản giao nhận). A second time changes nothing.

    Raises:
        BusinessError: the post hasn't given its code yet: it can be handed over by hand.
        Conflict: it isn't with us any more.
    """
    parcel = lock(parcel)
    if parcel.handed_over_at is not None:
        return parcel
    if not parcel.item_code:
        raise BusinessError("Bưu chính chưa nhận lệnh gửi. Có thể giao bằng phiếu giấy và ghi mã bưu gửi trên phiếu.")
    return _given_away(parcel, by=by)


@transaction.atomic
def hand_over_by_hand(parcel: Parcel, *, item_code: str, by: User) -> Parcel:
    """Give it to the postman with a paper slip, because the post's system doesn't answer or refuses the order.

    Args:
        item_code: the post's code, from the paper slip.

    Raises:
        BusinessError: no code, or one that belongs to another parcel.
        Conflict: it isn't with us any more, or the post has given it a code by now.
    """
    parcel = lock(parcel)
    code = clean(item_code).replace(" ", "").upper()[:30]
    if not (code.isascii() and code.isalnum() and len(code) >= 8):
        raise BusinessError("Nhập mã bưu gửi in trên phiếu của bưu chính: từ 8 chữ cái không dấu và chữ số trở lên.")
    if parcel.item_code:
        raise Conflict(say("Bưu chính đã nhận lệnh gửi, mã bưu gửi là {item_code}.", item_code=parcel.item_code))
    unanswered = parcel.sent > 0 and parcel.placing == Placing.WAITING
    parcel.item_code, parcel.placing, parcel.trouble = code, Placing.BY_HAND, ""
    try:
        with transaction.atomic():
            parcel.save(update_fields=["item_code", "placing", "trouble"])
    except IntegrityError:
        raise BusinessError("Mã bưu gửi này đã được ghi cho một bưu gửi khác.") from None
    if unanswered:  # the post may know the order all the same: nobody shall come for it
        queue(DROP, parcel)
    return _given_away(parcel, by=by)


def _given_away(parcel: Parcel, *, by: User) -> Parcel:
    if parcel.state not in WITH_SENDER:
        raise _elsewhere(parcel)
    parcel.handed_over_at = timezone.now()
    parcel.save(update_fields=["handed_over_at"])
    record(
        "parcel.handed_over", subject_kind="parcel", subject_ref=parcel.number, actor=by,
        item_code=parcel.item_code, by_hand=parcel.placing == Placing.BY_HAND,
    )  # fmt: skip
    follow(parcel)
    return parcel


def _elsewhere(parcel: Parcel) -> Conflict:
    return Conflict(say("Bưu gửi này đang ở trạng thái “{state}”.", state=say(parcel.get_state_display())))


@transaction.atomic
def cancel_parcel(parcel: Parcel, *, by: User | None, reason: str) -> Parcel:
    """Drop an order before the postman has the parcel. The post is asked by a job if it may know of it: until it
    agrees, `cancel_wanted_at` stands and the state stays; then "cancelled" or "cancel_refused" is told.

    Raises:
        Conflict: the post has it already.
    """
    parcel = lock(parcel)
    if parcel.cancelled_at is not None or parcel.cancel_wanted_at is not None:
        return parcel
    if parcel.state not in WITH_SENDER:
        raise Conflict(
            say(
                "Bưu gửi này đang ở trạng thái “{state}” nên không hủy được nữa.", state=say(parcel.get_state_display())
            )
        )
    now = timezone.now()
    parcel.cancel_wanted_at, parcel.call_at = now, now + CLAIMED
    parcel.save(update_fields=["cancel_wanted_at", "call_at"])
    record("parcel.cancel_wanted", subject_kind="parcel", subject_ref=parcel.number, actor=by, reason=reason[:300])
    if parcel.sent:
        queue(CALL, parcel)
        return parcel
    parcel.cancelled_at = now
    parcel.save(update_fields=["cancelled_at"])
    follow(parcel)
    return parcel


@transaction.atomic
def record_arrival(parcel: Parcel, *, by: User) -> Parcel:
    """The agency has the parcel, both have signed (biên bản giao nhận): papers that were sent, or a result that came
    back. It ends the parcel whatever the post has said by then. A second time changes nothing.

    Raises:
        Conflict: it was never on its way, or it was delivered to the person.
    """
    parcel = lock(parcel)
    if parcel.arrived_at is not None:
        return parcel
    if not parcel.can_arrive:
        raise _elsewhere(parcel)
    parcel.arrived_at = timezone.now()
    parcel.save(update_fields=["arrived_at"])
    record("parcel.arrived", subject_kind="parcel", subject_ref=parcel.number, actor=by, item_code=parcel.item_code)
    follow(parcel)
    parcel_changed.send(sender=Parcel, parcel=parcel, what="arrived")
    return parcel


@transaction.atomic
def note_remittance(parcel: Parcel, *, amount: int, reference: str, by: User | None) -> Parcel:
    """The post has passed the collected fee on to the agency's account. A second time changes nothing.

    Raises:
        BusinessError: nothing was collected, or no reference is given.
    """
    parcel = lock(parcel)
    reference = clean(reference)[:60]
    if parcel.remitted_at is not None:
        return parcel
    if not parcel.fee_collected:
        raise BusinessError("Bưu chính chưa báo thu khoản nào của bưu gửi này.")
    if amount <= 0 or not reference:
        raise BusinessError("Nhập số tiền và số chứng từ chuyển tiền của bưu chính.")
    parcel.remitted, parcel.remitted_at, parcel.remittance = amount, timezone.now(), reference
    parcel.save(update_fields=["remitted", "remitted_at", "remittance"])
    record(
        "parcel.remitted", subject_kind="parcel", subject_ref=parcel.number, actor=by, amount=amount,
        collected=parcel.fee_collected, reference=reference,
    )  # fmt: skip
    parcel_changed.send(sender=Parcel, parcel=parcel, what="remitted")
    return parcel
