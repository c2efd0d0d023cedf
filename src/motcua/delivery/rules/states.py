"""The states of a parcel, what the post says of it, and what each word leads to. Labels for people live here, once.

The state is never stepped from notice to notice: it is folded from all that the post has said, in the post's own
order (`story`). So it is the same whatever order the notices come in, and however often each comes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.db.models import TextChoices


class Direction(TextChoices):
    """Where a parcel goes."""

    TO_PERSON = "to_person", "Chuyển kết quả đến người nhận"
    TO_AGENCY = "to_agency", "Chuyển giấy tờ đến cơ quan"


class ParcelState(TextChoices):
    """Where a parcel is (trạng thái bưu gửi)."""

    # to the agency
    REQUESTED = "requested", "Chờ bưu chính nhận yêu cầu"
    ACCEPTED = "accepted", "Bưu chính đã nhận yêu cầu"
    PICKING_UP = "picking_up", "Nhân viên bưu chính đang đến lấy"
    PICKED_UP = "picked_up", "Bưu chính đã lấy, đang chuyển đến cơ quan"
    DELIVERED_TO_AGENCY = "delivered_to_agency", "Đã đến cơ quan"
    # to the person
    READY = "ready", "Chờ giao cho bưu chính"
    HANDED_TO_POST = "handed_to_post", "Đã giao cho bưu chính"
    IN_TRANSIT = "in_transit", "Đang chuyển"
    OUT_FOR_DELIVERY = "out_for_delivery", "Nhân viên bưu chính đang đi phát"
    DELIVERED = "delivered", "Đã phát cho người nhận"
    FAILED = "failed", "Chưa phát được"
    # both
    RETURNING = "returning", "Đang chuyển hoàn về nơi gửi"
    RETURNED = "returned", "Đã chuyển hoàn về nơi gửi"
    CANCELLED = "cancelled", "Đã hủy yêu cầu"
    LOST = "lost", "Bưu chính báo thất lạc"


class Placing(TextChoices):
    """Whether the post's system knows the order (yêu cầu gửi)."""

    WAITING = "waiting", "Chờ bưu chính nhận lệnh"
    PLACED = "placed", "Bưu chính đã nhận lệnh"
    REFUSED = "refused", "Bưu chính không nhận lệnh"
    BY_HAND = "by_hand", "Giao bằng phiếu giấy"


class Step(TextChoices):
    """What the post says of a parcel: one word for each of its codes."""

    ACCEPTED = "accepted", "Bưu chính đã nhận yêu cầu"
    COLLECTING = "collecting", "Nhân viên bưu chính đang đến lấy"
    COLLECTED = "collected", "Nhân viên bưu chính đã lấy"
    IN_TRANSIT = "in_transit", "Đang chuyển"
    OUT_FOR_DELIVERY = "out_for_delivery", "Nhân viên bưu chính đang đi phát"
    DELIVERED = "delivered", "Đã phát"
    FAILED = "failed", "Chưa phát được"
    RETURNING = "returning", "Đang chuyển hoàn"
    RETURNED = "returned", "Đã chuyển hoàn"
    LOST = "lost", "Thất lạc"
    CANCELLED = "cancelled", "Đã hủy"


class Failure(TextChoices):
    """Why a parcel wasn't delivered or collected."""

    ABSENT = "absent", "Không gặp người nhận"
    REFUSED = "refused", "Người nhận từ chối nhận"
    ADDRESS = "address", "Địa chỉ không đúng hoặc không đủ"
    OTHER = "other", "Lý do khác"


class Outcome(TextChoices):
    """What became of a notice of the post."""

    NEW = "", "Chưa xử lý"
    APPLIED = "applied", "Đã ghi"
    HISTORY = "history", "Đến muộn, chỉ ghi vào lịch sử"
    AGAIN = "again", "Đã nhận trước đó"
    UNKNOWN = "unknown", "Không có bưu gửi này"
    MALFORMED = "malformed", "Không đọc được"
    FORGED = "forged", "Chữ ký không đúng"


S = ParcelState
ENDED = frozenset({S.DELIVERED, S.DELIVERED_TO_AGENCY, S.RETURNED, S.CANCELLED})
WITH_SENDER = frozenset({S.REQUESTED, S.ACCEPTED, S.PICKING_UP, S.READY})  # not handed over yet
_UNDERWAY = frozenset(S) - ENDED
_ASKED = frozenset({S.REQUESTED, S.ACCEPTED, S.PICKING_UP})

# Direction → what the post says → from which states it leads to which. What isn't here changes nothing: it stands in
# the history only. The post may leave a step out, so the starts are wide; what has ended stays as it is.
NEXT: dict[Direction, dict[Step, tuple[frozenset[ParcelState], ParcelState]]] = {
    Direction.TO_AGENCY: {
        Step.ACCEPTED: (frozenset({S.REQUESTED}), S.ACCEPTED),
        Step.COLLECTING: (_ASKED, S.PICKING_UP),
        Step.COLLECTED: (_UNDERWAY, S.PICKED_UP),
        Step.IN_TRANSIT: (_UNDERWAY, S.PICKED_UP),
        Step.OUT_FOR_DELIVERY: (_UNDERWAY, S.PICKED_UP),
        Step.DELIVERED: (_UNDERWAY, S.DELIVERED_TO_AGENCY),
        Step.FAILED: (frozenset({S.PICKING_UP}), S.ACCEPTED),  # nobody was there; the postman comes again
        Step.RETURNING: (_UNDERWAY, S.RETURNING),
        Step.RETURNED: (_UNDERWAY, S.RETURNED),
        Step.LOST: (_UNDERWAY, S.LOST),
        Step.CANCELLED: (_ASKED, S.CANCELLED),
    },
    Direction.TO_PERSON: {
        Step.COLLECTED: (frozenset({S.READY}), S.HANDED_TO_POST),
        Step.IN_TRANSIT: (_UNDERWAY, S.IN_TRANSIT),
        Step.OUT_FOR_DELIVERY: (_UNDERWAY, S.OUT_FOR_DELIVERY),
        Step.DELIVERED: (_UNDERWAY, S.DELIVERED),
        Step.FAILED: (_UNDERWAY, S.FAILED),
        Step.RETURNING: (_UNDERWAY, S.RETURNING),
        Step.RETURNED: (_UNDERWAY, S.RETURNED),
        Step.LOST: (_UNDERWAY, S.LOST),
        Step.CANCELLED: (frozenset({S.READY}), S.CANCELLED),
    },
}


class Said(Protocol):
    """What the rule asks of one word of the post: its place in the post's own order, and what it says."""

    @property
    def sequence(self) -> int: ...

    @property
    def step(self) -> Step: ...

    @property
    def fee_collected(self) -> int | None: ...


Word = TypeVar("Word", bound=Said)


@dataclass(frozen=True)
class Story(Generic[Word]):
    """What follows from all that the post has said of a parcel.

    Attributes:
        state: where it is.
        failures: when the postman came for nothing, before it ended.
        leaving: the first word by which it was no longer with the sender; None: our own act, or it still is.
        ending: the word that ended it; None: our own act, or it hasn't ended.
        money: the first word that says what was collected.
    """

    state: ParcelState
    failures: tuple[Word, ...]
    leaving: Word | None
    ending: Word | None
    money: Word | None


def first_state(
    direction: str, *, placed: bool = False, handed_over: bool = False, cancelled: bool = False
) -> ParcelState:
    """Where a parcel stands by our own acts alone, and by the post's having taken the order."""
    if cancelled:
        return S.CANCELLED
    if direction == Direction.TO_AGENCY:
        return S.PICKED_UP if handed_over else S.ACCEPTED if placed else S.REQUESTED
    return S.HANDED_TO_POST if handed_over else S.READY


def arrived_state(direction: str) -> ParcelState:
    """Where a parcel stands when the agency says that it has it: papers came, or a result came back."""
    return S.DELIVERED_TO_AGENCY if direction == Direction.TO_AGENCY else S.RETURNED


def story(direction: str, start: ParcelState, said: Iterable[Word]) -> Story[Word]:
    """Where a parcel stands after all that the post has said of it, in whatever order we heard it."""
    state, table = start, NEXT[Direction(direction)]
    failures: list[Word] = []
    leaving = ending = money = None
    for word in sorted(said, key=lambda word: word.sequence):
        step = word.step
        if step == Step.FAILED and state not in ENDED:
            failures.append(word)
        if word.fee_collected is not None and money is None:
            money = word
        starts, end = table.get(step, (frozenset(), state))
        if state not in starts:
            continue
        if state in WITH_SENDER and end not in WITH_SENDER | {S.CANCELLED}:
            leaving = word
        state = end
        ending = word if end in ENDED else None
    return Story(state, tuple(failures), leaving, ending, money)
